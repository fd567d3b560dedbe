/** What channels answer and events say, beside what has a file of its own: the state of the desk, of its queue and of its work. */
import type { BatchId, CardId } from './ids';
import type { EngineName } from './recognition';
import type { Language } from './settings';

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
   * idle: nothing to do. offline: the cloud cannot be reached; failing: it is reached and does not do its work; both are tried
   * again at `retryAt`. stopped: a person must act on `code`.
   * blocked: this computer cannot keep what is read (a full disk), tried again at `retryAt` where that can help.
   */
  readonly kind: 'idle' | 'running' | 'paused' | 'offline' | 'failing' | 'stopped' | 'blocked';
  /** An error code of the API or the client, for `stopped`, `offline` and `failing`; of this computer for `blocked`. */
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

export interface UndoAnswer {
  /** Where it was about one card. */
  readonly cardId?: CardId;
  readonly state: UndoState;
}
