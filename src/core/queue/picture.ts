/** The picture that an engine is asked about, from the picture store. */
import type { CardId } from '../../shared/ids';
import type { Job } from '../cards/card';
import type { Card, PictureStore } from '../cards/ports';
import { PictureLost } from '../cards/picture-lost';
import { isExhausted, troubleOf } from '../environment/trouble';

/** So often is a stored picture tried that the disk does not give, before it is that picture's fault. */
const READ_TRIES = 3;

/** `lost`: it is gone, or not what was stored. */
export type PictureOf = (card: Card, job: Job) => Promise<Uint8Array | 'lost' | undefined>;

export interface PictureTools {
  readonly pictures: Pick<PictureStore, 'get'>;
  defect(error: unknown): void;
}

/** Undefined: it cannot be had, by a defect. What the computer fails at is thrown: its time will come. */
export function createPictureOf({ pictures, defect }: PictureTools): PictureOf {
  const unread = new Map<CardId, number>();
  return async (card, { picture }) => {
    try {
      const bytes = await pictures.get(picture ?? card.pictures.original ?? '');
      unread.delete(card.id);
      return bytes;
    } catch (error) {
      if (error instanceof PictureLost) {
        unread.delete(card.id);
        return 'lost';
      }
      const tries = (unread.get(card.id) ?? 0) + 1;
      unread.set(card.id, tries);
      // Where only this one cannot be read, again and again, the others need not wait for it.
      if (isExhausted(error) || (troubleOf(error) && tries < READ_TRIES)) throw error;
      defect(error);
      unread.delete(card.id);
      return undefined;
    }
  };
}
