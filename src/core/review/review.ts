/** What a person decides: every change is one edit that can be undone and done again, and one line of the audit log. */
import type { Decision, Effort, SeenCard, WallCard } from '../../shared/cards';
import type { CardId } from '../../shared/ids';
import type { Done, FailureOf, Output, UndoState } from '../../shared/ipc';
import { parseCardNumber, parseValidDate } from '../../shared/number';
import type { EngineName, FieldName } from '../../shared/recognition';
import { assertNever, fail, ok, type Result } from '../../shared/result';
import type { Settings } from '../../shared/settings';
import { isDecided, moveTo, type CardState } from '../cards/card';
import type { Card } from '../cards/ports';
import { newestReadings } from '../doubts/assessed-store';
import { doubtfulDigits } from '../doubts/doubts';
import type { People } from '../people/people';
import { ASKED_BY_PERSON } from '../queue/repeats';
import type { Engines } from '../recognition/engines';
import type { AttemptStore } from '../recognition/ports';
import { createEdits, type Change, type EditTools, type UndoAnswer } from './edits';
import { needsLook } from './look';
import { mayCheck } from './next';
import type { CardEditState, DecisionLine } from './ports';
import { toRevealed } from '../views/rows';
import { asRead, decideSecond, maySettle, verdict } from './second-review';
import { seenOne, unchanged, type Seen } from './seen';

export interface ReviewTools extends EditTools {
  readonly people: People;
  settings(): Settings;
  /** 0 up to, not including, 1: draws the samples. */
  random(): number;
  /** Has cards assessed by what counts now, where they are not. */
  assessed(ids: readonly CardId[]): void;
  readonly engines: Engines;
}

type DecideFailure = FailureOf<'cards:decide'>;
type CorrectFailure = FailureOf<'cards:correct'>;
type CheckFailure = FailureOf<'cards:check'>;

export interface Review {
  /** A card that is decided already, or is another by now than it was when it was shown, is left as it is. */
  decide(
    seen: Seen,
    decision: Decision,
    warningsAcknowledged: boolean,
    effort?: Effort,
  ): Output<'cards:decide'>;
  settle(card: SeenCard, side: 'first' | 'second'): Output<'cards:settle'>;
  check(card: SeenCard, right: boolean): Output<'cards:check'>;
  correct(card: SeenCard, field: FieldName, text: string): Output<'cards:correct'>;
  assign(ids: readonly CardId[], to: string | undefined): Output<'cards:assign'>;
  note(id: CardId, text: string): Output<'cards:note'>;
  recogniseAgain(
    ids: readonly CardId[],
    engine: EngineName | undefined,
    /** A region cut out by hand, by its name in the picture store. */
    picture?: string,
  ): Output<'cards:recogniseAgain'>;
  secondOpinion(ids: readonly CardId[]): Output<'cards:secondOpinion'>;
  reopen(ids: readonly CardId[]): Output<'cards:reopen'>;
  /** Gives the whole number and writes down that it was asked for. */
  reveal(id: CardId): Output<'cards:reveal'>;
  /** The whole numbers of some cards, each written down; cards without one are left out. */
  wall(ids: readonly CardId[]): readonly WallCard[];
  undoState(): UndoState;
  undo(): UndoAnswer;
  redo(): UndoAnswer;
}

/** Longest text of a bank, a type or a name; the longest issuer in the BIN table has under 30 characters. */
const MAX_TEXT = 60;

export function createReview(tools: ReviewTools): Review {
  const { store, clock, people } = tools;
  const edits = createEdits(tools);

  // --- deciding --------------------------------------------------------------------------------------------------------

  function mayApprove(card: Card, acknowledged: boolean): Result<true, DecideFailure> {
    if (card.fields.cardNumber === undefined) return fail('card.noNumber');
    if (card.warnings.length > 0 && !acknowledged) return fail('card.warningsNotAcknowledged');
    return ok(true);
  }

  function needsSecond(card: Card): boolean {
    const { secondReview } = tools.settings();
    if (secondReview === 'off' || !people.several()) return false;
    return secondReview === 'all' || (card.score ?? 0) > 0;
  }

  function drawn(share: number): 'due' | undefined {
    return tools.random() * 100 < share ? 'due' : undefined;
  }

  /** What a first or only decision makes of a card. */
  function decideAlone(card: Card, decision: Decision): Result<CardEditState, DecideFailure> {
    const [by, at] = [tools.who(), clock.now()];
    const moved = (to: CardState, more: CardEditState = {}) => {
      const state = moveTo(card.state, to);
      return state.ok ? ok({ state: state.value, ...more }) : state;
    };
    switch (decision.kind) {
      case 'approve':
        // Settling a dispute is a third look already.
        if (card.state.kind !== 'disputed' && needsSecond(card)) {
          const first = verdict(card, by, at, decision);
          const read = { fields: asRead(card, store.attempts(card.id)), corrected: [] };
          return moved({ kind: 'second', first }, read);
        }
        return moved({ kind: 'approved', by, at }, { sample: drawn(tools.settings().sampleOfPeople) });
      case 'reject':
        return moved({ kind: 'rejected', by, at, reason: decision.reason, note: decision.note });
      case 'rescan':
        return moved({ kind: 'rescan', by, at });
      case 'hold':
        return moved({ kind: 'held', by, at });
      default:
        return assertNever(decision);
    }
  }

  function decideOne(
    card: Card,
    decision: Decision,
    acknowledged: boolean,
    seen: Seen,
  ): Result<CardEditState, DecideFailure> {
    if (isDecided(card.state)) return fail('card.decided');
    const same = unchanged(card, seen);
    if (!same.ok) return same;
    if (decision.kind === 'approve') {
      if (!seen.singly && needsLook(card)) return fail('card.needsLook');
      const may = mayApprove(card, acknowledged);
      if (!may.ok) return may;
    }
    if (card.state.kind === 'second') {
      if (decision.kind === 'hold') return fail('card.wrongState', { from: 'second', to: 'held' });
      return decideSecond(card.state.first, verdict(card, tools.who(), clock.now(), decision));
    }
    if (card.state.kind === 'disputed') {
      if (!people.may('supervisor')) return fail('session.notAllowed');
      if (!maySettle(card.state, tools.who())) return fail('card.samePerson');
    }
    return decideAlone(card, decision);
  }

  /** The audit's word for what a decision came to. */
  function wordOf(state: CardState): string {
    if (state.kind === 'second') return 'firstApproved';
    return state.kind === 'approved' && state.also !== undefined ? 'secondAgreed' : state.kind;
  }

  function lineOf(card: Card, to: CardEditState, effort: Effort | undefined): Change['decision'] {
    const kind = to.state?.kind as DecisionLine['kind'];
    // In the first approval of two the corrections went into the verdict.
    const { corrected } = card;
    return { kind, corrected, keys: effort?.keys, durationMs: effort?.durationMs };
  }

  // --- correcting ------------------------------------------------------------------------------------------------------

  function correctedValue(field: FieldName, text: string): Result<string | undefined, CorrectFailure> {
    const value = text.trim();
    if (value === '') return ok(undefined);
    if (field === 'cardNumber') {
      const digits = parseCardNumber(value);
      return digits === undefined ? fail('field.badNumber') : ok(digits);
    }
    if (field === 'validDate') {
      const date = parseValidDate(value);
      return date === undefined ? fail('field.badDate') : ok(date);
    }
    return value.length > MAX_TEXT ? fail('field.tooLong', { max: MAX_TEXT }) : ok(value);
  }

  /** A value typed for a card that no engine could read makes it one to decide on. */
  function stateToCorrect(card: Card): Result<CardState, CorrectFailure> {
    const { state } = card;
    if (isDecided(state)) return fail('card.decided');
    if (state.kind === 'pending' || state.kind === 'held' || state.kind === 'disputed') return ok(state);
    if (state.kind === 'second') return state.first.by === tools.who() ? fail('card.samePerson') : ok(state);
    if (state.kind === 'recognising') return fail('card.wrongState', { from: state.kind });
    return moveTo(state, { kind: 'pending' });
  }

  function correct(shown: SeenCard, field: FieldName, text: string): Result<Done, CorrectFailure> {
    const value = correctedValue(field, text);
    if (!value.ok) return value;
    return edits.edit<CorrectFailure>([shown.id], 'corrected', (card) => {
      const same = unchanged(card, seenOne(shown));
      if (!same.ok) return same;
      const state = stateToCorrect(card);
      if (!state.ok) return state;
      const { [field]: _replaced, ...others } = card.fields;
      const fields = value.value === undefined ? others : { ...others, [field]: value.value };
      const corrected = [...new Set([...card.corrected, field])];
      return ok({ to: { state: state.value, fields, corrected }, params: { field } });
    });
  }

  // --- sending to an engine --------------------------------------------------------------------------------------------

  function queued(card: Card, to: CardState): Result<Change, 'card.wrongState' | 'card.noPicture'> {
    if (!card.pictures.original) return fail('card.noPicture');
    const moved = moveTo(card.state, to);
    if (!moved.ok) return moved;
    const engine = 'engine' in to ? to.engine : undefined;
    return ok({ to: { state: moved.value }, params: engine && { engine } });
  }

  return {
    decide(seen, decision, warningsAcknowledged, effort) {
      // What many cards cost together says nothing of one, and nobody acknowledges a warning for many.
      const own = seen.singly ? effort : undefined;
      const acknowledged = seen.singly && warningsAcknowledged;
      const change = (card: Card): Result<Change, DecideFailure> => {
        const to = decideOne(card, decision, acknowledged, seen);
        if (!to.ok) return to;
        const params = decision.kind === 'reject' ? { reason: decision.reason } : undefined;
        const what = to.value.state && wordOf(to.value.state);
        return ok({ to: to.value, what, params, decision: lineOf(card, to.value, own) });
      };
      // Weights that were set a moment ago, or a month that has begun, count for what nobody looks at for itself.
      if (decision.kind === 'approve' && !seen.singly) tools.assessed(seen.ids);
      return edits.edit(seen.ids, wordOfDecision(decision), change, seen.singly ? undefined : 'always');
    },

    settle: (shown, side) =>
      edits.edit<FailureOf<'cards:settle'>>([shown.id], 'settled', (card) => {
        const same = unchanged(card, seenOne(shown));
        if (!same.ok) return same;
        const { state } = card;
        if (state.kind !== 'disputed') return fail('card.wrongState', { from: state.kind });
        if (!people.may('supervisor')) return fail('session.notAllowed');
        if (!maySettle(state, tools.who())) return fail('card.samePerson');
        const { decision, fields, corrected, by } = state[side];
        const [at, who] = [clock.now(), tools.who()];
        const settled: CardState =
          decision.kind === 'approve'
            ? { kind: 'approved', by, also: who, at }
            : decision.kind === 'reject'
              ? { kind: 'rejected', by: who, at, reason: decision.reason, note: decision.note }
              : { kind: 'rescan', by: who, at };
        return ok({
          to: { state: settled, fields, corrected },
          params: { by },
          decision: { kind: settled.kind, corrected: [] },
        });
      }),

    check: (shown, right) =>
      edits.edit<CheckFailure>([shown.id], right ? 'checkedRight' : 'checkedWrong', (card) => {
        const same = unchanged(card, seenOne(shown));
        if (!same.ok) return same;
        const { state } = card;
        if (state.kind !== 'approved' || card.sample !== 'due')
          return fail('card.wrongState', { from: state.kind });
        const checker = { who: tools.who(), several: people.several() };
        if (!mayCheck(card, checker)) return fail('card.samePerson');
        const about = state.rule ?? state.by;
        return ok(
          right
            ? { to: { sample: 'right' }, decision: { kind: 'checkedRight', about, corrected: [] } }
            : {
                to: { sample: 'wrong', state: { kind: 'pending' } },
                decision: { kind: 'checkedWrong', about, corrected: [] },
              },
        );
      }),

    correct,

    assign(ids, to) {
      if (to !== undefined && !people.known(to)) return fail('people.unknown');
      return edits.edit(ids, 'assigned', () =>
        ok({ to: { assignedTo: to }, params: to === undefined ? undefined : { to } }),
      );
    },

    note: (id, text) =>
      edits.edit([id], 'noted', (card) => {
        const written = text.trim() === '' ? undefined : text.trim();
        // Whoever reviews second was not shown what stands there: it is not theirs to take away.
        const above = card.state.kind === 'second' ? card.note : undefined;
        const note = above === undefined ? written : [above, written].filter(Boolean).join('\n');
        return ok({ to: { note } });
      }),

    recogniseAgain(ids, engine, picture) {
      if (engine !== undefined && !tools.engines.available(engine)) return fail('card.noCredentials');
      return edits.edit(ids, picture === undefined ? 'recogniseAgain' : 'recogniseCut', (card) =>
        queued(card, { kind: 'queued', engine, picture, notBefore: ASKED_BY_PERSON }),
      );
    },

    secondOpinion: (ids) =>
      edits.edit<'card.wrongState' | 'card.noPicture' | 'card.noOtherEngine'>(
        ids,
        'secondOpinion',
        (card) => {
          const engine = otherEngine(card, tools);
          if (engine === undefined) return fail('card.noOtherEngine');
          return queued(card, { kind: 'queued', engine, opinion: true, notBefore: ASKED_BY_PERSON });
        },
      ),

    reopen: (ids) =>
      edits.edit<'card.wrongState' | 'session.notAllowed'>(ids, 'reopened', (card) => {
        const moved = moveTo(card.state, { kind: 'pending' });
        if (!moved.ok) return moved;
        if (card.state.kind !== 'second') return ok({ to: { state: moved.value } });
        // Whoever takes it out sees the first person's values: that person, or whoever is over both.
        const { first } = card.state;
        if (first.by !== tools.who() && !people.may('supervisor')) return fail('session.notAllowed');
        return ok({ to: { state: moved.value, fields: first.fields, corrected: first.corrected } });
      }),

    reveal(id) {
      const card = store.card(id);
      if (!card) return fail('card.gone');
      store.addAudit(tools.who(), 'revealed', id, {}, clock.now());
      return ok(toRevealed(card, store, { who: tools.who(), supervisor: people.may('supervisor') }));
    },

    wall: (ids) =>
      store.transaction(() =>
        store.cards(ids).flatMap((card) => {
          const { cardNumber } = card.fields;
          if (cardNumber === undefined) return [];
          store.addAudit(tools.who(), 'revealed', card.id, { where: 'wall' }, clock.now());
          return [
            { id: card.id, revision: card.revision, cardNumber, doubtfulDigits: doubtfulDigits(card.doubts) },
          ];
        }),
      ),

    undoState: edits.state,
    undo: edits.undo,
    redo: edits.redo,
  };
}

function wordOfDecision(decision: Decision): string {
  return { approve: 'approved', reject: 'rejected', rescan: 'rescan', hold: 'held' }[decision.kind];
}

/** The first engine that has not read a card and can be asked. */
export function otherEngine(
  card: Card,
  { store, engines }: Pick<ReviewTools, 'engines'> & { readonly store: AttemptStore },
): EngineName | undefined {
  const have = newestReadings(store.attempts(card.id)).map(({ engine }) => engine);
  return have.length === 0 ? undefined : engines.otherThan(have);
}
