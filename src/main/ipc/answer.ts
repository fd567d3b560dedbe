/**
 * One call from the window, from its raw input to what crosses back. Apart from Electron and from Node, so that every refusal
 * can be tested, and the demonstration in a plain browser has the same edge. Nothing is thrown across: Electron would send
 * the text of an error, which may hold paths.
 */
import { troubleOf } from '../../core/environment/trouble';
import type { ChannelName, IpcRefusal, Output, ParsedInput, Reply } from '../../shared/ipc';
import { CHANNELS } from '../../shared/ipc-channels';

export type Handlers = {
  readonly [Name in ChannelName]: (input: ParsedInput<Name>) => Output<Name> | Promise<Output<Name>>;
};

/** Where defects are written down. Never throws. */
export type Note = (message: string, error?: unknown) => void;

/** Thrown on this side for a call that may not be, and crosses as its code. */
export class Refused extends Error {
  constructor(readonly code: IpcRefusal['code']) {
    super(code);
  }
}

export function answer<Name extends ChannelName>(
  name: Name,
  raw: unknown,
  handlers: Handlers,
  note: Note,
): Promise<Reply<Output<Name>>> {
  return replyTo(name, note, async () => {
    const parsed = CHANNELS[name].input.safeParse(raw);
    if (!parsed.success) throw new Refused('ipc.badInput');
    return withoutCause(await handlers[name](parsed.data as ParsedInput<Name>));
  });
}

/** What came of a call, as a value in any case. A defect is written down under a reference, which is all of it that crosses. */
export async function replyTo<Answer>(
  name: string,
  note: Note,
  work: () => Answer | Promise<Answer>,
): Promise<Reply<Answer>> {
  try {
    return { answered: await work() };
  } catch (error) {
    if (error instanceof Refused) return { refused: { code: error.code } };
    const reference = newReference();
    note(`call ${name} failed, reference ${reference}`, error);
    return { refused: { code: troubleOf(error) ?? 'internal', reference } };
  }
}

function newReference(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(4));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Causes stay in this process: they may hold paths. */
function withoutCause<T>(output: T): T {
  if (typeof output === 'object' && output !== null && 'ok' in output && 'error' in output) {
    const { cause: _kept, ...error } = output.error as { cause?: unknown };
    return { ...output, error };
  }
  return output;
}
