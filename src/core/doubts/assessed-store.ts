/**
 * The card store, but every change that could raise or settle a doubt has the card assessed in the same breath, and its
 * duplicates with it: no step of the flow can forget to. When the policy changes, or a new month begins (cards expire), all cards
 * are gone through again in slices.
 */
import type { CardId } from '../../shared/ids';
import type { Card, CardChange, CardStore, Clock, Transactions } from '../cards/ports';
import type { Attempt, AttemptStore } from '../recognition/ports';
import type { SettingStore } from '../settings/ports';
import { newestAttempts } from '../recognition/newest';
import { assess, type Known, type Policy, type Reading } from './doubts';
import type { PrefixTable } from './ports';

export interface AssessorTools {
  readonly store: CardStore & AttemptStore & SettingStore & Transactions;
  readonly prefixes: PrefixTable;
  readonly clock: Clock;
  policy(): Policy;
  changed(ids: readonly CardId[]): void;
  /** Does it as soon as the computer can. */
  keep(work: () => void): Promise<void>;
  defect(error: unknown): void;
}

export interface Assessor {
  /** Takes the place of the store's own. */
  readonly change: CardStore['change'];
  /** Goes through all cards again where the policy or the month is another than theirs. Answers at once. */
  refresh(): void;
  /** Does so with these at once, where theirs is not what counts now. */
  bringUpToDate(ids: readonly CardId[]): void;
  close(): void;
}

const MATTERS: readonly (keyof CardChange)[] = [
  'fields',
  'corrected',
  'warnings',
  'quality',
  'intakeNotes',
  'sha256',
];
/** A number or picture met more often than this is a matter for a person; its older duplicates are not written again. */
const DUPLICATES_AT_MOST = 50;
const SLICE = 200;
const BETWEEN_SLICES_MS = 20;
/** Grows when the same policy comes to other doubts than before. */
const TABLE = 3;
/** Holds what the assessments in the store rest on. */
export const BASIS_SETTING = 'doubts.policy';

/** What the newest answer of each engine says. */
export function newestReadings(attempts: readonly Attempt[]): readonly Reading[] {
  return newestAttempts(attempts).map(({ engine, fields, evidence }) => ({
    engine,
    fields: fields ?? {},
    digitConfidence: evidence?.digitConfidence,
  }));
}

function monthOf(at: number): Known['today'] {
  const date = new Date(at);
  return { year: date.getFullYear(), month: date.getMonth() + 1 };
}

/** What the cards' assessments rest on besides themselves, at a time in epoch ms. */
export function basisOf(policy: Policy, at: number): string {
  return JSON.stringify({ table: TABLE, ...policy, ...monthOf(at) });
}

export function createAssessor(tools: AssessorTools): Assessor {
  const { store, prefixes, clock, policy, changed } = tools;
  let callOff: (() => void) | undefined;
  /** Counted, so that one that waits for room ends when another began. */
  let runs = 0;
  /** What cards were last gone through for. */
  let under: string | undefined;
  let closed = false;

  /** Undefined while there is nothing to doubt: no engine has answered and no person has typed anything. */
  function assessmentOf(card: Card): Pick<Card, 'doubts' | 'score'> {
    const readings = newestReadings(store.attempts(card.id));
    if (readings.length === 0 && card.corrected.length === 0) return { doubts: [], score: undefined };
    const number = card.fields.cardNumber;
    return assess(
      {
        card,
        readings,
        prefix: number === undefined ? undefined : prefixes.lookUp(number),
        duplicates: store.duplicates(card),
        today: monthOf(clock.now()),
      },
      policy(),
    );
  }

  function write(card: Card): boolean {
    const { doubts, score } = assessmentOf(card);
    if (score === card.score && JSON.stringify(doubts) === JSON.stringify(card.doubts)) return false;
    store.change(card.id, { doubts, score }, card.updatedAt);
    return true;
  }

  function reassess(ids: readonly CardId[]): void {
    const written = store.cards(ids).filter(write);
    if (written.length > 0) changed(written.map(({ id }) => id));
  }

  function change(id: CardId, what: CardChange, at: number): void {
    if (!MATTERS.some((key) => key in what)) return store.change(id, what, at);
    store.transaction(() => {
      const before = store.card(id);
      store.change(id, what, at);
      const after = store.card(id);
      if (!before || !after) return;
      write(after);
      // Only a number or picture that came or went makes or unmakes duplicates.
      const numbers = [before.fields.cardNumber, after.fields.cardNumber];
      const pictures = [before.sha256, after.sha256];
      const moved = (pair: readonly unknown[]) => pair[0] !== pair[1];
      if (!moved(numbers) && !moved(pictures)) return;
      const duplicates = [0, 1].flatMap((side) =>
        store.duplicatesOf(
          moved(numbers) ? numbers[side] : undefined,
          moved(pictures) ? pictures[side] : undefined,
          DUPLICATES_AT_MOST,
        ),
      );
      reassess([...new Set(duplicates)].filter((duplicate) => duplicate !== id));
    });
  }

  async function slice(after: CardId | 0, wanted: string): Promise<void> {
    callOff = undefined;
    let last: CardId | undefined;
    const began = runs;
    await tools.keep(() => {
      if (closed || began !== runs) return;
      const ids = store.idsAfter(after, SLICE);
      store.transaction(() => reassess(ids));
      last = ids.at(-1);
      if (last === undefined) store.setSetting(BASIS_SETTING, wanted);
    });
    if (last !== undefined) later(BETWEEN_SLICES_MS, last, wanted);
  }

  function later(delayMs: number, after: CardId | 0, wanted: string): void {
    callOff = clock.after(delayMs, () => void slice(after, wanted).catch(tools.defect));
  }

  function refresh(): void {
    const wanted = basisOf(policy(), clock.now());
    if (store.setting(BASIS_SETTING) === wanted) return;
    callOff?.();
    runs++;
    under = wanted;
    later(0, 0, wanted);
  }

  return {
    change,
    refresh,
    bringUpToDate(ids) {
      const wanted = basisOf(policy(), clock.now());
      if (store.setting(BASIS_SETTING) === wanted) return;
      store.transaction(() => reassess(ids));
      // A month begins without anybody's doing.
      if (under !== wanted) refresh();
    },
    close() {
      closed = true;
      callOff?.();
    },
  };
}
