/** Pictures on their way into the store: what no card comes to name is removed, or on a full disk each try would leave some. */
import type { PictureNames, PictureStore } from '../cards/ports';
import type { PreparedPicture } from './ports';

export interface Keeping {
  /** What came may hold more than was looked at: nothing but the prepared picture is kept, and takes its place too. */
  keep(picture: PreparedPicture): Promise<PictureNames>;
  /** Removes them when the work fails. */
  orDiscard<T>(kept: readonly PictureNames[], work: () => T | Promise<T>): Promise<T>;
  discard(pictures: PictureNames): Promise<void>;
}

export function createKeeping(store: PictureStore): Keeping {
  async function discard(pictures: PictureNames): Promise<void> {
    for (const name of new Set(Object.values(pictures))) await store.remove(name);
  }

  async function orDiscard<T>(kept: readonly PictureNames[], work: () => T | Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      for (const pictures of kept) await discard(pictures);
      throw error;
    }
  }

  return {
    keep({ prepared, thumb }) {
      const kept: { -readonly [Kind in keyof PictureNames]: string } = {};
      return orDiscard([kept], async () => {
        kept.source = kept.original = await store.put(prepared);
        kept.thumb = await store.put(thumb);
        return kept;
      });
    },
    orDiscard,
    discard,
  };
}
