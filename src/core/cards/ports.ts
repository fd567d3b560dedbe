import type {
  AttemptDetail,
  AttemptOutcome,
  BatchSummary,
  CardStateName,
  Counts,
  Filter,
  HistoryEntry,
  IntakeNote,
  PictureKind,
  SampleState,
  Sort,
  Group,
  ViewGroup,
} from '../../shared/cards';
import type { Doubt } from '../../shared/doubts';
import type { PersonId, Role } from '../../shared/people';
import type { BatchId, CardId } from '../../shared/ids';
import type { EngineName, FieldName, Fields, LocalEvidence, WarningCode } from '../../shared/recognition';
import type { CardState } from './card';

/** Where a picture comes from: a file, a link, or bytes that are already in the profile (clipboard). */
export type Source =
  | { readonly kind: 'file'; readonly name: string; readonly location: string }
  | { readonly kind: 'link'; readonly name: string; readonly location: string }
  | { readonly kind: 'clipboard'; readonly name: string; readonly picture: string };

/**
 * `source` is what was kept of what came: a bitmap of the clipboard until it was looked at, then the same as `original`. The
 * others as in PictureKind. Values name files of the picture store.
 */
export type PictureNames = Readonly<Partial<Record<PictureKind | 'source', string>>>;

export interface Card {
  readonly id: CardId;
  readonly batchId: BatchId;
  readonly batchName: string;
  readonly name: string;
  readonly sourceKind: Source['kind'];
  readonly location?: string;
  /** Which of several cards on one picture it is, from 1. */
  readonly piece?: number;
  readonly state: CardState;
  /** The values that stand. */
  readonly fields: Fields;
  readonly corrected: readonly FieldName[];
  readonly warnings: readonly WarningCode[];
  /** Weightiest first, and the sum of their weights; absent while nothing was read. */
  readonly doubts: readonly Doubt[];
  readonly score?: number;
  readonly sample?: SampleState;
  readonly assignedTo?: string;
  readonly note?: string;
  readonly quality?: number;
  readonly engine?: EngineName;
  readonly intakeNotes: readonly IntakeNote[];
  readonly sha256?: string;
  readonly byteLength?: number;
  readonly pictureWidth?: number;
  readonly pictureHeight?: number;
  readonly pictures: PictureNames;
  readonly revision: number;
  readonly takenInAt: number;
  readonly updatedAt: number;
}

export type CardChange = Partial<
  Pick<
    Card,
    | 'state'
    | 'fields'
    | 'corrected'
    | 'warnings'
    | 'doubts'
    | 'score'
    | 'sample'
    | 'assignedTo'
    | 'note'
    | 'quality'
    | 'engine'
    | 'intakeNotes'
    | 'sha256'
    | 'byteLength'
    | 'pictureWidth'
    | 'pictureHeight'
    | 'pictures'
  >
>;

export interface AttemptEnd {
  readonly finishedAt: number;
  readonly outcome: Exclude<AttemptOutcome, 'started'>;
  readonly requestId?: string;
  readonly errorCode?: string;
  readonly message?: string;
  readonly httpStatus?: number;
  readonly maybeCharged: boolean;
  readonly raw?: string;
  readonly fields?: Fields;
  readonly warnings?: readonly WarningCode[];
  readonly quality?: number;
  readonly evidence?: LocalEvidence;
}

/** What an engine was asked: one text for one picture under the same switches. And whose answer is repeated, if none was asked. */
export interface Asked {
  /** A region cut out by hand that the engine is asked about, in place of the card's own picture. */
  readonly picture?: string;
  readonly question?: string;
  readonly copiedFrom?: number;
}

/** An answer of an engine, whole. */
export interface Answered {
  readonly attemptId: number;
  readonly end: AttemptEnd;
  readonly crops: PictureNames;
}

export interface Attempt extends AttemptDetail {
  readonly cardId: CardId;
  readonly fields?: Fields;
  readonly warnings?: readonly WarningCode[];
  readonly quality?: number;
  readonly evidence?: LocalEvidence;
}

/** What an edit changed of a card, before and after, so that it can be taken back: only what it changed is in it. */
export interface EditedCard {
  readonly id: CardId;
  readonly before: CardEditState;
  readonly after: CardEditState;
  /** Where one side is an approval: what the card was beside it. It becomes approved anew only as that. */
  readonly beside?: Pick<Card, 'fields' | 'warnings' | 'doubts'>;
}
export type CardEditState = Partial<
  Pick<Card, 'state' | 'fields' | 'corrected' | 'sample' | 'assignedTo' | 'note'>
>;
export interface Edit {
  readonly id: number;
  readonly what: string;
  readonly cards: readonly EditedCard[];
}

/** How often the number and the picture of a card are met in other cards. */
export interface Duplicates {
  readonly numberInBatch: number;
  readonly numberElsewhere: number;
  readonly pictureInBatch: number;
  readonly pictureElsewhere: number;
}

/** One decision about one card, for the report. `editId` is the edit that it was part of: undone, it counts no more. */
export interface DecisionLine {
  readonly editId: number;
  readonly at: number;
  /** A person's name; the rule's where no person decided. */
  readonly who: string;
  readonly cardId: CardId;
  readonly batchId: BatchId;
  readonly kind:
    'approved' | 'rejected' | 'rescan' | 'held' | 'second' | 'disputed' | 'checkedRight' | 'checkedWrong';
  /** For a check: whose approval it was about. */
  readonly about?: string;
  readonly byRule: boolean;
  readonly corrected: readonly FieldName[];
  /** Absent where many cards were decided at once. */
  readonly keys?: number;
  readonly durationMs?: number;
}

export interface PersonRecord {
  readonly id: PersonId;
  readonly name: string;
  readonly role: Role;
  readonly pinHash: string;
  readonly active: boolean;
  /** Wrong PINs since the last right one, and until when (epoch ms) none is looked at. */
  readonly failures: number;
  readonly waitUntil: number;
}

/**
 * All that the desk knows, in one encrypted file. Calls are synchronous: a transaction is a function.
 * What is written when a call returns survives the death of the process.
 */
export interface CardStore {
  transaction<T>(work: () => T): T;

  /** `anew`: what was read before it does not answer for its cards. */
  createBatch(name: string, at: number, anew?: boolean): BatchId;
  batches(): readonly BatchSummary[];
  addFolder(batchId: BatchId, path: string): number;
  folderDone(folderId: number): void;
  foldersToWalk(): readonly { readonly id: number; readonly batchId: BatchId; readonly path: string }[];
  /** Adds cards in state arriving; a location that the batch has already is left out. */
  addCards(batchId: BatchId, sources: readonly Source[], at: number): readonly CardId[];
  /** Makes a card the first of several on its picture and adds the others beside it, in its state. Answers all, in order. */
  splitCard(id: CardId, names: readonly string[], at: number): readonly CardId[];
  /** Oldest first. */
  cardsIn(state: CardStateName, limit: number): readonly Card[];
  /** Queued cards whose time has come, oldest first: those for an engine by name, or those that name none. */
  queuedFor(engine: EngineName | undefined, limit: number, now: number): readonly Card[];
  /** Earliest `notBefore` of a queued card that lies after `now`. */
  nextWake(now: number): number | undefined;

  card(id: CardId): Card | undefined;
  /** The cards of a file or link in every batch, oldest first. */
  cardsAt(location: string): readonly Card[];
  cards(ids: readonly CardId[]): readonly Card[];
  /** Every call makes the card's revision grow. */
  change(id: CardId, change: CardChange, at: number): void;
  counts(filter?: Partial<Filter>): Counts;
  ids(filter: Partial<Filter>, sort: Sort, group?: Group): readonly CardId[];
  /** Those of some cards that a filter lets through. */
  matching(ids: readonly CardId[], filter: Partial<Filter>): readonly CardId[];
  /** Which of two cards comes first in an order. */
  first(one: CardId, other: CardId, sort: Sort, group?: Group): CardId;
  groups(filter: Partial<Filter>, group: Group): readonly ViewGroup[];
  duplicates(card: Pick<Card, 'id' | 'batchId' | 'fields' | 'sha256' | 'piece'>): Duplicates;
  /** Other cards with this number or this picture, at most `limit`. */
  duplicatesOf(number: string | undefined, sha256: string | undefined, limit: number): readonly CardId[];
  /** Ids above `after`, oldest first: for going through all cards in slices. */
  idsAfter(after: CardId | 0, limit: number): readonly CardId[];

  beginAttempt(cardId: CardId, engine: EngineName, at: number, asked: Asked): number;
  endAttempt(attemptId: number, end: AttemptEnd): void;
  /** The pictures of an attempt that has ended. */
  addCrops(attemptId: number, crops: PictureNames): void;
  attempts(cardId: CardId): readonly Attempt[];
  /** What the engine said to this question about another card, that may stand for this one: a reading, else the newest error. */
  answered(card: Pick<Card, 'id' | 'batchId'>, engine: EngineName, question: string): Answered | undefined;
  unfinishedAttempts(): readonly Attempt[];

  /** Answers the edit's id. What this person took back before can be done again no more. */
  addEdit(who: string, what: string, cards: readonly EditedCard[], at: number): number;
  /** A person's newest edit that stands, and the oldest that they took back after it. */
  editToUndo(who: string): Edit | undefined;
  editToRedo(who: string): Edit | undefined;
  markEdit(id: number, undone: boolean): void;
  /** Whether the decisions of an edit stand. */
  markDecisions(editId: number, undone: boolean): void;

  addDecisions(lines: readonly DecisionLine[]): void;
  /** Decisions that stand, oldest first. */
  decisions(batchId: BatchId | undefined): Iterable<DecisionLine>;
  doubtCounts(batchId: BatchId | undefined): readonly { readonly name: string; readonly cards: number }[];
  correctionCounts(batchId: BatchId | undefined): {
    readonly cards: number;
    readonly fields: Readonly<Record<FieldName, number>>;
  };

  renameBatch(id: BatchId, name: string): boolean;

  people(): readonly PersonRecord[];
  addPerson(person: Omit<PersonRecord, 'id'>): PersonId;
  changePerson(id: PersonId, change: Partial<Omit<PersonRecord, 'id'>>): void;

  addAudit(
    who: string,
    what: string,
    cardId: CardId | undefined,
    params: HistoryEntry['params'],
    at: number,
  ): void;
  history(cardId: CardId): readonly HistoryEntry[];

  setting(name: string): string | undefined;
  setSetting(name: string, value: string): void;

  /** Reads on through all that is stored, a little at each call; false at the end. Throws where it is damaged. */
  lookThrough(): boolean;

  close(): void;
}

/** Encrypted picture files. What cannot be kept leaves nothing behind. A name is opaque and stands for bytes that never change. */
export interface PictureStore {
  put(bytes: Uint8Array): Promise<string>;
  get(name: string): Promise<Uint8Array>;
  remove(name: string): Promise<void>;
}

/** The clock, timers and chance, so that tests can set them. */
export interface Clock {
  /** Epoch ms, for people. */
  now(): number;
  /** Milliseconds that only grow, for waiting. */
  monotonic(): number;
  /** Calls `work` once after `delayMs`; returns how to call it off. */
  after(delayMs: number, work: () => void): () => void;
}
