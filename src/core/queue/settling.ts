/** What was answered is kept, and only when it stands does anything follow from it. */
import type { EngineName } from '../../shared/recognition';
import { jobOf } from '../cards/card';
import type { Card } from '../cards/ports';
import type { EngineAnswer } from '../recognition/ports';
import { keepCrops } from './crops';
import type { AttemptTools } from './ports';
import type { Kept, Records } from './records';
import type { Repeat } from './repeats';

export function createSettling(tools: AttemptTools, records: Records) {
  const { hold } = tools;

  async function takeOver(
    card: Card,
    engine: EngineName,
    question: string,
    { answer, copiedFrom }: Repeat,
  ): Promise<void> {
    const taken = records.atOnce(card, engine, { question, copiedFrom }, answer, 'card');
    if (taken) await follow(card, undefined, taken);
  }

  /** The answer stands: what it means for others, and its pictures. `engine`: the one that was asked, if one was. */
  async function follow(
    card: Card,
    engine: EngineName | undefined,
    { attemptId, outcome, toPerson }: Kept & { readonly attemptId: number },
  ): Promise<void> {
    tools.ended(outcome, engine, toPerson);
    tools.changed([card.id]);
    if (outcome.kind === 'finished')
      await keepCrops(tools, card.id, attemptId, outcome.recognition, jobOf(card.state).opinion === true);
  }

  async function settle(
    card: Card,
    attemptId: number,
    engine: EngineName,
    answer: EngineAnswer,
  ): Promise<void> {
    const blame = tools.heard(card.id, engine, answer);
    const kept = await hold.keep(() => records.answered(card.id, attemptId, engine, answer, blame));
    hold.worked();
    const { outcome } = kept;
    if ('maybeCharged' in outcome && outcome.maybeCharged) tools.widths.lost(engine);
    await follow(card, engine, { attemptId, ...kept });
  }

  /** Nothing left this computer, and all the same there is something to say, such as that there is no network. */
  async function settleUnsent(
    card: Card,
    engine: EngineName,
    question: string,
    answer: EngineAnswer,
  ): Promise<void> {
    if (answer.kind === 'cancelled') return;
    const blame = tools.heard(card.id, engine, answer);
    const kept = await hold.keep(() => records.atOnce(card, engine, { question }, answer, blame));
    hold.worked();
    if (kept) await follow(card, engine, kept);
  }

  return { settle, settleUnsent, takeOver };
}
