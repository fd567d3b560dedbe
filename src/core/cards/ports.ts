import type {
  CardStateName,
  Counts,
  Filter,
  Group,
  IntakeNote,
  PictureKind,
  SampleState,
  Sort,
  ViewGroup,
} from '../../shared/cards';
import type { Doubt } from '../../shared/doubts';
import type { BatchId, CardId } from '../../shared/ids';
import type { EngineName, FieldName, Fields, WarningCode } from '../../shared/recognition';
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

/** How often the number and the picture of a card are met in other cards. */
export interface Duplicates {
  readonly numberInBatch: number;
  readonly numberElsewhere: number;
  readonly pictureInBatch: number;
  readonly pictureElsewhere: number;
}

/** What happens together or not at all. */
export interface Transactions {
  /** One within another is part of it. When `work` throws, nothing of it was written. */
  transaction<T>(work: () => T): T;
}

export interface Found {
  /** In their order. */
  readonly ids: readonly CardId[];
  /** Of all that the filter lets through whatever their state, also of those states that it does not show. */
  readonly counts: Counts;
}

/** The cards, and the questions that are asked about them. */
export interface CardStore {
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
  /** Queued cards wait no longer than until `now`. */
  endWaits(now: number): void;

  card(id: CardId): Card | undefined;
  /** The cards of a file or link in every batch, oldest first. */
  cardsAt(location: string): readonly Card[];
  cards(ids: readonly CardId[]): readonly Card[];
  /** Every call makes the card's revision grow. */
  change(id: CardId, change: CardChange, at: number): void;
  counts(filter?: Partial<Filter>): Counts;
  ids(filter: Partial<Filter>, sort: Sort, group?: Group): readonly CardId[];
  /** What a view shows, in one look at the cards. */
  found(filter: Partial<Filter>, sort: Sort, group?: Group): Found;
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

  /** How many cards each doubt is raised about, the most first; and how many were corrected, and in which fields. */
  doubtCounts(batchId: BatchId | undefined): readonly { readonly name: string; readonly cards: number }[];
  correctionCounts(batchId: BatchId | undefined): {
    readonly cards: number;
    readonly fields: Readonly<Record<FieldName, number>>;
  };
}

/** Encrypted picture files. What cannot be kept leaves nothing behind. A name is opaque and stands for bytes that never change. */
export interface PictureStore {
  put(bytes: Uint8Array): Promise<string>;
  /** Rejects with PictureLost where this one is gone or is not what was stored. */
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
