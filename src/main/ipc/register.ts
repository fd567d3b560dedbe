/** The one edge between the window and the desk: checks who calls, then lets `answer` check what with. */
import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import { CHANNEL_NAMES } from '../../shared/ipc-names';
import type { Log } from '../../adapters/files/log';
import { answer, refuse, type Handlers } from './answer';

export interface Edge {
  /** Whether a call comes from the application's own page. */
  trusted(event: IpcMainInvokeEvent): boolean;
  readonly log: Log;
}

export function register(handlers: Handlers, edge: Edge): void {
  for (const name of CHANNEL_NAMES) {
    ipcMain.handle(name, (event, raw: unknown) => {
      if (!edge.trusted(event)) {
        edge.log(`refused a call of ${name} from another page`);
        return refuse({ code: 'ipc.untrusted' });
      }
      return answer(name, raw, handlers, edge.log);
    });
  }
}
