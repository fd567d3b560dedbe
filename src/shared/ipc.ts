/**
 * The one contract between the window and the desk, as types: what each channel takes and answers, and the events that main
 * sends. Handlers in main are typed by it, a missing one does not compile; preload builds its bridge from the names. The rows
 * themselves: ipc-channels.ts.
 */
import type { z } from 'zod';
import type { ViewPatch } from './cards';
import type { CHANNELS, Typed } from './ipc-channels';
import type { CHANNEL_NAMES, EVENTS } from './ipc-names';
import type { IntakeProgress, QueueStatus, SheetProgress, UndoState } from './ipc-state';
import type { ApplicationCommand, Command } from './keys';
import type { SessionState } from './people';
import type { Result } from './result';
import type { Settings } from './settings';
import type { OwnCode } from './messages/codes';
import type { TroubleCode } from './trouble';

export type * from './ipc-state';

type Channels = typeof CHANNELS;
export type ChannelName = keyof Channels;
export type Input<Name extends ChannelName> = z.input<Channels[Name]['input']>;
export type ParsedInput<Name extends ChannelName> = z.output<Channels[Name]['input']>;

/** What a row's answer holds when all went well. */
type Answered<Row> = Row extends { readonly output: Typed<infer Value> } ? Value : never;
type FailureIn<Row> = Row extends { readonly failures: infer Codes }
  ? Codes extends readonly (infer Code)[]
    ? Code
    : string
  : never;
type OutputOf<Row> = Row extends { readonly failures: unknown }
  ? Result<Answered<Row>, FailureIn<Row> & string>
  : Answered<Row>;

export type Output<Name extends ChannelName> = OutputOf<Channels[Name]>;
/** The codes with which a channel may fail; the core's own answers are typed by them. */
export type FailureOf<Name extends ChannelName> = FailureIn<Channels[Name]> & string;

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

/** Does not compile for a code without a sentence. */
type Spoken<Code extends OwnCode> = Code;

/** Why a call was not answered at all, a bug or a call that may not be: never a sentence, only a reference into the log. */
export interface IpcRefusal {
  readonly code: Spoken<
    | 'internal'
    | 'ipc.badInput'
    | 'ipc.untrusted'
    | 'desk.locked'
    | 'session.signedOut'
    | 'session.notAllowed'
    | TroubleCode
  >;
  readonly reference?: string;
}

/**
 * What crosses for each call, always as a value: main throws nothing across, since Electron makes a text of what is thrown.
 */
export type Reply<Answer> = { readonly answered: Answer } | { readonly refused: IpcRefusal };

/** What preload puts on `window.cardproof`: what main says passes through it as it is. */
export interface Bridge {
  invoke<Name extends ChannelName>(name: Name, input: Input<Name>): Promise<Reply<Output<Name>>>;
  on<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): () => void;
  /** Exchanges dropped files for a token; their paths stay outside the window. Answers undefined when none has a path. */
  dropped(files: readonly unknown[]): Promise<Reply<string | undefined>>;
}
