/** Cards as the faces of the desk see them. Numbers here are masked unless a type says otherwise. */
import { z } from 'zod';
import { BatchIdSchema, CardIdSchema, ViewIdSchema, type BatchId, type CardId } from './ids';
import type { EngineName, FieldName, WarningCode } from './recognition';

/**
 * arriving: on the list, its picture is not yet copied in. queued: waits for an engine. recognising: at an engine.
 * pending: recognised, waits for a person. approved, rejected, rescan: decided. failed: cannot go on without a person.
 */
export const CARD_STATES = [
  'arriving',
  'queued',
  'recognising',
  'pending',
  'approved',
  'rejected',
  'rescan',
  'failed',
] as const;
export type CardStateName = (typeof CARD_STATES)[number];

export type Counts = Readonly<Record<CardStateName, number>>;

export const REJECT_REASONS = [
  'notACard',
  'unreadable',
  'wrongSide',
  'expired',
  'notOriginal',
  'duplicate',
  'other',
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

/** A row of the grid. */
export interface CardRow {
  readonly id: CardId;
  readonly batchId: BatchId;
  readonly batchName: string;
  /** Name of the file, or the link, or a word for the clipboard; never a path. */
  readonly name: string;
  readonly state: CardStateName;
  /** Why, for failed (an error code) and rejected (a reason). */
  readonly stateCode?: string;
  readonly stateParams?: Readonly<Record<string, string | number>>;
  /** First 6 and last 4 digits, the rest as `•`, in groups of four; absent when not read. */
  readonly maskedNumber?: string;
  readonly bankInfo?: string;
  readonly cardType?: string;
  readonly cardName?: string;
  readonly validDate?: string;
  readonly warnings: readonly WarningCode[];
  readonly quality?: number;
  /** False when the number that stands fails the Luhn check: a doubt, never a block. */
  readonly luhnPassed?: boolean;
  /** Notes of intake, e.g. that the picture is smaller than advised. */
  readonly intakeNotes: readonly IntakeNote[];
  readonly corrected: readonly FieldName[];
  readonly engine?: EngineName;
  /** Whether the pictures can be asked for, at `picture://card/ID/KIND?rev=REVISION`. */
  readonly pictures: readonly PictureKind[];
  /** Grows with every change of this card. */
  readonly revision: number;
  readonly takenInAt: number;
  readonly updatedAt: number;
}

/** smallPicture: under the advised 500 x 800. reencoded: changed to fit the API's limits or formats. */
export type IntakeNote = 'smallPicture' | 'reencoded';

/** original: upright, as it goes to the engine. card: the aligned card. number: the strip with the number. */
export const PICTURE_KINDS = ['thumb', 'original', 'card', 'number'] as const;
export type PictureKind = (typeof PICTURE_KINDS)[number];

export interface FieldReading {
  readonly engine: EngineName;
  readonly attemptId: number;
  /** Card numbers are masked here; `cards:reveal` gives them whole. */
  readonly value: string;
}

export interface FieldDetail {
  readonly name: FieldName;
  /** The value that stands; a card number is masked. */
  readonly value?: string;
  readonly corrected: boolean;
  /** The newest reading of each engine. */
  readonly readings: readonly FieldReading[];
  /** Positions (0-based) of the digits in which engines differ; card number only. */
  readonly differingDigits?: readonly number[];
}

export type AttemptOutcome =
  'started' | 'finished' | 'retry' | 'throttled' | 'failed' | 'unknown' | 'cancelled';

export interface AttemptDetail {
  readonly id: number;
  readonly engine: EngineName;
  readonly startedAt: number;
  readonly finishedAt?: number;
  readonly outcome: AttemptOutcome;
  readonly requestId?: string;
  readonly errorCode?: string;
  /** True when the cloud may have charged for a call whose answer did not arrive. */
  readonly maybeCharged: boolean;
}

export interface HistoryEntry {
  readonly at: number;
  readonly who: string;
  /** A code such as `takenIn`, `corrected`, `approved`, `revealed`; the face translates it. */
  readonly what: string;
  readonly params: Readonly<Record<string, string | number>>;
}

export interface CardDetail {
  readonly row: CardRow;
  readonly fields: readonly FieldDetail[];
  readonly attempts: readonly AttemptDetail[];
  readonly history: readonly HistoryEntry[];
  readonly sha256?: string;
  readonly pictureWidth?: number;
  readonly pictureHeight?: number;
  readonly byteLength?: number;
}

/** The whole numbers of one card; asking for them is written to the audit log. */
export interface RevealedNumber {
  readonly value?: string;
  readonly readings: readonly {
    readonly engine: EngineName;
    readonly attemptId: number;
    readonly value: string;
  }[];
}

// --- views -----------------------------------------------------------------------------------------------------------

export const SORT_KEYS = [
  'takenIn',
  'name',
  'number',
  'bank',
  'type',
  'cardName',
  'expiry',
  'quality',
  'warnings',
  'state',
  'batch',
  'engine',
  'updated',
] as const;

export const FilterSchema = z.object({
  states: z.array(z.enum(CARD_STATES)).max(CARD_STATES.length).default([]),
  batchId: BatchIdSchema.optional(),
  /** Part of the name, of the bank, or of the number (spaces ignored). */
  search: z.string().max(200).default(''),
  onlyWithWarnings: z.boolean().default(false),
});
export type Filter = z.infer<typeof FilterSchema>;

export const SortSchema = z.object({
  key: z.enum(SORT_KEYS),
  descending: z.boolean(),
});
export type Sort = z.infer<typeof SortSchema>;

/** Which cards a command is for: some, or all that a view holds but a few. */
export const TargetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cards'), ids: z.array(CardIdSchema).min(1).max(5000) }),
  z.object({ kind: z.literal('view'), viewId: ViewIdSchema, except: z.array(CardIdSchema).max(5000) }),
]);
export type Target = z.infer<typeof TargetSchema>;

/** How many rows one answer carries at most. */
export const ROWS_AT_ONCE = 200;

export interface ViewState {
  readonly viewId: number;
  /** Grows whenever the order or the number of rows changes. */
  readonly revision: number;
  readonly total: number;
  /** Cards in each state in the same batch and search, whatever states the filter shows. */
  readonly counts: Counts;
}

export interface RowWindow {
  readonly revision: number;
  readonly from: number;
  readonly rows: readonly CardRow[];
}

/** Sent at most ten times a second, for the open view only. */
export interface ViewPatch extends ViewState {
  /** Changed cards among those that the face asked for last. */
  readonly changed: readonly CardRow[];
}

export interface BatchSummary {
  readonly id: BatchId;
  readonly name: string;
  readonly createdAt: number;
  readonly counts: Counts;
}

export const DecisionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('approve') }),
  z.object({
    kind: z.literal('reject'),
    reason: z.enum(REJECT_REASONS),
    note: z.string().max(500).optional(),
  }),
  z.object({ kind: z.literal('rescan') }),
]);
export type Decision = z.infer<typeof DecisionSchema>;
