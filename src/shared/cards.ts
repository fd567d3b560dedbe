/** Cards as the faces of the desk see them. Numbers here are masked unless a type says otherwise. */
import { z } from 'zod';
import { BatchIdSchema, CardIdSchema, ViewIdSchema, type BatchId, type CardId } from './ids';
import { DOUBT_NAMES, type Doubt } from './doubts';
import { PersonNameSchema } from './people';
import type { EngineName, FieldName, Fields, WarningCode } from './recognition';

/**
 * arriving: on the list, its picture is not yet copied in. queued: waits for an engine. recognising: at an engine.
 * pending: recognised, waits for a person. held: put aside by a person. second: approved once, waits for another person who
 * does not see what the first one did. disputed: the two differ, a supervisor settles it. approved, rejected, rescan:
 * decided. failed: cannot go on without a person.
 */
export const CARD_STATES = [
  'arriving',
  'queued',
  'recognising',
  'pending',
  'held',
  'second',
  'disputed',
  'approved',
  'rejected',
  'rescan',
  'failed',
] as const;
export type CardStateName = (typeof CARD_STATES)[number];

export type Counts = Readonly<Record<CardStateName, number>>;

export function noCounts(): Record<CardStateName, number> {
  return Object.fromEntries(CARD_STATES.map((state) => [state, 0])) as Record<CardStateName, number>;
}

export const REJECT_REASONS = [
  'notACard',
  'unreadable',
  'wrongSide',
  'expired',
  'notOriginal',
  'duplicate',
  'other',
] as const;
/** One of the preset reasons, or a text of the desk's own settings. */
export type RejectReason = string;
export const RejectReasonSchema = z.string().trim().min(1).max(60);

/** The explicit rule that may approve without a person: both engines agree on every digit and nothing is in doubt. */
export const APPROVAL_RULES = ['bothAgree'] as const;
export type ApprovalRule = (typeof APPROVAL_RULES)[number];

/** due: drawn for a quality check. right, wrong: what the check found. */
export const SAMPLE_STATES = ['due', 'right', 'wrong'] as const;
export type SampleState = (typeof SAMPLE_STATES)[number];

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
  /** Weightiest first. */
  readonly doubts: readonly Doubt[];
  /** The sum of the doubts' weights; absent while there is nothing to doubt, since nothing was read. */
  readonly score?: number;
  readonly quality?: number;
  /** False when the number that stands fails the Luhn check: a doubt, never a block. */
  readonly luhnPassed?: boolean;
  /** Notes of intake, e.g. that the picture is smaller than advised. */
  readonly intakeNotes: readonly IntakeNote[];
  readonly corrected: readonly FieldName[];
  readonly engine?: EngineName;
  readonly assignedTo?: string;
  readonly sample?: SampleState;
  /** The rule that approved it, where no person did. */
  readonly rule?: ApprovalRule;
  readonly hasNote: boolean;
  /** Where several cards are approved at once this one stays, so that it is looked at for itself. */
  readonly needsLook: boolean;
  /** Whether the pictures can be asked for, at `picture://card/ID/KIND?rev=REVISION`. */
  readonly pictures: readonly PictureKind[];
  /** Grows with every change of this card. */
  readonly revision: number;
  readonly takenInAt: number;
  readonly updatedAt: number;
}

/**
 * smallPicture: under the advised 500 x 800. reencoded: changed to fit the API's limits or formats. cardBack: the back of a
 * card, without a CVV. cvvPainted: a back whose CVV was painted over before anything was kept. piece: cut out of a picture with several.
 */
export type IntakeNote = 'smallPicture' | 'reencoded' | 'cardBack' | 'cvvPainted' | 'piece';

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
  /** True when it was asked about a region that a person cut out, not about the whole picture. */
  readonly ofCut: boolean;
  /** True when no engine was asked: it had answered already about the same picture on another card. */
  readonly copied: boolean;
}

export interface HistoryEntry {
  readonly at: number;
  readonly who: string;
  /** A code such as `takenIn`, `corrected`, `approved`, `revealed`; the face translates it. */
  readonly what: string;
  readonly params: Readonly<Record<string, string | number>>;
}

/** What one of two persons decided, for the supervisor who settles it. Numbers are masked. */
export interface VerdictDetail {
  readonly who: string;
  readonly at: number;
  readonly decision: DecisionKind;
  readonly reason?: RejectReason;
  readonly fields: Fields;
}

export interface CardDetail {
  readonly row: CardRow;
  readonly note?: string;
  /** Both sides of a dispute; the digits in which the two differ. */
  readonly dispute?: {
    readonly first: VerdictDetail;
    readonly second: VerdictDetail;
    readonly differingDigits?: readonly number[];
  };
  /** Digits of the number (0-based) that deserve a look: engines differ there, or the reader was not sure. */
  readonly doubtfulDigits: readonly number[];
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
  /** Of the card that they were read from: they are not to be shown with another one. */
  readonly revision: number;
  readonly value?: string;
  /** The numbers of both sides of a dispute, for whoever settles it. */
  readonly dispute?: { readonly first?: string; readonly second?: string };
  readonly readings: readonly {
    readonly engine: EngineName;
    readonly attemptId: number;
    readonly value: string;
  }[];
}

// --- views -----------------------------------------------------------------------------------------------------------

export const SORT_KEYS = [
  'risk',
  'takenIn',
  'name',
  'cardNumber',
  'bankInfo',
  'cardType',
  'cardName',
  'validDate',
  'quality',
  'warnings',
  'state',
  'engine',
  'batch',
  'assignedTo',
  'updated',
] as const;

/** Columns that can be filtered by a text (part of it) or, the last three, by a range such as `<50` or `30-60`. */
export const TEXT_FILTERS = [
  'name',
  'cardNumber',
  'bankInfo',
  'cardType',
  'cardName',
  'validDate',
  'batch',
  'engine',
] as const;
export const RANGE_FILTERS = ['quality', 'risk', 'warnings'] as const;
export const COLUMN_FILTERS = [...TEXT_FILTERS, ...RANGE_FILTERS] as const;
export type ColumnFilter = (typeof COLUMN_FILTERS)[number];

export const GROUPS = ['batch', 'bankInfo', 'state', 'doubt'] as const;
export type Group = (typeof GROUPS)[number];

export const FilterSchema = z.object({
  states: z.array(z.enum(CARD_STATES)).max(CARD_STATES.length).default([]),
  batchId: BatchIdSchema.optional(),
  /** Part of the name, of the bank, or of the number (spaces ignored). */
  search: z.string().max(200).default(''),
  onlyWithWarnings: z.boolean().default(false),
  doubt: z.enum(DOUBT_NAMES).optional(),
  assignedTo: PersonNameSchema.optional(),
  /** Approved cards that were drawn for a quality check and not yet checked. */
  samplesDue: z.boolean().default(false),
  columns: z.partialRecord(z.enum(COLUMN_FILTERS), z.string().max(100)).default({}),
});
export type Filter = z.infer<typeof FilterSchema>;

export const SortSchema = z.object({
  key: z.enum(SORT_KEYS),
  descending: z.boolean(),
});
export type Sort = z.infer<typeof SortSchema>;

const share = z.number().min(0).max(1);
/** Shares are added up in floating point. */
const ROUNDING = 1e-6;

/** A region of a card's picture: the picture is turned first, then cut. */
export const CutRegionSchema = z.object({
  /** Degrees clockwise. */
  angle: z.number().min(-180).max(180),
  /** As shares of the upright box around the turned picture. */
  cut: z
    .object({ left: share, top: share, width: share.positive(), height: share.positive() })
    .refine(
      ({ left, top, width, height }) => left + width <= 1 + ROUNDING && top + height <= 1 + ROUNDING,
      'within the picture',
    ),
});
export type CutRegion = z.infer<typeof CutRegionSchema>;
export type Cut = CutRegion['cut'];

/** Which cards a command is for: some, or all that a view holds but a few. */
export const TargetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('cards'), ids: z.array(CardIdSchema).min(1).max(5000) }),
  z.object({ kind: z.literal('view'), viewId: ViewIdSchema, except: z.array(CardIdSchema).max(5000) }),
]);
export type Target = z.infer<typeof TargetSchema>;

const revision = z.number().int().min(0);
/** A card as it was on the screen. */
export const SeenCardSchema = z.object({ id: CardIdSchema, revision });
export type SeenCard = z.infer<typeof SeenCardSchema>;

/**
 * Which cards a decision is about, and what was seen of them: one that is another by now is not decided. card: looked at for
 * itself. cards, view: several at once, each as it was when it was selected or shown.
 */
export const DecideTargetSchema = z.discriminatedUnion('kind', [
  SeenCardSchema.extend({ kind: z.literal('card') }),
  z.object({ kind: z.literal('cards'), cards: z.array(SeenCardSchema).min(1).max(5000) }),
  z.object({
    kind: z.literal('view'),
    viewId: ViewIdSchema,
    /** ViewState.version when all were selected. */
    version: z.number().int().min(0),
    except: z.array(CardIdSchema).max(5000),
  }),
]);
export type DecideTarget = z.infer<typeof DecideTargetSchema>;

/** review: what waits for a person's decision. sample: what was drawn for a quality check. */
export const NEXT_KINDS = ['review', 'sample'] as const;
export type NextKind = (typeof NEXT_KINDS)[number];

/** How many rows one answer carries at most. */
export const ROWS_AT_ONCE = 200;

export const OpenViewSchema = z.object({
  filter: FilterSchema,
  sort: SortSchema,
  group: z.enum(GROUPS).optional(),
  /** How many rows come along. */
  first: z.number().int().min(0).max(ROWS_AT_ONCE).default(0),
});

export interface ViewState {
  readonly viewId: number;
  /** Grows whenever the order or the number of rows changes. */
  readonly revision: number;
  /** Grows with every patch: what the view held at one time can be told from what changed or came since. */
  readonly version: number;
  readonly total: number;
  /** Cards in each state in the same batch and search, whatever states the filter shows. */
  readonly counts: Counts;
  /** Where a view is grouped: the groups in their order; their counts add up to `total`. */
  readonly groups?: readonly ViewGroup[];
}

/** A view with its first rows, as many as were asked for: nothing is waited for twice. */
export interface OpenedView extends ViewState {
  readonly rows: readonly CardRow[];
}

export interface ViewGroup {
  /** A batch's id, a bank, a state, the name of the weightiest doubt; empty for the cards that have none. */
  readonly key: string;
  /** A batch's name. */
  readonly label?: string;
  readonly count: number;
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
    reason: RejectReasonSchema,
    note: z.string().max(500).optional(),
  }),
  z.object({ kind: z.literal('rescan') }),
  z.object({ kind: z.literal('hold') }),
]);
export type Decision = z.infer<typeof DecisionSchema>;
export type DecisionKind = Decision['kind'];

/** What a decision cost the person, for the report: keys and clicks, and milliseconds in which they were at work. */
export const EffortSchema = z.object({
  keys: z.number().int().min(0).max(100_000),
  durationMs: z.number().int().min(0).max(86_400_000),
});
export type Effort = z.infer<typeof EffortSchema>;

/** A line of the digit wall: the whole number, asked for and written to the audit log like any other. */
export interface WallCard {
  readonly id: CardId;
  /** Of the card that the number was read from. */
  readonly revision: number;
  readonly cardNumber: string;
  /** Digits (0-based) that deserve a look. */
  readonly doubtfulDigits: readonly number[];
}

/** How many cards one screen of the digit wall asks for at most. */
export const WALL_AT_ONCE = 60;
