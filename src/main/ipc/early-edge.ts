/** Listens to the window before what answers it is loaded: whoever asks early waits, and nobody is refused for it. */
import type { IpcMainInvokeEvent } from 'electron';
import type { Reply } from '../../shared/ipc';
import { CHANNEL_NAMES, DROP_CHANNEL } from '../../shared/ipc-names';

export type Act = (event: IpcMainInvokeEvent, raw: unknown) => Promise<Reply<unknown>>;

/** `acts`: what answers each channel, once it is loaded. */
export function listenEarly(
  listen: (name: string, act: Act) => void,
  acts: Promise<ReadonlyMap<string, Act>>,
): void {
  // It was written down where it failed; here each call is refused for it.
  const loaded = acts.catch(() => undefined);
  for (const name of [...CHANNEL_NAMES, DROP_CHANNEL])
    listen(name, async (event, raw) => {
      if (name === 'desk:info') performance.mark('question');
      const act = (await loaded)?.get(name);
      return act ? act(event, raw) : { refused: { code: 'internal' } };
    });
}
