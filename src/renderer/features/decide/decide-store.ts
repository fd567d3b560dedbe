/** Decisions on one card or many, the questions asked before some of them, and undo. */
import { defineStore } from 'pinia';
import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import type {
  CardRow,
  DecideTarget,
  Decision,
  NextKind,
  CutRegion,
  RejectReason,
  Target,
} from '../../../shared/cards';
import type { CardId, ViewId } from '../../../shared/ids';
import type { Done, UndoState } from '../../../shared/ipc';
import type { Person } from '../../../shared/people';
import type { EngineName, WarningCode } from '../../../shared/recognition';
import type { Failure, Result } from '../../../shared/result';
import { invoke, listen } from '../../backend/backend';
import { translate } from '../../messages/i18n';
import { words } from '../../messages/words';
import { useToasts } from '../../ui/toast-store';
import { useCard } from '../open-card/card-store';
import { LOOK_AGAIN_MS } from '../view/focus';
import { useView } from '../view/view-store';
import { useWall } from '../wall/wall-store';
import { createEffortMeter, listenTo } from './effort';
import { obstacleTo } from '../open-card/obstacle';
import { outcome } from './outcome';
import { sayObstacle } from '../open-card/say-obstacle';

interface Aim {
  readonly target: Target;
  /** The same cards as they were seen: a decision is about these. */
  readonly seen: DecideTarget;
  /** Set when the aim is one card. */
  readonly row?: CardRow;
}

interface Manner {
  /** What comes next where the change is about one card; else the card stays. */
  readonly next?: NextKind;
  readonly undo: boolean;
  /** How many of those that were shown were not even asked for. */
  readonly staying?: number;
}

const NOTHING_LEFT: Readonly<Record<NextKind, string>> = {
  review: 'decide.allReviewed',
  sample: 'decide.allChecked',
};

/** A question that stands in the decision bar until it is answered or left. */
export type Question =
  | { readonly kind: 'acknowledge'; readonly aim: Aim; readonly warnings: readonly WarningCode[] }
  | { readonly kind: 'reason'; readonly aim: Aim }
  | { readonly kind: 'assign'; readonly aim: Aim };

export const useDecide = defineStore('decide', () => {
  const view = useView();
  const card = useCard();
  const wall = useWall();
  const toasts = useToasts();
  const question = shallowRef<Question>();
  const undoState = shallowRef<UndoState>({});
  const busy = ref(false);
  let shownApprovedAt = -Infinity;
  const effort = createEffortMeter(performance.now());
  /** To whom cards can be assigned. */
  const people = shallowRef<readonly Person[]>([]);

  /** The card that is open, else what is selected, else the row with the focus. */
  const single = computed<CardRow | undefined>(() =>
    card.openId === undefined && view.selectedCount > 0 ? undefined : card.shownRow,
  );
  const count = computed(() => (single.value ? 1 : card.openId === undefined ? view.selectedCount : 0));

  function aim(): Aim | undefined {
    const { value: row } = single;
    if (row) {
      const { id, revision } = row;
      return { target: { kind: 'cards', ids: [id] }, seen: { kind: 'card', id, revision }, row };
    }
    if (card.openId !== undefined) return undefined;
    const [target, seen] = [view.selectionTarget(), view.seenSelection()];
    return target && seen && { target, seen };
  }

  /** What a decision is about, unless there is something to say first. */
  async function aimToDecide(kind: Decision['kind']): Promise<Aim | undefined> {
    if (busy.value) return undefined;
    const seenIsShown = await card.settled();
    const at = aim();
    const obstacle = at?.row && obstacleTo(kind, at.row);
    if (!at) toasts.problem(translate('decide.nothingSelected'));
    else if (obstacle) sayObstacle(obstacle, words.state(at.row.state));
    else if (!seenIsShown) toasts.failed({ code: 'card.changedSince' });
    else if (card.openId === undefined && at.row && view.justMoved())
      toasts.problem(translate('decide.justMoved'));
    // What could not be read is sent away by nobody who did not go to it.
    else if (card.openId === undefined && at.row?.state === 'failed' && !view.isChosen())
      toasts.problem(translate('decide.chooseFailed'));
    else return at;
    return undefined;
  }

  async function start(): Promise<void> {
    listen('edit:changed', (state) => (undoState.value = state));
    onScopeDispose(listenTo(effort, window));
    undoState.value = await invoke('edit:state', undefined);
  }

  /** Does a change, tells what came of it, and moves on to the next card where it was about one. */
  async function carryOut(
    at: Aim,
    act: () => Promise<Result<Done>>,
    text: string,
    manner: Manner,
  ): Promise<string | undefined> {
    if (busy.value) return undefined;
    busy.value = true;
    try {
      const next = at.row && manner.next && (await nextAfter(at.row.id, manner.next));
      const answer = await act();
      if (!answer.ok) {
        await refused(at, answer.error);
        return answer.error.code;
      }
      question.value = undefined;
      const ending = at.row && manner.next && !next ? NOTHING_LEFT[manner.next] : undefined;
      say(text, answer.value, manner, ending);
      if (!at.row) view.selectNothing();
      else if (next) {
        view.focusCard(next.cardId, next.index);
        await view.bringRow(next.index);
      }
      if (at.row && card.openId !== undefined) await card.show(next?.cardId ?? at.row.id, !next);
      if (at.row && manner.next && !next) view.rest();
      return undefined;
    } catch (error) {
      toasts.broke(error);
      return 'internal';
    } finally {
      busy.value = false;
    }
  }

  /** Nothing was done: the person is told, and sees the card as it is. */
  async function refused({ row }: Aim, failure: Failure): Promise<void> {
    if (failure.code === 'card.warningsNotAcknowledged') return;
    const obstacle = failure.code === 'card.decided' && row && obstacleTo('approve', { state: 'approved' });
    if (obstacle) sayObstacle(obstacle, words.state('approved'));
    else toasts.failed(failure);
    if (failure.code !== 'card.changedSince' && failure.code !== 'card.decided') return;
    question.value = undefined;
    if (row && card.openId === row.id) await card.show(row.id, true);
  }

  async function nextAfter(after: CardId, kind: NextKind) {
    const viewId = view.view?.viewId as ViewId | undefined;
    return viewId === undefined ? undefined : invoke('view:next', { viewId, after, kind });
  }

  function say(text: string, done: Done, { undo, staying = 0 }: Manner, ending?: string): void {
    const { parts, changed } = outcome(done, staying);
    const left = parts.map(({ word, n }) => translate(`decide.${word}`, { n }, n)).join('');
    if (changed === 0) return toasts.problem(translate('decide.noneChanged') + left);
    const message = translate(text, {}, changed) + left + (ending ? ` · ${translate(ending)}` : '');
    toasts.done(message, undo ? { label: translate('decide.undo'), run: () => void undoOnce() } : undefined);
  }

  async function decide(at: Aim, decision: Decision, warningsAcknowledged: boolean, text: string) {
    // What many cards cost together says nothing of one.
    const cost = at.row && effort.soFar(performance.now());
    const code = await carryOut(
      at,
      () => invoke('cards:decide', { target: at.seen, decision, warningsAcknowledged, effort: cost }),
      text,
      { next: 'review', undo: true },
    );
    if (code === undefined) effort.begin(performance.now());
    return code;
  }

  async function approve(): Promise<void> {
    const asked = question.value;
    if (asked?.kind === 'acknowledge') return acknowledge();
    const at = await aimToDecide('approve');
    if (!at) return;
    // What is selected together is left by main where there are warnings: they are acknowledged card by card.
    if (at.row && at.row.warnings.length > 0) {
      question.value = { kind: 'acknowledge', aim: at, warnings: at.row.warnings };
    } else await decide(at, { kind: 'approve' }, false, 'decide.approved');
  }

  async function acknowledge(): Promise<void> {
    if (question.value?.kind !== 'acknowledge') return;
    await decide(question.value.aim, { kind: 'approve' }, true, 'decide.approved');
  }

  async function askReason(): Promise<void> {
    const at = await aimToDecide('reject');
    if (!at) return;
    question.value = { kind: 'reason', aim: at };
  }

  async function reject(reason: RejectReason, note: string): Promise<void> {
    if (question.value?.kind !== 'reason') return;
    const trimmed = note.trim();
    const decision: Decision = { kind: 'reject', reason, ...(trimmed === '' ? {} : { note: trimmed }) };
    await decide(question.value.aim, decision, false, 'decide.rejected');
  }

  async function rescan(): Promise<void> {
    const at = await aimToDecide('rescan');
    if (at) await decide(at, { kind: 'rescan' }, false, 'decide.rescanned');
  }

  async function hold(): Promise<void> {
    const at = await aimToDecide('hold');
    if (at) await decide(at, { kind: 'hold' }, false, 'decide.held');
  }

  /** What is seen on the screen of the digit wall and gives no reason to look; the screen turns when nothing is left on it. */
  async function approveShown(): Promise<void> {
    if (busy.value) return;
    // The key for the screen before, pressed once more: nobody has looked at this one.
    if (performance.now() - shownApprovedAt < LOOK_AGAIN_MS)
      return toasts.problem(translate('wall.justMoved'));
    const { passing: cards, markedHere, to: next } = wall;
    const staying = wall.staying.length;
    if (cards.length === 0) {
      toasts.problem(staying > 0 ? translate('wall.allStay', {}, staying) : translate('wall.done'));
      return wall.lookAtStaying();
    }
    const refusal = await carryOut(
      { target: { kind: 'cards', ids: cards.map(({ id }) => id) }, seen: { kind: 'cards', cards } },
      () =>
        invoke('cards:decide', {
          target: { kind: 'cards', cards },
          decision: { kind: 'approve' },
          warningsAcknowledged: false,
        }),
      'decide.approved',
      { undo: true, staying },
    );
    if (refusal !== undefined) return;
    shownApprovedAt = performance.now();
    if (staying > 0) wall.lookAtStaying();
    // Where the filter hides what is decided, the next cards come to this screen by themselves.
    else if (markedHere === 0 && view.filter.states.length === 0 && next < view.total) view.focusOn(next);
  }

  async function opinion(): Promise<void> {
    const at = aim();
    if (!at) return toasts.problem(translate('decide.nothingSelected'));
    await carryOut(at, () => invoke('cards:secondOpinion', { target: at.target }), 'decide.opinionAsked', {
      undo: false,
    });
  }

  /** What the quality check of one card found. */
  async function check(right: boolean): Promise<void> {
    const at = aim();
    if (at?.row?.sample !== 'due') return toasts.problem(translate('decide.noSample'));
    const { id, revision } = at.row;
    await carryOut(
      at,
      () => invoke('cards:check', { card: { id, revision }, right }),
      right ? 'decide.checkedRight' : 'decide.checkedWrong',
      { next: right ? 'sample' : undefined, undo: true },
    );
  }

  async function settle(side: 'first' | 'second'): Promise<void> {
    const at = aim();
    if (at?.row?.state !== 'disputed') return;
    const { id, revision } = at.row;
    const shown = { id, revision };
    await carryOut(at, () => invoke('cards:settle', { card: shown, side }), 'decide.settled', {
      next: 'review',
      undo: true,
    });
  }

  async function askAssign(): Promise<void> {
    const at = aim();
    if (!at) return toasts.problem(translate('decide.nothingSelected'));
    try {
      people.value = (await invoke('session:get', undefined)).people.filter(({ active }) => active);
    } catch (error) {
      return toasts.broke(error);
    }
    if (people.value.length === 0) return toasts.problem(translate('decide.nobodyElse'));
    question.value = { kind: 'assign', aim: at };
  }

  async function assign(to: string | undefined): Promise<void> {
    if (question.value?.kind !== 'assign') return;
    const at = question.value.aim;
    await carryOut(at, () => invoke('cards:assign', { target: at.target, to }), 'decide.assigned', {
      undo: true,
    });
  }

  async function again(engine?: EngineName): Promise<void> {
    const at = aim();
    if (!at) return toasts.problem(translate('decide.nothingSelected'));
    await carryOut(
      at,
      () => invoke('cards:recogniseAgain', { target: at.target, engine }),
      'decide.requeued',
      {
        undo: false,
      },
    );
  }

  /** Answers whether the region is on its way to an engine. */
  async function againWithCut(region: CutRegion, engine?: EngineName): Promise<boolean> {
    const at = aim();
    if (!at?.row) return false;
    const cardId = at.row.id;
    const code = await carryOut(
      at,
      () => invoke('cards:recogniseCut', { cardId, ...region, engine }),
      'decide.requeued',
      { undo: false },
    );
    return code === undefined;
  }

  async function reopen(): Promise<void> {
    const at = aim();
    if (!at) return toasts.problem(translate('decide.nothingSelected'));
    await carryOut(at, () => invoke('cards:reopen', { target: at.target }), 'decide.reopened', {
      undo: true,
    });
  }

  async function step(channel: 'edit:undo' | 'edit:redo', text: string): Promise<void> {
    question.value = undefined;
    try {
      const answer = await invoke(channel, undefined);
      if (!answer.ok) return toasts.failed(answer.error);
      undoState.value = answer.value.state;
      toasts.done(translate(text));
      const { cardId } = answer.value;
      const at = cardId === undefined ? undefined : await view.positionOf(cardId);
      if (cardId !== undefined && at !== undefined) view.focusCard(cardId, at);
      if (card.openId !== undefined) await card.show(cardId ?? card.openId, true);
    } catch (error) {
      toasts.broke(error);
    }
  }
  const undoOnce = () => step('edit:undo', 'decide.undone');
  const redoOnce = () => step('edit:redo', 'decide.redone');

  function leaveQuestion(): void {
    question.value = undefined;
  }

  return {
    question,
    undoState,
    busy,
    single,
    count,
    start,
    approve,
    acknowledge,
    askReason,
    reject,
    rescan,
    hold,
    approveShown,
    opinion,
    check,
    settle,
    people,
    askAssign,
    assign,
    again,
    againWithCut,
    reopen,
    undoOnce,
    redoOnce,
    leaveQuestion,
  };
});
