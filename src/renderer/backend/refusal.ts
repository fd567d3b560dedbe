import type { IpcRefusal, Reply } from '../../shared/ipc';

/** A call that main did not answer: a value on its way here, an error from here on, so that nobody takes it for an answer. */
export class Refusal extends Error {
  constructor(readonly why: IpcRefusal) {
    super(why.code);
  }
}

export function answerIn<Answer>(reply: Reply<Answer>): Answer {
  if ('refused' in reply) throw new Refusal(reply.refused);
  return reply.answered;
}

/** What an error of a call says; everything that main did not say itself is a bug, hence `internal`. */
export function refusalOf(error: unknown): IpcRefusal {
  return error instanceof Refusal ? error.why : { code: 'internal' };
}
