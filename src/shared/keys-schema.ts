/** What a change of the keys may say. Apart from the table, which the menus need before anything is checked. */
import { z } from 'zod';
import { BINDINGS, isKey, MOST_KEYS } from './keys';

export const KeysSchema = z.partialRecord(
  z.enum(BINDINGS.filter((binding) => binding.fixed !== true).map((binding) => binding.command)),
  z.array(z.string().max(30).refine(isKey, 'Expected a key such as Mod+Shift+Z')).max(MOST_KEYS),
);
/** As it was stored: what another version wrote and this one does not know is left out. */
export const StoredKeysSchema = z.preprocess(
  (stored) =>
    typeof stored === 'object' && stored !== null
      ? Object.fromEntries(
          Object.entries(stored).filter(([name, keys]) => KeysSchema.safeParse({ [name]: keys }).success),
        )
      : {},
  KeysSchema,
);
