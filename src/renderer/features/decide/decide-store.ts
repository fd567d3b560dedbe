/** Decisions on one card or many, the questions asked before some of them, and undo. */
import { defineStore } from 'pinia';
import { computed, onScopeDispose, ref, shallowRef } from 'vue';
import type { CardRow, Decision, Piece, RejectReason, Target } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';
import type { Done, UndoState } from '../../../shared/ipc';
import type { Person } from '../../../shared/people';
import type { EngineName, WarningCode } from '../../../shared/recognition';
import type { Result } from '../../../shared/result';
import { invoke, listen } from '../../backend/backend';
import { translate } from '../../messages/i18n';
import { useToasts } from '../../ui/toast-store';
import { useCard } from '../card/card-store';
import { useView } from '../grid/view-store';
import { useWall } from '../wall/wall-store';
import { createEffortMeter, listenTo } from './effort';

interface Aim {
  readonly target: Target;
  /** Set when the aim is one card. */
  readonly row?: CardRow;
}

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
  const effort = createEffortMeter(performance.now());
  /** To whom cards can be assigned. */
  const people = shallowRef<readonly Person[]>([]);

  /** The card that is open, else what is selected, else the row with the focus. */
  const single = computed<CardRow | undefined>(() => {
    if (card.openId !== undefined) return card.detail?.row.id === card.openId ? card.detail.row : undefined;
    return view.selectedCount > 0 ? undefined : view.focusedRow;
  });
  const count = computed(() => (single.value ? 1 : card.openId === undefined ? view.selectedCount : 0));

  function aim(): Aim | undefined {
    if (single.value) return { target: { kind: 'cards', ids: [single.value.id] }, row: single.value };
    const target = card.openId === undefined ? view.selectionTarget() : undefined;
    return target && { target };
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
    { moveOn, undo }: { moveOn: boolean; undo: boolean },
  ): Promise<string | undefined> {
    if (busy.value) return undefined;
    busy.value = true;
    try {
      const next = at.row && moveOn ? await nextAfter() : undefined;
      const answer = await act();
      if (!answer.ok) {
        if (answer.error.code !== 'card.warningsNotAcknowledged') toasts.failed(answer.error);
        return answer.error.code;
      }
      question.value = undefined;
      say(text, answer.value, undo);
      if (!at.row) view.selectNothing();
      else if (next) view.focusCard(next.id, next.index);
      if (at.row && card.openId !== undefined) await card.show(next?.id ?? at.row.id);
      return undefined;
    } catch (error) {
      toasts.broke(error);
      return 'internal';
    } finally {
      busy.value = false;
    }
  }

  async function nextAfter(): Promise<{ id: CardId; index: number } | undefined> {
    const index = view.focus + 1;
    const row = await view.bringRow(index);
    return row && { id: row.id, index };
  }

  function say(text: string, done: Done, undo: boolean): void {
    const skipped = done.skipped > 0 ? translate('decide.skipped', { n: done.skipped }) : '';
    const message = translate(text, {}, done.changed) + skipped;
    toasts.done(message, undo ? { label: translate('decide.undo'), run: () => void undoOnce() } : undefined);
  }

  async function decide(at: Aim, decision: Decision, warningsAcknowledged: boolean, text: string) {
    // What many cards cost together says nothing of one.
    const cost = at.row && effort.soFar(performance.now());
    const code = await carryOut(
      at,
      () => invoke('cards:decide', { target: at.target, decision, warningsAcknowledged, effort: cost }),
      text,
      {
        moveOn: true,
        undo: true,
      },
    );
    if (code === undefined) effort.begin(performance.now());
    return code;
  }

  async function approve(): Promise<void> {
    const asked = question.value;
    if (asked?.kind === 'acknowledge') return acknowledge();
    const at = aim();
    if (!at) return toasts.problem(translate('decide.nothingSelected'));
    if (at.row && at.row.warnings.length > 0 && at.row.state !== 'approved') {
      question.value = { kind: 'acknowledge', aim: at, warnings: at.row.warnings };
      return;
    }
    const code = await decide(at, { kind: 'approve' }, false, 'decide.approved');
    if (code === 'card.warningsNotAcknowledged') {
      question.value = { kind: 'acknowledge', aim: at, warnings: at.row?.warnings ?? [] };
    }
  }

  async function acknowledge(): Promise<void> {
    if (question.value?.kind !== 'acknowledge') return;
    await decide(question.value.aim, { kind: 'approve' }, true, 'decide.approved');
  }

  function askReason(): void {
    const at = aim();
    if (!at) return toasts.problem(translate('decide.nothingSelected'));
    question.value = { kind: 'reason', aim: at };
  }

  async function reject(reason: RejectReason, note: string): Promise<void> {
    if (question.value?.kind !== 'reason') return;
    const trimmed = note.trim();
    const decision: Decision = { kind: 'reject', reason, ...(trimmed === '' ? {} : { note: trimmed }) };
    await decide(question.value.aim, decision, false, 'decide.rejected');
  }

  async function rescan(): Promise<void> {
    const at = aim();
    if (!at) return toasts.problem(translate('decide.nothingSelected'));
    await decide(at, { kind: 'rescan' }, false, 'decide.rescanned');
  }

  async function hold(): Promise<void> {
    const at = aim();
    if (!at) return toasts.problem(translate('decide.nothingSelected'));
    await decide(at, { kind: 'hold' }, false, 'decide.held');
  }

  /** The screen of the digit wall, but what is marked on it; the screen turns when nothing is left to look at. */
  async function approveShown(): Promise<void> {
    const ids = wall.passing;
    if (ids.length === 0) return toasts.problem(translate('wall.done'));
    const whole = wall.markedHere === 0;
    const next = wall.to;
    const refused = await carryOut(
      { target: { kind: 'cards', ids: [...ids] } },
      () =>
        invoke('cards:decide', {
          target: { kind: 'cards', ids: [...ids] },
          decision: { kind: 'approve' },
          warningsAcknowledged: false,
        }),
      'decide.approved',
      { moveOn: false, undo: true },
    );
    // Where the filter hides what is decided, the next cards come to this screen by themselves.
    if (refused === undefined && whole && view.filter.states.length === 0 && next < view.total)
      view.focusOn(next);
  }

  async function opinion(): Promise<void> {
    const at = aim();
    if (!at) return toasts.problem(translate('decide.nothingSelected'));
    await carryOut(at, () => invoke('cards:secondOpinion', { target: at.target }), 'decide.opinionAsked', {
      moveOn: false,
      undo: false,
    });
  }

  /** What the quality check of one card found. */
  async function check(right: boolean): Promise<void> {
    const at = aim();
    if (at?.row?.sample !== 'due') return toasts.problem(translate('decide.noSample'));
    const { id } = at.row;
    await carryOut(
      at,
      () => invoke('cards:check', { cardId: id, right }),
      right ? 'decide.checkedRight' : 'decide.checkedWrong',
      { moveOn: right, undo: true },
    );
  }

  async function settle(side: 'first' | 'second'): Promise<void> {
    const at = aim();
    if (at?.row?.state !== 'disputed') return;
    const { id } = at.row;
    await carryOut(at, () => invoke('cards:settle', { cardId: id, side }), 'decide.settled', {
      moveOn: true,
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
      moveOn: false,
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
        moveOn: false,
        undo: false,
      },
    );
  }

  /** Answers whether the piece is on its way to an engine. */
  async function againWithCut(piece: Piece, engine?: EngineName): Promise<boolean> {
    const at = aim();
    if (!at?.row) return false;
    const cardId = at.row.id;
    const code = await carryOut(
      at,
      () => invoke('cards:recogniseCut', { cardId, ...piece, engine }),
      'decide.requeued',
      { moveOn: false, undo: false },
    );
    return code === undefined;
  }

  async function reopen(): Promise<void> {
    const at = aim();
    if (!at) return toasts.problem(translate('decide.nothingSelected'));
    await carryOut(at, () => invoke('cards:reopen', { target: at.target }), 'decide.reopened', {
      moveOn: false,
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
      if (answer.value.cardId === undefined) return;
      const at = await view.positionOf(answer.value.cardId);
      if (at !== undefined) view.focusCard(answer.value.cardId, at);
      if (card.openId !== undefined) await card.show(answer.value.cardId);
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
