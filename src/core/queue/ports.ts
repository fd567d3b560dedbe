import type { CardId } from '../../shared/ids';
import type { QueueStatus } from '../../shared/ipc';
import type { EngineName, Switches } from '../../shared/recognition';
import type { CardStore, Clock, PictureStore, Transactions } from '../cards/ports';
import type { SettingStore } from '../settings/ports';
import type { Hold } from '../environment/hold';
import type { AttemptStore, CancelSignal, RecognitionEngine } from '../recognition/ports';

export interface Canceller {
  readonly signal: CancelSignal;
  cancel(): void;
}

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
  readonly engines: Readonly<Record<EngineName, RecognitionEngine>>;
  /** The engine for cards that no person asked another one for. */
  engine(): EngineName;
  switches(): Switches;
  /** Calls under way at once. */
  slots(engine: EngineName): number;
  newCanceller(): Canceller;
  /** A card was read and waits for a person: what follows by itself, in the same transaction. */
  read(id: CardId): void;
  changed(ids: readonly CardId[]): void;
  statusChanged(status: QueueStatus): void;
  defect(error: unknown): void;
}
