/**
 * The one edge between the window and the desk: checks who calls, then lets `answer` check what with. Nothing is thrown to
 * Electron, not even where asking who calls fails.
 */
import type { IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';
import type { Reply } from '../../shared/ipc';
import { CHANNEL_NAMES, DROP_CHANNEL } from '../../shared/ipc-names';
import { answer, Refused, replyTo, type Handlers, type Note } from './answer';

export interface Edge {
  /** Electron's `ipcMain.handle`. */
  handle(name: string, act: (event: IpcMainInvokeEvent, raw: unknown) => Promise<Reply<unknown>>): void;
  /** Whether a call comes from the application's own page. */
  trusted(event: IpcMainInvokeEvent): boolean;
  /** Keeps the paths of what was dropped; answers the token that stands for them in the window. */
  keepDropped(paths: readonly string[]): string;
  readonly note: Note;
}

const DroppedSchema = z.array(z.string().min(1).max(32_768)).min(1).max(100_000);

export function register(handlers: Handlers, edge: Edge): void {
  const { note } = edge;

  function handle(name: string, work: (raw: unknown) => Promise<Reply<unknown>>): void {
    edge.handle(name, async (event, raw) => {
      const known = await replyTo(name, note, () => {
        if (edge.trusted(event)) return true;
        note(`refused a call of ${name} from another page`);
        throw new Refused('ipc.untrusted');
      });
      return 'refused' in known ? known : work(raw);
    });
  }

  for (const name of CHANNEL_NAMES) handle(name, (raw) => answer(name, raw, handlers, note));
  handle(DROP_CHANNEL, (raw) =>
    replyTo(DROP_CHANNEL, note, () => {
      const paths = DroppedSchema.safeParse(raw);
      if (!paths.success) throw new Refused('ipc.badInput');
      return edge.keepDropped(paths.data);
    }),
  );
}
