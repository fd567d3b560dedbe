import type { CardId } from '../../shared/ids';
import type { QueueStatus } from '../../shared/ipc';
import type { EngineName, Switches } from '../../shared/recognition';
import type { CardStore, Clock, PictureStore, Transactions } from '../cards/ports';
import type { SettingStore } from '../settings/ports';
import type { Hold } from '../environment/hold';
import type { Engines } from '../recognition/engines';
import type { JobOutcome } from '../recognition/judge';
import type { AttemptStore, Canceller, EngineAnswer } from '../recognition/ports';
import type { Widths } from './width';

export interface QueueTools {
  readonly store: CardStore & AttemptStore & SettingStore & Transactions;
  readonly pictures: PictureStore;
  sha256(bytes: Uint8Array): string;
  readonly clock: Clock;
  readonly hold: Hold;
  /** Where the records lie, for people. */
  readonly folder: string;
  /** 0 up to, not including, 1. */
  random(): number;
  readonly engines: Engines;
  switches(): Switches;
  newCanceller(): Canceller;
  /** A card was read and waits for a person: what follows by itself, in the same transaction. */
  read(id: CardId): void;
  changed(ids: readonly CardId[]): void;
  statusChanged(status: QueueStatus): void;
  defect(error: unknown): void;
}

export interface AttemptTools extends QueueTools {
  readonly widths: Widths;
  /** The time by which waits are measured, epoch ms. */
  steady(): number;
  closing(): boolean;
  /** The call is about to begin. */
  begun(): void;
  /** Whom a failure is to be laid to. */
  heard(card: CardId, engine: EngineName, answer: EngineAnswer): 'card' | 'service';
  /** `engine`: the one that was asked, if one was. `toPerson`: the card waits for no engine any more. */
  ended(outcome: JobOutcome, engine: EngineName | undefined, toPerson: boolean): void;
}
