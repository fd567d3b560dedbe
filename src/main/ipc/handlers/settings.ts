/** Settings, and the credentials that lie in the keychain beside them. */
import type { Handlers } from '../answer';
import type { HandlerTools } from '../shell';

export function settingsHandlers({ opened, desk }: HandlerTools) {
  return {
    'settings:get': () => desk().settings.get(),
    'settings:change': (change) => desk().settings.change(change),

    'credentials:status': () => opened().credentials.status(),
    async 'credentials:store'(credentials) {
      const stored = await opened().credentials.store(credentials);
      desk().queue.resume();
      return stored;
    },
    async 'credentials:forget'() {
      const forgotten = await opened().credentials.forget();
      desk().queue.wake();
      return forgotten;
    },
    'credentials:test': () => opened().testCredentials(),
  } satisfies Partial<Handlers>;
}
