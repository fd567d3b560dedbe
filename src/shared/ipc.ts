/**
 * The one contract between the window and the desk: each channel's input and output, and the events that main sends.
 * Handlers in main are typed by it, a missing one does not compile; preload builds its bridge from the names.
 * Inputs are validated in main; no path, secret, SQL or sentence crosses.
 */
import { z } from 'zod';
import {
  DecideTargetSchema,
  DecisionSchema,
  EffortSchema,
  FilterSchema,
  GROUPS,
  NEXT_KINDS,
  CutRegionSchema,
  ROWS_AT_ONCE,
  SeenCardSchema,
  SortSchema,
  TargetSchema,
  WALL_AT_ONCE,
  type BatchSummary,
  type CardDetail,
  type RevealedNumber,
  type RowWindow,
  type ViewPatch,
  type ViewState,
  type WallCard,
} from './cards';
import type { CHANNEL_NAMES, EVENTS } from './ipc-names';
import { CardIdSchema, ViewIdSchema, BatchIdSchema, type BatchId, type CardId } from './ids';
import {
  PersonChangeSchema,
  PersonIdSchema,
  PersonNameSchema,
  PinSchema,
  ROLES,
  type SessionState,
} from './people';
import { PLACES, type ApplicationCommand, type Command } from './keys';
import { ENGINES, FIELD_NAMES, type EngineName } from './recognition';
import type { Report } from './report';
import type { Result } from './result';
import {
  CredentialsSchema,
  LANGUAGES,
  SettingsChangeSchema,
  type CredentialsStatus,
  type Language,
  type Settings,
} from './settings';
import { SheetRequestSchema } from './sheet';
import type { TroubleCode } from './trouble';

const nothing = z.undefined();

/** Why the desk's records cannot be shown yet. */
export type LockState =
  | { readonly kind: 'open' }
  /** No keychain here: a passphrase must be chosen (newPassphrase) or given (passphrase). */
  | { readonly kind: 'newPassphrase' }
  | { readonly kind: 'passphrase' }
  /** The database did not open; nothing was changed. `code` says why: `profile.newer`, `profile.damaged`, `profile.inUse`... */
  | { readonly kind: 'cannotOpen'; readonly code: string };

export interface DeskInfo {
  readonly version: string;
  readonly platform: string;
  readonly systemLanguage: Language;
  readonly lock: LockState;
  readonly keyKeptIn: 'keychain' | 'passphrase';
}

export interface QueueStatus {
  /**
   * idle: nothing to do. offline: the cloud cannot be reached, tried again at `retryAt`. stopped: a person must act on `code`.
   * blocked: this computer cannot keep what is read (a full disk), tried again at `retryAt` where that can help.
   */
  readonly kind: 'idle' | 'running' | 'paused' | 'offline' | 'stopped' | 'blocked';
  /** An error code of the API or the client, for `stopped` and `offline`; of this computer for `blocked`. */
  readonly code?: string;
  /** Where the records lie while the disk is to blame, and about how much room they need where it is full; to be shown, no more. */
  readonly room?: { readonly folder: string; readonly megabytes?: number };
  readonly retryAt?: number;
  readonly engine: EngineName;
  /** Cards of the present run: recognised or failed, out of all taken into it. */
  readonly done: number;
  readonly total: number;
  readonly recognising: number;
  readonly cardsPerMinute?: number;
  readonly secondsLeft?: number;
}

export interface IntakeProgress {
  readonly batchId: BatchId;
  readonly batchName: string;
  readonly found: number;
  readonly taken: number;
  readonly failed: number;
  readonly finished: boolean;
}

export interface SheetProgress {
  readonly written: number;
  readonly total: number;
}

export interface Done {
  /** How many cards were changed. */
  readonly changed: number;
  /** How many were left as they were. */
  readonly skipped: number;
  /** Where a decision left some: how many for which failure, such as `card.needsLook`. */
  readonly why?: Readonly<Record<string, number>>;
  /** Where one card was named: its revision now, if nothing but this changed it. */
  readonly revision?: number;
}

export interface UndoState {
  /** What would be undone or done again: `decided`, `corrected`; absent: nothing. */
  readonly undo?: string;
  readonly redo?: string;
}

interface Channel<Input extends z.ZodType, Output> {
  readonly input: Input;
  /** Carries the type only. */
  readonly output?: { readonly type: Output };
}
function channel<Output>() {
  return <Input extends z.ZodType>(input: Input): Channel<Input, Output> => ({ input });
}

export const CHANNELS = {
  'desk:info': channel<DeskInfo>()(nothing),
  'desk:unlock': channel<Result<LockState, 'unlock.wrongPassphrase' | 'unlock.tooShort'>>()(
    z.object({ passphrase: z.string().max(1024) }),
  ),

  /** Each answers the batch that was made, or nothing when the person closed the dialog or there was nothing to take. */
  'intake:chooseFiles': channel<Result<BatchId | undefined>>()(nothing),
  'intake:chooseFolder': channel<Result<BatchId | undefined>>()(nothing),
  'intake:paste': channel<Result<BatchId, 'intake.nothingToPaste'>>()(nothing),
  /** `left`: the words that are no links, one a line; the others were taken. */
  'intake:links': channel<Result<{ batchId: BatchId; left: string }, 'intake.noLinks' | 'intake.badLink'>>()(
    z.object({ text: z.string().max(200_000) }),
  ),
  /** `token` stands for the files that were dropped; preload made it. */
  'intake:drop': channel<Result<BatchId, 'intake.nothingDropped'>>()(z.object({ token: z.string().uuid() })),
  'intake:specimens': channel<Result<BatchId>>()(nothing),
  'intake:cancel': channel<Result<true>>()(z.object({ batchId: BatchIdSchema })),

  'queue:status': channel<QueueStatus>()(nothing),
  'queue:pause': channel<QueueStatus>()(nothing),
  'queue:resume': channel<QueueStatus>()(nothing),
  /** Cards that wait or are at an engine become failed with `queue.cancelled`; they can be recognised again. */
  'queue:cancel': channel<QueueStatus>()(nothing),

  'view:open': channel<ViewState>()(
    z.object({ filter: FilterSchema, sort: SortSchema, group: z.enum(GROUPS).optional() }),
  ),
  'view:rows': channel<RowWindow>()(
    z
      .object({ viewId: ViewIdSchema, from: z.number().int().min(0), to: z.number().int().min(0) })
      .refine((window) => window.to - window.from <= ROWS_AT_ONCE, `at most ${ROWS_AT_ONCE} rows at once`),
  ),
  /** Position of a card in a view, for opening the grid where one was; absent when the filter hides it. */
  'view:position': channel<number | undefined>()(z.object({ viewId: ViewIdSchema, cardId: CardIdSchema })),
  /** What comes next for whoever sits there, after a card and then from the top; absent when nothing is left. */
  'view:next': channel<{ readonly cardId: CardId; readonly index: number } | undefined>()(
    z.object({ viewId: ViewIdSchema, after: CardIdSchema, kind: z.enum(NEXT_KINDS) }),
  ),
  'batches:list': channel<readonly BatchSummary[]>()(nothing),
  'batches:rename': channel<Result<true, 'batch.gone'>>()(
    z.object({ batchId: BatchIdSchema, name: z.string().trim().min(1).max(80) }),
  ),
  /** Of one batch, or of all that was ever taken in. */
  'report:get': channel<Report>()(z.object({ batchId: BatchIdSchema.optional() })),
  /** Asks where to, then writes the report as a sheet. Nothing when the person closed the dialog. */
  'report:export': channel<Result<{ name: string } | undefined, 'sheet.cannotWrite' | 'sheet.cancelled'>>()(
    z.object({ batchId: BatchIdSchema.optional(), language: z.enum(LANGUAGES) }),
  ),

  'cards:detail': channel<Result<CardDetail, 'card.gone'>>()(z.object({ cardId: CardIdSchema })),
  'cards:reveal': channel<Result<RevealedNumber, 'card.gone'>>()(z.object({ cardId: CardIdSchema })),
  'cards:decide': channel<
    Result<
      Done,
      | 'card.gone'
      | 'card.wrongState'
      | 'card.changedSince'
      | 'card.decided'
      | 'card.needsLook'
      | 'card.warningsNotAcknowledged'
      | 'card.noNumber'
      | 'card.samePerson'
      | 'session.notAllowed'
    >
  >()(
    z.object({
      target: DecideTargetSchema,
      decision: DecisionSchema,
      /** The person has seen the warnings of this one card. Without it a card with warnings cannot be approved. */
      warningsAcknowledged: z.boolean().default(false),
      effort: EffortSchema.optional(),
    }),
  ),
  /** The whole numbers of one screen of the digit wall; each is written to the audit log. */
  'cards:wall': channel<readonly WallCard[]>()(
    z.object({ ids: z.array(CardIdSchema).min(1).max(WALL_AT_ONCE) }),
  ),
  /** A supervisor takes one of the two sides of a dispute. */
  'cards:settle': channel<
    Result<
      Done,
      'card.gone' | 'card.wrongState' | 'card.changedSince' | 'card.samePerson' | 'session.notAllowed'
    >
  >()(z.object({ card: SeenCardSchema, side: z.enum(['first', 'second']) })),
  /** What a quality check found; a wrong card goes back to review. */
  'cards:check': channel<
    Result<Done, 'card.gone' | 'card.wrongState' | 'card.changedSince' | 'card.samePerson'>
  >()(z.object({ card: SeenCardSchema, right: z.boolean() })),
  /** Without a name nobody in particular. */
  'cards:assign': channel<Result<Done, 'card.gone' | 'people.unknown'>>()(
    z.object({ target: TargetSchema, to: PersonNameSchema.optional() }),
  ),
  /** Empty text takes the note away. */
  'cards:note': channel<Result<Done, 'card.gone'>>()(
    z.object({ cardId: CardIdSchema, text: z.string().max(1000) }),
  ),
  /** The engine that has not read these cards reads them too; the values that stand stay. */
  'cards:secondOpinion': channel<
    Result<Done, 'card.gone' | 'card.wrongState' | 'card.noPicture' | 'card.noOtherEngine'>
  >()(z.object({ target: TargetSchema })),
  'cards:correct': channel<
    Result<
      Done,
      | 'card.gone'
      | 'card.wrongState'
      | 'card.changedSince'
      | 'card.decided'
      | 'card.samePerson'
      | 'field.badNumber'
      | 'field.badDate'
      | 'field.tooLong'
    >
  >()(
    z.object({
      /** As it was when the field was opened: what came since is not typed over. */
      card: SeenCardSchema,
      field: z.enum(FIELD_NAMES),
      /** Empty text takes the value away. */
      value: z.string().max(200),
    }),
  ),
  'cards:recogniseAgain': channel<
    Result<Done, 'card.gone' | 'card.wrongState' | 'card.noPicture' | 'card.noCredentials'>
  >()(z.object({ target: TargetSchema, engine: z.enum(ENGINES).optional() })),
  /** Recognises a region of the picture in place of the whole. */
  'cards:recogniseCut': channel<
    Result<
      Done,
      | 'card.gone'
      | 'card.wrongState'
      | 'card.noPicture'
      | 'card.noCredentials'
      | 'card.cutTooSmall'
      | 'picture.damaged'
      | 'file.tooLarge'
    >
  >()(CutRegionSchema.extend({ cardId: CardIdSchema, engine: z.enum(ENGINES).optional() })),
  /** A decided card goes back to pending. */
  'cards:reopen': channel<Result<Done, 'card.gone' | 'card.wrongState' | 'session.notAllowed'>>()(
    z.object({ target: TargetSchema }),
  ),
  'edit:state': channel<UndoState>()(nothing),
  'edit:undo':
    channel<Result<{ cardId?: CardId; state: UndoState }, 'edit.nothing' | 'edit.changedSince'>>()(nothing),
  'edit:redo':
    channel<Result<{ cardId?: CardId; state: UndoState }, 'edit.nothing' | 'edit.changedSince'>>()(nothing),

  /** Asks where to, then writes. Nothing when the person closed the dialog. */
  'sheet:export':
    channel<
      Result<
        { rows: number; name: string } | undefined,
        'sheet.cancelled' | 'sheet.cannotWrite' | 'sheet.empty'
      >
    >()(SheetRequestSchema),
  'sheet:cancel': channel<true>()(nothing),
  /** Shows the sheet written last in the system's file manager. */
  'sheet:show': channel<true>()(nothing),

  'session:get': channel<SessionState>()(nothing),
  'session:signIn': channel<
    Result<SessionState, 'people.wrongPin' | 'people.waitToTry' | 'people.unknown'>
  >()(z.object({ id: PersonIdSchema, pin: z.string().max(12) })),
  'session:signOut': channel<SessionState>()(nothing),
  /** The first one added is whoever sits there, as an administrator. */
  'people:add': channel<Result<SessionState, 'people.nameTaken' | 'people.firstIsAdministrator'>>()(
    z.object({ name: PersonNameSchema, role: z.enum(ROLES), pin: PinSchema }),
  ),
  'people:change':
    channel<Result<SessionState, 'people.unknown' | 'people.nameTaken' | 'people.lastAdministrator'>>()(
      PersonChangeSchema,
    ),

  'settings:get': channel<Settings>()(nothing),
  'settings:change': channel<Result<Settings, 'settings.badEndpoint'>>()(SettingsChangeSchema),
  /** Where the person is, so that the menus offer what means something there; absent while a dialog is open. */
  'menu:place': channel<true>()(z.object({ place: z.enum(PLACES).optional() })),
  'credentials:status': channel<CredentialsStatus>()(nothing),
  'credentials:store': channel<Result<CredentialsStatus, 'keychain.unavailable'>>()(CredentialsSchema),
  'credentials:forget': channel<Result<CredentialsStatus, 'keychain.unavailable'>>()(nothing),
  /** Asks the cloud without a picture, so that nothing is charged. A failure's code is the API's. */
  'credentials:test': channel<Result<true>>()(nothing),
} as const;

export type ChannelName = keyof typeof CHANNELS;
export type Input<Name extends ChannelName> = z.input<(typeof CHANNELS)[Name]['input']>;
export type ParsedInput<Name extends ChannelName> = z.output<(typeof CHANNELS)[Name]['input']>;
export type Output<Name extends ChannelName> = NonNullable<(typeof CHANNELS)[Name]['output']>['type'];

/** What main tells the window without being asked. */
export interface Events {
  'queue:changed': QueueStatus;
  'intake:progress': IntakeProgress;
  'view:patch': ViewPatch;
  'sheet:progress': SheetProgress;
  'settings:changed': Settings;
  'edit:changed': UndoState;
  'session:changed': SessionState;
  /** The menu or another instance asks the window to do something. */
  'menu:command': MenuCommand;
}
export type EventName = keyof Events;

type SameNames<One, Other> = [One] extends [Other] ? ([Other] extends [One] ? true : never) : never;
/**
 * Does not compile when the list of names, which preload has, and the contract differ.
 * @public
 */
export const NAMES_AGREE: SameNames<ChannelName, (typeof CHANNEL_NAMES)[number]> &
  SameNames<EventName, (typeof EVENTS)[number]> = true;

export type MenuCommand = Command | ApplicationCommand;

/** Thrown back for a bug or a refused call: never a sentence, only a reference into the log. */
export interface IpcRefusal {
  readonly code:
    | 'internal'
    | 'ipc.badInput'
    | 'ipc.untrusted'
    | 'desk.locked'
    | 'session.signedOut'
    | 'session.notAllowed'
    | TroubleCode;
  readonly reference?: string;
}

/** What preload puts on `window.cardproof`. */
export interface Bridge {
  invoke<Name extends ChannelName>(name: Name, input: Input<Name>): Promise<Output<Name>>;
  on<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): () => void;
  /** Exchanges dropped files for a token; their paths stay outside the window. Undefined when none has a path. */
  dropped(files: readonly unknown[]): Promise<string | undefined>;
}
