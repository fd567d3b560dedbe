/** One call from the window, from its raw input to its answer. Apart from Electron, so that every refusal can be tested. */
import { randomUUID } from 'node:crypto';
import type { ChannelName, IpcRefusal, Output, ParsedInput } from '../../shared/ipc';
import { CHANNELS } from '../../shared/ipc-channels';
import { troubleOf } from '../../core/environment/trouble';
import type { Log } from '../../adapters/files/log';

export type Handlers = {
  readonly [Name in ChannelName]: (input: ParsedInput<Name>) => Output<Name> | Promise<Output<Name>>;
};

/** What the window gets instead of an answer: JSON of an IpcRefusal as the error's message, never a sentence or a stack. */
export function refuse(refusal: IpcRefusal): never {
  throw new Error(JSON.stringify(refusal));
}

export async function answer<Name extends ChannelName>(
  name: Name,
  raw: unknown,
  handlers: Handlers,
  log: Log,
): Promise<Output<Name>> {
  const parsed = CHANNELS[name].input.safeParse(raw);
  if (!parsed.success) return refuse({ code: 'ipc.badInput' });
  let output: Output<Name>;
  try {
    output = await handlers[name](parsed.data as ParsedInput<Name>);
  } catch (error) {
    if (error instanceof DeskLocked) return refuse({ code: 'desk.locked' });
    if (error instanceof NotAllowed) return refuse({ code: error.code });
    const reference = randomUUID().slice(0, 8);
    log(`call ${name} failed, reference ${reference}`, error);
    return refuse({ code: troubleOf(error) ?? 'internal', reference });
  }
  return withoutCause(output);
}

/** Thrown by handlers that need the records before they are open. */
export class DeskLocked extends Error {}

/** Thrown where nobody is signed in, or somebody who may not. */
export class NotAllowed extends Error {
  constructor(readonly code: 'session.signedOut' | 'session.notAllowed') {
    super(code);
  }
}

/** Causes stay in this process: they may hold paths. */
function withoutCause<T>(output: T): T {
  if (typeof output === 'object' && output !== null && 'ok' in output && 'error' in output) {
    const { cause: _kept, ...error } = output.error as { cause?: unknown };
    return { ...output, error };
  }
  return output;
}
