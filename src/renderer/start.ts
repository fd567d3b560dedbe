/** Opens the window's page over a backend. */
import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './app/app.vue';
import { setBackend, type Backend } from './backend/backend';
import { i18n } from './messages/i18n';
import { useDesk } from './session/desk-store';
import './ui/styles';

export async function start(backend: Backend): Promise<void> {
  setBackend(backend);
  const app = createApp(App).use(createPinia()).use(i18n);
  const desk = useDesk();
  app.mount('#app');
  await desk.start();
}
