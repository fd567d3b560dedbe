import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './app/app.vue';
import { useDesk } from './session/desk-store';
import { setBackend, type Backend } from './backend/backend';
import { electronBackend } from './backend/electron';
import { i18n } from './messages/i18n';
import './ui/styles';

/** The invented desk is for a plain browser only: inside the application a missing bridge is a fault, not a demonstration. */
async function chooseBackend(): Promise<Backend> {
  if (window.cardproof) return electronBackend(window.cardproof);
  if (!location.protocol.startsWith('http'))
    throw new Error('Expected the bridge of preload but there is none');
  const { fakeBackend } = await import('./backend/fake/fake');
  return fakeBackend(new URLSearchParams(location.search).get('desk') ?? 'full');
}

async function start(): Promise<void> {
  setBackend(await chooseBackend());
  const app = createApp(App).use(createPinia()).use(i18n);
  const desk = useDesk();
  app.mount('#app');
  await desk.start();
}

void start();
