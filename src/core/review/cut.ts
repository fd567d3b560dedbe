/** A region that a person cut out of a card's picture, recognised in its place. The card's own picture stays as it is. */
import type { CutRegion } from '../../shared/cards';
import type { CardId } from '../../shared/ids';
import type { Output } from '../../shared/ipc';
import type { EngineName } from '../../shared/recognition';
import { fail } from '../../shared/result';
import { moveTo } from '../cards/card';
import { lostPicture, PictureLost } from '../cards/picture-lost';
import type { CardStore, PictureStore } from '../cards/ports';
import type { PictureTool } from '../intake/ports';
import type { Review } from './review';

export interface CutTools {
  readonly store: CardStore;
  readonly pictures: PictureStore;
  readonly pictureTool: PictureTool;
  readonly review: Review;
}

export async function recogniseCut(
  { store, pictures, pictureTool, review }: CutTools,
  id: CardId,
  region: CutRegion,
  engine: EngineName | undefined,
): Promise<Output<'cards:recogniseCut'>> {
  const card = store.card(id);
  if (!card) return fail('card.gone');
  if (!card.pictures.original) return fail('card.noPicture');
  const allowed = moveTo(card.state, { kind: 'queued' });
  if (!allowed.ok) return allowed;
  const whole = await pictures.get(card.pictures.original).catch((error: unknown) => {
    if (error instanceof PictureLost) return undefined;
    throw error;
  });
  if (!whole) {
    const { code, params } = lostPicture(card);
    return fail(code, params);
  }
  const cut = await pictureTool.cut(whole, region);
  if (!cut.ok) return cut;
  const name = await pictures.put(cut.value);
  const done = review.recogniseAgain([id], engine, name);
  // The card changed while its picture was cut.
  if (!done.ok) await pictures.remove(name);
  return done;
}
