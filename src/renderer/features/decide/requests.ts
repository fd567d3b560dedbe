/** What else is done with cards: read again, sent to a second engine or a person, checked, settled, taken up again. */
import type { CutRegion } from '../../../shared/cards';
import type { EngineName } from '../../../shared/recognition';
import { invoke } from '../../backend/backend';
import { translate } from '../../messages/i18n';
import { useToasts } from '../../ui/toast-store';
import type { CarryOut } from './carry-out';
import type { Questions } from './questions';
import type { Subject } from './subject';

export interface RequestsHost {
  readonly carryOut: CarryOut;
  readonly questions: Questions;
  readonly current: () => Subject | undefined;
  /** The same; where it is nothing, the person is told. */
  readonly needed: () => Subject | undefined;
}

export function createRequests({ carryOut, questions, current, needed }: RequestsHost) {
  const toasts = useToasts();

  async function opinion(): Promise<void> {
    const subject = needed();
    if (!subject) return;
    const act = () => invoke('cards:secondOpinion', { target: subject.target });
    await carryOut({ subject, act, text: 'decide.opinionAsked', undo: false });
  }

  async function again(engine?: EngineName): Promise<void> {
    const subject = needed();
    if (!subject) return;
    const act = () => invoke('cards:recogniseAgain', { target: subject.target, engine });
    await carryOut({ subject, act, text: 'decide.requeued', undo: false });
  }

  /** Answers whether the region is on its way to an engine. */
  async function againWithCut(region: CutRegion, engine?: EngineName): Promise<boolean> {
    const subject = current();
    if (!subject?.row) return false;
    const cardId = subject.row.id;
    const act = () => invoke('cards:recogniseCut', { cardId, ...region, engine });
    return (await carryOut({ subject, act, text: 'decide.requeued', undo: false })) === undefined;
  }

  async function reopen(): Promise<void> {
    const subject = needed();
    if (!subject) return;
    const act = () => invoke('cards:reopen', { target: subject.target });
    await carryOut({ subject, act, text: 'decide.reopened', undo: true });
  }

  /** What the quality check of one card found. */
  async function check(right: boolean): Promise<void> {
    const subject = current();
    if (subject?.row?.sample !== 'due') return toasts.problem(translate('decide.noSample'));
    const { id, revision } = subject.row;
    await carryOut({
      subject,
      act: () => invoke('cards:check', { card: { id, revision }, right }),
      text: right ? 'decide.checkedRight' : 'decide.checkedWrong',
      next: right ? 'sample' : undefined,
      undo: true,
    });
  }

  async function settle(side: 'first' | 'second'): Promise<void> {
    const subject = current();
    if (subject?.row?.state !== 'disputed') return;
    const { id, revision } = subject.row;
    const act = () => invoke('cards:settle', { card: { id, revision }, side });
    await carryOut({ subject, act, text: 'decide.settled', next: 'review', undo: true });
  }

  async function askAssign(): Promise<void> {
    const subject = needed();
    if (subject) await questions.askWhom(subject);
  }

  async function assign(to: string | undefined): Promise<void> {
    const subject = questions.standing('assign');
    if (!subject) return;
    const act = () => invoke('cards:assign', { target: subject.target, to });
    await carryOut({ subject, act, text: 'decide.assigned', undo: true });
  }

  return { opinion, again, againWithCut, reopen, check, settle, askAssign, assign };
}
