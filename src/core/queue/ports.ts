import type { CardId } from '../../shared/ids';
import type { QueueStatus } from '../../shared/ipc';
import type { Switches } from '../../shared/recognition';
import type { CardStore, Clock, PictureStore, Transactions } from '../cards/ports';
import type { SettingStore } from '../settings/ports';
import type { Hold } from '../environment/hold';
import type { Engines } from '../recognition/engines';
import type { AttemptStore, Canceller } from '../recognition/ports';

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
