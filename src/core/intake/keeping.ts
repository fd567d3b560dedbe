/** Pictures on their way into the store: what no card comes to name is removed, or on a full disk each try would leave some. */
import type { PictureNames, PictureStore } from '../cards/ports';
import type { PreparedPicture } from './ports';

export interface Keeping {
  /** Without what came, the picture takes its place too. A bitmap of the clipboard has a name already. */
  keep(
    picture: PreparedPicture,
    came: { readonly bytes: Uint8Array; readonly name?: string } | undefined,
  ): Promise<PictureNames>;
  /** Removes them when the work fails, but for `named`, which a card names already. */
  orDiscard<T>(
    kept: readonly PictureNames[],
    named: string | undefined,
    work: () => T | Promise<T>,
  ): Promise<T>;
  discard(pictures: PictureNames, named?: string): Promise<void>;
}

export function createKeeping(store: PictureStore): Keeping {
  async function discard(pictures: PictureNames, named?: string): Promise<void> {
    for (const name of new Set(Object.values(pictures))) if (name !== named) await store.remove(name);
  }

  async function orDiscard<T>(
    kept: readonly PictureNames[],
    named: string | undefined,
    work: () => T | Promise<T>,
  ): Promise<T> {
    try {
      return await work();
    } catch (error) {
      for (const pictures of kept) await discard(pictures, named);
      throw error;
    }
  }

  return {
    keep(picture, came) {
      const bytes = came?.bytes ?? picture.prepared;
      const kept: { -readonly [Kind in keyof PictureNames]: string } = {};
      return orDiscard([kept], came?.name, async () => {
        kept.source = came?.name ?? (await store.put(bytes));
        kept.original = picture.prepared === bytes ? kept.source : await store.put(picture.prepared);
        kept.thumb = await store.put(picture.thumb);
        return kept;
      });
    },
    orDiscard,
    discard,
  };
}
