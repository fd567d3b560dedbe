/** The pictures of an answer, kept after it: it is not worth less where they cannot be. */
import type { CardId } from '../../shared/ids';
import type { Recognition } from '../../shared/recognition';
import type { CardStore, Clock, PictureStore, Transactions } from '../cards/ports';
import type { Hold } from '../environment/hold';
import type { AttemptStore } from '../recognition/ports';
import { withCrops, type Crops } from './answers';

export interface CropTools {
  readonly store: CardStore & AttemptStore & Transactions;
  readonly pictures: Pick<PictureStore, 'put'>;
  readonly clock: Clock;
  readonly hold: Pick<Hold, 'keep'>;
  changed(ids: readonly CardId[]): void;
}

export async function keepCrops(
  { store, pictures, clock, hold, changed }: CropTools,
  id: CardId,
  attemptId: number,
  { borderCutImage, cardNoImage }: Recognition,
  opinion: boolean,
): Promise<void> {
  const crops: Crops = {};

  function add(): void {
    store.transaction(() => {
      store.addCrops(attemptId, crops);
      const card = store.card(id);
      if (card) store.change(id, { pictures: withCrops(card, crops, opinion) }, clock.now());
    });
    changed([id]);
  }

  try {
    if (borderCutImage) crops.card = await hold.keep(() => pictures.put(borderCutImage));
    if (cardNoImage) crops.number = await hold.keep(() => pictures.put(cardNoImage));
  } finally {
    // What could be kept is shown, whatever became of the rest.
    if (crops.card !== undefined || crops.number !== undefined) await hold.keep(add);
  }
}
