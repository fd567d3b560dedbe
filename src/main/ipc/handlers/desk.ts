/** The desk itself, its queue, and where the person is in it. */
import type { Handlers } from '../answer';
import type { HandlerTools } from '../shell';

export function deskHandlers({ shell, opened, desk }: HandlerTools) {
  return {
    'desk:info': () => shell.info(),
    'desk:unlock': ({ passphrase }) => shell.unlock(passphrase),

    'queue:status': () => desk().queue.status(),
    'queue:pause'() {
      desk().queue.pause();
      return desk().queue.status();
    },
    'queue:resume'() {
      desk().queue.resume();
      return desk().queue.status();
    },
    'queue:cancel'() {
      desk().queue.cancel();
      return desk().queue.status();
    },

    'menu:place'({ place }) {
      opened();
      shell.showPlace(place);
      return true;
    },
  } satisfies Partial<Handlers>;
}
