/** Approve, reject, rescan and hold: sent as the cards were seen, after the question that some of them need. */
import type { Decision, RejectReason, SeenCard } from '../../../shared/cards';
import { invoke } from '../../backend/backend';
import type { MessageKey } from '../../messages/i18n';
import type { CarryOut } from './carry-out';
import { createEffortMeter, countEffort } from './effort';
import type { Questions } from './questions';
import type { Subject } from './subject';

export interface DecisionsHost {
  readonly carryOut: CarryOut;
  readonly questions: Questions;
  /** What a decision is about, unless there is something to say first. */
  readonly toDecide: (kind: Decision['kind']) => Promise<Subject | undefined>;
}

export function createDecisions({ carryOut, questions, toDecide }: DecisionsHost) {
  const effort = createEffortMeter(performance.now());

  const start = () => countEffort(effort);

  async function decide(
    subject: Subject,
    decision: Decision,
    warningsAcknowledged: boolean,
    text: MessageKey,
  ) {
    // Effort is recorded for one card at a time: what many cost together says nothing of each.
    const cost = subject.row && effort.soFar(performance.now());
    const target = subject.seen;
    const code = await carryOut({
      subject,
      act: () => invoke('cards:decide', { target, decision, warningsAcknowledged, effort: cost }),
      text,
      next: 'review',
      undo: true,
    });
    if (code === undefined) effort.begin(performance.now());
  }

  async function approve(): Promise<void> {
    if (questions.standing('acknowledge')) return acknowledge();
    const subject = await toDecide('approve');
    if (!subject) return;
    const warnings = subject.row?.warnings ?? [];
    // What is selected together is left by main where there are warnings: they are acknowledged card by card.
    if (warnings.length > 0) questions.ask({ kind: 'acknowledge', subject, warnings });
    else await decide(subject, { kind: 'approve' }, false, 'decide.approved');
  }

  async function acknowledge(): Promise<void> {
    const subject = questions.standing('acknowledge');
    if (subject) await decide(subject, { kind: 'approve' }, true, 'decide.approved');
  }

  async function askReason(): Promise<void> {
    const subject = await toDecide('reject');
    if (subject) questions.ask({ kind: 'reason', subject });
  }

  async function reject(reason: RejectReason, note: string): Promise<void> {
    const subject = questions.standing('reason');
    if (!subject) return;
    const trimmed = note.trim();
    const decision: Decision = { kind: 'reject', reason, ...(trimmed === '' ? {} : { note: trimmed }) };
    await decide(subject, decision, false, 'decide.rejected');
  }

  async function rescan(): Promise<void> {
    const subject = await toDecide('rescan');
    if (subject) await decide(subject, { kind: 'rescan' }, false, 'decide.rescanned');
  }

  async function hold(): Promise<void> {
    const subject = await toDecide('hold');
    if (subject) await decide(subject, { kind: 'hold' }, false, 'decide.held');
  }

  /** Cards that a person has seen side by side. `staying`: how many were shown with them and are not asked for. */
  function approveTogether(cards: readonly SeenCard[], staying: number): Promise<string | undefined> {
    const seen = { kind: 'cards' as const, cards: [...cards] };
    return carryOut({
      subject: { target: { kind: 'cards', ids: cards.map(({ id }) => id) }, seen },
      act: () =>
        invoke('cards:decide', { target: seen, decision: { kind: 'approve' }, warningsAcknowledged: false }),
      text: 'decide.approved',
      undo: true,
      staying,
    });
  }

  return { start, approve, acknowledge, askReason, reject, rescan, hold, approveTogether };
}
