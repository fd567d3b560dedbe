/** The calls that are under way: at most one for a card, and one for a picture at each engine. */
import type { CardId } from '../../shared/ids';
import type { EngineName } from '../../shared/recognition';
import type { Card } from '../cards/ports';
import type { CancelSignal, Canceller } from '../recognition/ports';
import { samePicture } from './repeats';

export interface UnderWay {
  count(): number;
  at(engine: EngineName): number;
  has(id: CardId): boolean;
  /** The same picture is at this engine: its answer will do for this card too. */
  asks(card: Card, engine: EngineName): boolean;
  begin(card: Card, engine: EngineName): void;
  /** Some of them; all, unless said. */
  cancel(which?: (engine: EngineName, card: CardId) => boolean): void;
  /** Resolves when all that is under way now has ended; what has not is called off when it is enough, perhaps paid, and known. */
  ended(enough?: CancelSignal): Promise<void>;
}

export interface UnderWayTools {
  newCanceller(): Canceller;
  /** Never rejects. */
  work(card: Card, engine: EngineName, signal: CancelSignal): Promise<void>;
  /** There is room for another one. */
  roomMade(): void;
}

interface Call {
  readonly engine: EngineName;
  readonly picture: string;
  readonly canceller: Canceller;
  readonly work: Promise<void>;
}

export function createUnderWay({ newCanceller, work, roomMade }: UnderWayTools): UnderWay {
  const calls = new Map<CardId, Call>();
  const at = (engine: EngineName) => [...calls.values()].filter((call) => call.engine === engine);
  function cancel(which: (engine: EngineName, card: CardId) => boolean = () => true): void {
    for (const [card, { engine, canceller }] of calls) if (which(engine, card)) canceller.cancel();
  }
  return {
    count: () => calls.size,
    at: (engine) => at(engine).length,
    has: (id) => calls.has(id),
    asks(card, engine) {
      const picture = samePicture(card);
      return at(engine).some((call) => call.picture === picture);
    },
    begin(card, engine) {
      const canceller = newCanceller();
      const ending = work(card, engine, canceller.signal).finally(() => {
        calls.delete(card.id);
        roomMade();
      });
      calls.set(card.id, { engine, picture: samePicture(card), canceller, work: ending });
    },
    cancel,
    async ended(enough) {
      const giveUp = () => cancel();
      enough?.addEventListener('abort', giveUp, { once: true });
      if (enough?.aborted) giveUp();
      await Promise.all([...calls.values()].map((call) => call.work));
      enough?.removeEventListener('abort', giveUp);
    },
  };
}
