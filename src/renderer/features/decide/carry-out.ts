/**
 * Does changes, one after the other: tells what came of each, and moves on to the next card where it was about one and the
 * person is still there.
 */
import { computed } from 'vue';
import type { NextKind } from '../../../shared/cards';
import type { CardId, ViewId } from '../../../shared/ids';
import type { Done } from '../../../shared/ipc';
import type { Failure, Result } from '../../../shared/result';
import { invoke } from '../../backend/backend';
import { translate, type MessageKey } from '../../messages/i18n';
import { words } from '../../messages/words';
import { useToasts } from '../../ui/toast-store';
import { useCard } from '../open-card/card-store';
import { obstacleTo } from '../open-card/obstacle';
import { sayObstacle } from '../open-card/say-obstacle';
import { useView } from '../view/view-store';
import { outcome } from './outcome';
import { createTurns } from './turns';
import type { Subject } from './subject';

export interface Change {
  readonly subject: Subject;
  readonly act: () => Promise<Result<Done>>;
  /** The key of the message that tells what was done. */
  readonly text: MessageKey;
  /** What comes next where the change is about one card; else the card stays. */
  readonly next?: NextKind;
  /** Whether it can be taken back. */
  readonly undo: boolean;
  /** How many of those that were shown were not even asked for. */
  readonly staying?: number;
}

export interface CarryOutHost {
  readonly leaveQuestion: () => void;
  readonly undoOnce: () => Promise<void>;
}

/** Answers the code of a failure or why nothing was begun, undefined where the change was done. */
export type CarryOut = (change: Change) => Promise<string | undefined>;

const NOTHING_LEFT: Readonly<Record<NextKind, MessageKey>> = {
  review: 'decide.allReviewed',
  sample: 'decide.allChecked',
};

export function createCarryOut({ leaveQuestion, undoOnce }: CarryOutHost) {
  const view = useView();
  const card = useCard();
  const toasts = useToasts();
  const turns = createTurns();

  const carryOut: CarryOut = async (change) => {
    const turn = turns.take(change.subject, () => carryOutNow(change));
    if (turn === 'tooMany') toasts.problem(translate('decide.stillStoring'));
    return turn;
  };

  async function carryOutNow(change: Change): Promise<string | undefined> {
    const { subject, act } = change;
    try {
      // Asked for before the change, while main still knows where the card stands.
      const next = subject.row && change.next && (await nextAfter(subject.row.id, change.next));
      const answer = await act();
      if (!answer.ok) {
        await refused(subject, answer.error);
        return answer.error.code;
      }
      const nothingLeft = subject.row !== undefined && !next ? change.next : undefined;
      say(change, answer.value, nothingLeft && NOTHING_LEFT[nothingLeft]);
      if (!isStillAt(subject)) return undefined;
      leaveQuestion();
      await moveOn(subject, next);
      if (nothingLeft) view.rest();
      return undefined;
    } catch (error) {
      toasts.broke(error);
      return 'internal';
    }
  }

  /** False once the person has gone to another card: nothing is moved under their eyes. */
  function isStillAt({ row }: Subject): boolean {
    if (!row) return true;
    if (card.openId !== undefined) return card.openId === row.id;
    return view.focusId === row.id || !view.isChosen();
  }

  async function nextAfter(after: CardId, kind: NextKind) {
    const viewId = view.view?.viewId as ViewId | undefined;
    return viewId === undefined ? undefined : invoke('view:next', { viewId, after, kind });
  }

  async function moveOn({ row }: Subject, next: Awaited<ReturnType<typeof nextAfter>>): Promise<void> {
    if (!row) return view.selectNothing();
    if (next) {
      view.focusCard(next.cardId, next.index);
      await view.bringRow(next.index);
    }
    if (card.openId !== undefined) await card.show(next?.cardId ?? row.id, !next);
  }

  /** Nothing was done: the person is told, and sees the card as it is. */
  async function refused({ row }: Subject, failure: Failure): Promise<void> {
    if (failure.code === 'card.warningsNotAcknowledged') return;
    const obstacle = failure.code === 'card.decided' && row && obstacleTo('approve', { state: 'approved' });
    if (obstacle) sayObstacle(obstacle, words.state('approved'));
    else toasts.failed(failure);
    if (failure.code !== 'card.changedSince' && failure.code !== 'card.decided') return;
    leaveQuestion();
    if (row && card.openId === row.id) await card.show(row.id, true);
  }

  function say({ text, undo, staying = 0 }: Change, done: Done, ending: MessageKey | undefined): void {
    const { parts, changed } = outcome(done, staying);
    const left = parts.map(({ word, n }) => translate(`decide.${word}`, { n }, n)).join('');
    if (changed === 0) return toasts.problem(translate('decide.noneChanged') + left);
    const message = translate(text, {}, changed) + left + (ending ? ` · ${translate(ending)}` : '');
    toasts.done(message, undo ? { label: translate('decide.undo'), run: () => void undoOnce() } : undefined);
  }

  const busy = computed(() => turns.underWay.value !== undefined);
  return { busy, isUnderWay: turns.isUnderWay, carryOut };
}
