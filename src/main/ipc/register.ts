/** The one edge between the window and the desk: checks who calls and what with, and turns a defect into a reference. */
import { randomUUID } from 'node:crypto';
import { ipcMain, type IpcMainInvokeEvent } from 'electron';
import {
  CHANNELS,
  type ChannelName,
  type Input,
  type IpcRefusal,
  type Output,
  type ParsedInput,
} from '../../shared/ipc';
import { CHANNEL_NAMES } from '../../shared/ipc-names';

export type Handlers = {
  readonly [Name in ChannelName]: (input: ParsedInput<Name>) => Output<Name> | Promise<Output<Name>>;
};

export interface Edge {
  /** Whether a call comes from the application's own page. */
  trusted(event: IpcMainInvokeEvent): boolean;
  log(message: string, error?: unknown): void;
}

/** What the window gets instead of an answer: JSON of an IpcRefusal as the error's message, never a sentence or a stack. */
function refuse(refusal: IpcRefusal): never {
  throw new Error(JSON.stringify(refusal));
}

/** One call, from its raw input to its answer. Apart from Electron, so that every channel's refusals can be tested. */
export async function answer<Name extends ChannelName>(
  name: Name,
  raw: Input<Name> | unknown,
  handlers: Handlers,
  log: Edge['log'],
): Promise<Output<Name>> {
  const parsed = CHANNELS[name].input.safeParse(raw);
  if (!parsed.success) return refuse({ code: 'ipc.badInput' });
  let output: Output<Name>;
  try {
    output = await handlers[name](parsed.data as ParsedInput<Name>);
  } catch (error) {
    if (error instanceof DeskLocked) return refuse({ code: 'desk.locked' });
    const reference = randomUUID().slice(0, 8);
    log(`call ${name} failed, reference ${reference}`, error);
    return refuse({ code: 'internal', reference });
  }
  return withoutCause(output);
}

/** Thrown by handlers that need the records before they are open. */
export class DeskLocked extends Error {}

/** Causes stay in this process: they may hold paths. */
function withoutCause<T>(output: T): T {
  if (typeof output === 'object' && output !== null && 'ok' in output && 'error' in output) {
    const { cause: _kept, ...error } = output.error as { cause?: unknown };
    return { ...output, error };
  }
  return output;
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
