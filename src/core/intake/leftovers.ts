/**
 * Files of the picture store that no card names any more, noted in the transaction that took the name away: a crash before
 * they are removed leaves them to the next start, and never a picture that nobody may keep.
 */
import type { PictureStore } from '../cards/ports';
import type { SettingStore } from '../settings/ports';

const NAME = 'intake.leftovers';

export interface Leftovers {
  /** Within a transaction. */
  note(name: string | undefined): void;
  remove(): Promise<void>;
}

export function createLeftovers(store: SettingStore, pictures: PictureStore): Leftovers {
  const noted = (): readonly string[] => JSON.parse(store.setting(NAME) ?? '[]') as string[];
  const write = (names: readonly string[]): void => store.setSetting(NAME, JSON.stringify(names));
  return {
    note(name) {
      if (name !== undefined) write([...noted(), name]);
    },
    async remove() {
      for (const name of noted()) {
        await pictures.remove(name);
        write(noted().filter((other) => other !== name));
      }
    },
  };
}
