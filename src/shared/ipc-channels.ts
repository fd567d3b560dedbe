/**
 * Each channel in one row: who may call it, what with, what comes back, and why it may be refused. Main's guard, its handlers,
 * the core's answers and the window take roles, types and codes from here. Inputs are validated in main; no path, secret, SQL
 * or sentence crosses.
 */
import { z } from 'zod';
import {
  CutRegionSchema,
  DecideTargetSchema,
  DecisionSchema,
  EffortSchema,
  NEXT_KINDS,
  OpenViewSchema,
  ROWS_AT_ONCE,
  SeenCardSchema,
  TargetSchema,
  WALL_AT_ONCE,
  type BatchSummary,
  type CardDetail,
  type OpenedView,
  type RevealedNumber,
  type RowWindow,
  type WallCard,
} from './cards';
import { BatchIdSchema, CardIdSchema, ViewIdSchema, type BatchId, type CardId } from './ids';
import type { DeskInfo, Done, LockState, QueueStatus, UndoAnswer, UndoState } from './ipc-state';
import { PLACES } from './keys';
import type { OwnCode } from './messages/codes';
import {
  PersonChangeSchema,
  PersonIdSchema,
  PersonNameSchema,
  PinSchema,
  ROLES,
  type Role,
  type SessionState,
} from './people';
import { ENGINES, FIELD_NAMES } from './recognition';
import type { Report } from './report';
import type { Failure } from './result';
import {
  CredentialsSchema,
  LANGUAGES,
  SettingsChangeSchema,
  type CredentialsStatus,
  type Settings,
} from './settings';
import { NOT_WRITTEN, SheetRequestSchema } from './sheet';

/** `everyone`: also before anybody has signed in. Each role may call what those before it may. */
export type Least = 'everyone' | Role;

/** Carries a type only. */
export interface Typed<T> {
  readonly type?: () => T;
}
function type<T>(): Typed<T> {
  return {};
}

interface Channel {
  readonly least: Least;
  readonly input: z.ZodType;
  readonly output: Typed<unknown>;
  /**
   * Where it is there the answer is a Result that fails for these reasons; each has a sentence. `cloud`: for any code of the
   * cloud's own table.
   */
  readonly failures?: readonly OwnCode[] | 'cloud';
}
function channel<const Row extends Channel>(row: Row): Row {
  return row;
}

const nothing = z.undefined();

export const CHANNELS = {
  'desk:info': channel({ least: 'everyone', input: nothing, output: type<DeskInfo>() }),
  'desk:unlock': channel({
    least: 'everyone',
    input: z.object({ passphrase: z.string().max(1024) }),
    output: type<LockState>(),
    failures: ['unlock.wrongPassphrase', 'unlock.tooShort'],
  }),

  /** Each answers the batch that was made, or nothing when the person closed the dialog or there was nothing to take. */
  'intake:chooseFiles': channel({
    least: 'reviewer',
    input: nothing,
    output: type<BatchId | undefined>(),
    failures: [],
  }),
  'intake:chooseFolder': channel({
    least: 'reviewer',
    input: nothing,
    output: type<BatchId | undefined>(),
    failures: [],
  }),
  'intake:paste': channel({
    least: 'reviewer',
    input: nothing,
    output: type<BatchId>(),
    failures: ['intake.nothingToPaste'],
  }),
  /** `left`: the words that are no links, one a line, and what is wrong with the first; the others were taken. */
  'intake:links': channel({
    least: 'reviewer',
    input: z.object({ text: z.string().max(200_000) }),
    output: type<{
      readonly batchId: BatchId;
      readonly left: string;
      readonly wrong?: Failure<'intake.badLink'>;
    }>(),
    failures: ['intake.noLinks', 'intake.badLink'],
  }),
  /** `token` stands for the files that were dropped; preload made it. */
  'intake:drop': channel({
    least: 'reviewer',
    input: z.object({ token: z.string().uuid() }),
    output: type<BatchId>(),
    failures: ['intake.nothingDropped'],
  }),
  'intake:specimens': channel({
    least: 'reviewer',
    input: nothing,
    output: type<BatchId>(),
    failures: [],
  }),
  'intake:cancel': channel({
    least: 'reviewer',
    input: z.object({ batchId: BatchIdSchema }),
    output: type<true>(),
    failures: [],
  }),

  'queue:status': channel({ least: 'everyone', input: nothing, output: type<QueueStatus>() }),
  'queue:pause': channel({ least: 'reviewer', input: nothing, output: type<QueueStatus>() }),
  'queue:resume': channel({ least: 'reviewer', input: nothing, output: type<QueueStatus>() }),
  /** Cards that wait or are at an engine become failed with `queue.cancelled`; they can be recognised again. */
  'queue:cancel': channel({ least: 'reviewer', input: nothing, output: type<QueueStatus>() }),

  'view:open': channel({
    least: 'reviewer',
    input: OpenViewSchema,
    output: type<OpenedView>(),
  }),
  'view:rows': channel({
    least: 'reviewer',
    input: z
      .object({ viewId: ViewIdSchema, from: z.number().int().min(0), to: z.number().int().min(0) })
      .refine((window) => window.to - window.from <= ROWS_AT_ONCE, `at most ${ROWS_AT_ONCE} rows at once`),
    output: type<RowWindow>(),
  }),
  /** Position of a card in a view, for opening the grid where one was; absent when the filter hides it. */
  'view:position': channel({
    least: 'reviewer',
    input: z.object({ viewId: ViewIdSchema, cardId: CardIdSchema }),
    output: type<number | undefined>(),
  }),
  /** What comes next for whoever sits there, after a card and then from the top; absent when nothing is left. */
  'view:next': channel({
    least: 'reviewer',
    input: z.object({ viewId: ViewIdSchema, after: CardIdSchema, kind: z.enum(NEXT_KINDS) }),
    output: type<{ readonly cardId: CardId; readonly index: number } | undefined>(),
  }),

  'batches:list': channel({ least: 'reviewer', input: nothing, output: type<readonly BatchSummary[]>() }),
  'batches:rename': channel({
    least: 'supervisor',
    input: z.object({ batchId: BatchIdSchema, name: z.string().trim().min(1).max(80) }),
    output: type<true>(),
    failures: ['batch.gone'],
  }),
  /** Of one batch, or of all that was ever taken in. */
  'report:get': channel({
    least: 'supervisor',
    input: z.object({ batchId: BatchIdSchema.optional() }),
    output: type<Report>(),
  }),
  /** Asks where to, then writes the report as a sheet. Nothing when the person closed the dialog. */
  'report:export': channel({
    least: 'supervisor',
    input: z.object({ batchId: BatchIdSchema.optional(), language: z.enum(LANGUAGES) }),
    output: type<{ readonly name: string } | undefined>(),
    failures: ['sheet.cancelled', ...NOT_WRITTEN],
  }),

  'cards:detail': channel({
    least: 'reviewer',
    input: z.object({ cardId: CardIdSchema }),
    output: type<CardDetail>(),
    failures: ['card.gone'],
  }),
  /** The whole number, which is written to the audit log. */
  'cards:reveal': channel({
    least: 'reviewer',
    input: z.object({ cardId: CardIdSchema }),
    output: type<RevealedNumber>(),
    failures: ['card.gone'],
  }),
  'cards:decide': channel({
    least: 'reviewer',
    input: z.object({
      target: DecideTargetSchema,
      decision: DecisionSchema,
      /** The person has seen the warnings of this one card. Without it a card with warnings cannot be approved. */
      warningsAcknowledged: z.boolean().default(false),
      effort: EffortSchema.optional(),
    }),
    output: type<Done>(),
    failures: [
      'card.gone',
      'card.wrongState',
      'card.changedSince',
      'card.decided',
      'card.needsLook',
      'card.warningsNotAcknowledged',
      'card.noNumber',
      'card.samePerson',
      'session.notAllowed',
    ],
  }),
  /** The whole numbers of one screen of the digit wall; each is written to the audit log. */
  'cards:wall': channel({
    least: 'reviewer',
    input: z.object({ ids: z.array(CardIdSchema).min(1).max(WALL_AT_ONCE) }),
    output: type<readonly WallCard[]>(),
  }),
  /** Takes one of the two sides of a dispute. */
  'cards:settle': channel({
    least: 'supervisor',
    input: z.object({ card: SeenCardSchema, side: z.enum(['first', 'second']) }),
    output: type<Done>(),
    failures: ['card.gone', 'card.wrongState', 'card.changedSince', 'card.samePerson', 'session.notAllowed'],
  }),
  /** What a quality check found; a wrong card goes back to review. */
  'cards:check': channel({
    least: 'supervisor',
    input: z.object({ card: SeenCardSchema, right: z.boolean() }),
    output: type<Done>(),
    failures: ['card.gone', 'card.wrongState', 'card.changedSince', 'card.samePerson'],
  }),
  /** Without a name nobody in particular. */
  'cards:assign': channel({
    least: 'supervisor',
    input: z.object({ target: TargetSchema, to: PersonNameSchema.optional() }),
    output: type<Done>(),
    failures: ['card.gone', 'people.unknown'],
  }),
  /** Empty text takes the note away. */
  'cards:note': channel({
    least: 'reviewer',
    input: z.object({ cardId: CardIdSchema, text: z.string().max(1000) }),
    output: type<Done>(),
    failures: ['card.gone'],
  }),
  /** The engine that has not read these cards reads them too; the values that stand stay. */
  'cards:secondOpinion': channel({
    least: 'reviewer',
    input: z.object({ target: TargetSchema }),
    output: type<Done>(),
    failures: ['card.gone', 'card.wrongState', 'card.noPicture', 'card.noOtherEngine'],
  }),
  'cards:correct': channel({
    least: 'reviewer',
    input: z.object({
      /** As it was when the field was opened: what came since is not typed over. */
      card: SeenCardSchema,
      field: z.enum(FIELD_NAMES),
      /** Empty text takes the value away. */
      value: z.string().max(200),
    }),
    output: type<Done>(),
    failures: [
      'card.gone',
      'card.wrongState',
      'card.changedSince',
      'card.decided',
      'card.samePerson',
      'field.badNumber',
      'field.badDate',
      'field.tooLong',
    ],
  }),
  'cards:recogniseAgain': channel({
    least: 'reviewer',
    input: z.object({ target: TargetSchema, engine: z.enum(ENGINES).optional() }),
    output: type<Done>(),
    failures: ['card.gone', 'card.wrongState', 'card.noPicture', 'card.noCredentials'],
  }),
  /** Recognises a region of the picture in place of the whole. */
  'cards:recogniseCut': channel({
    least: 'reviewer',
    input: CutRegionSchema.extend({ cardId: CardIdSchema, engine: z.enum(ENGINES).optional() }),
    output: type<Done>(),
    failures: [
      'card.gone',
      'card.wrongState',
      'card.noPicture',
      'card.noCredentials',
      'card.cutTooSmall',
      'picture.lost',
      'picture.cannotOpen',
      'picture.damaged',
      'file.tooLarge',
    ],
  }),
  /** A decided card goes back to pending. */
  'cards:reopen': channel({
    least: 'reviewer',
    input: z.object({ target: TargetSchema }),
    output: type<Done>(),
    failures: ['card.gone', 'card.wrongState', 'session.notAllowed'],
  }),

  'edit:state': channel({ least: 'reviewer', input: nothing, output: type<UndoState>() }),
  'edit:undo': channel({
    least: 'reviewer',
    input: nothing,
    output: type<UndoAnswer>(),
    failures: ['edit.nothing', 'edit.changedSince'],
  }),
  'edit:redo': channel({
    least: 'reviewer',
    input: nothing,
    output: type<UndoAnswer>(),
    failures: ['edit.nothing', 'edit.changedSince'],
  }),

  /** Asks where to, then writes. Nothing when the person closed the dialog. */
  'sheet:export': channel({
    least: 'supervisor',
    input: SheetRequestSchema,
    output: type<{ readonly rows: number; readonly name: string } | undefined>(),
    failures: ['sheet.cancelled', 'sheet.empty', ...NOT_WRITTEN],
  }),
  'sheet:cancel': channel({ least: 'reviewer', input: nothing, output: type<true>() }),
  /** Shows the sheet written last in the system's file manager. */
  'sheet:show': channel({ least: 'reviewer', input: nothing, output: type<true>() }),

  'session:get': channel({ least: 'everyone', input: nothing, output: type<SessionState>() }),
  'session:signIn': channel({
    least: 'everyone',
    input: z.object({ id: PersonIdSchema, pin: z.string().max(12) }),
    output: type<SessionState>(),
    failures: ['people.wrongPin', 'people.waitToTry', 'people.unknown', 'people.pinDamaged'],
  }),
  'session:signOut': channel({ least: 'everyone', input: nothing, output: type<SessionState>() }),
  /** The first one added is whoever sits there, as an administrator. */
  'people:add': channel({
    least: 'administrator',
    input: z.object({ name: PersonNameSchema, role: z.enum(ROLES), pin: PinSchema }),
    output: type<SessionState>(),
    failures: ['people.nameTaken', 'people.firstIsAdministrator'],
  }),
  'people:change': channel({
    least: 'administrator',
    input: PersonChangeSchema,
    output: type<SessionState>(),
    failures: ['people.unknown', 'people.nameTaken', 'people.lastAdministrator'],
  }),

  'settings:get': channel({ least: 'everyone', input: nothing, output: type<Settings>() }),
  /** Each setting's own row says who may change it. */
  'settings:change': channel({
    least: 'reviewer',
    input: SettingsChangeSchema,
    output: type<Settings>(),
    failures: ['settings.badEndpoint', 'session.notAllowed'],
  }),
  /** Where the person is, so that the menus offer what means something there; absent while a dialog is open. */
  'menu:place': channel({
    least: 'everyone',
    input: z.object({ place: z.enum(PLACES).optional() }),
    output: type<true>(),
  }),

  'credentials:status': channel({ least: 'reviewer', input: nothing, output: type<CredentialsStatus>() }),
  'credentials:store': channel({
    least: 'administrator',
    input: CredentialsSchema,
    output: type<CredentialsStatus>(),
    failures: ['keychain.unavailable'],
  }),
  'credentials:forget': channel({
    least: 'administrator',
    input: nothing,
    output: type<CredentialsStatus>(),
    failures: ['keychain.unavailable'],
  }),
  /** Asks the cloud without a picture, so that nothing is charged. */
  'credentials:test': channel({
    least: 'administrator',
    input: nothing,
    output: type<true>(),
    failures: 'cloud',
  }),
} as const;
