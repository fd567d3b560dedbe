/** A little of what the desk writes all day, taken away again: where that stands, what waits may be written too. */
import type { PictureStore } from '../cards/ports';
import type { SettingStore } from '../settings/ports';

/** As much as some cards need: less room would be gone at once. */
const PICTURE_BYTES = 2_000_000;
const ROW_CHARACTERS = 200_000;
const NAME = 'environment.probe';

export async function tryWriting(
  store: Pick<SettingStore, 'setSetting'>,
  pictures: PictureStore,
): Promise<void> {
  // First what says best what is wrong.
  await pictures.remove(await pictures.put(new Uint8Array(PICTURE_BYTES)));
  store.setSetting(NAME, ' '.repeat(ROW_CHARACTERS));
  store.setSetting(NAME, '');
}
