/** Settings, and the credentials that lie in the keychain beside them. */
import type { Handlers } from '../answer';
import { Refused } from '../answer';
import type { HandlerTools } from '../shell';

/** How the window looks and which keys it hears is everybody's own affair; all other settings are the administrator's. */
const ANYBODYS_SETTINGS: readonly string[] = ['language', 'theme', 'keys', 'grid'];

export function settingsHandlers({ opened, desk }: HandlerTools) {
  return {
    'settings:get': () => desk().settings.get(),
    'settings:change'(change) {
      const own = Object.keys(change).every((name) => ANYBODYS_SETTINGS.includes(name));
      if (!own && !desk().people.may('administrator')) throw new Refused('session.notAllowed');
      return desk().settings.change(change);
    },

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
