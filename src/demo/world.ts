/** What else of the world the desk needs, as far as a page in a browser has it. What only pretends says so in its name. */
import type { Clock, PictureStore } from '../core/cards/ports';
import type { SheetWriter } from '../core/export/ports';
import type { PictureLooker, PictureTool } from '../core/intake/ports';
import type { PinHasher } from '../core/people/people';
import type { Canceller } from '../core/recognition/ports';
import { fail, ok } from '../shared/result';
import { fromBytes } from './cards';

export function newCanceller(): Canceller {
  const controller = new AbortController();
  return { signal: controller.signal, cancel: () => controller.abort() };
}

export interface PicturesInMemory extends PictureStore {
  /** At once, for drawing. */
  peek(name: string): Uint8Array | undefined;
  /** From now on nothing more can be put, as on a full disk. */
  fill(): void;
}

export function createPicturesInMemory(): PicturesInMemory {
  const pictures = new Map<string, Uint8Array>();
  let last = 0;
  let isFull = false;
  return {
    async put(bytes) {
      if (isFull) throw Object.assign(new Error('Expected room in the invented world'), { code: 'ENOSPC' });
      const name = `picture-${++last}`;
      pictures.set(name, bytes);
      return name;
    },
    async get(name) {
      const bytes = pictures.get(name);
      if (!bytes) throw new Error(`Expected a picture that was put but received ${name}`);
      return bytes;
    },
    async remove(name) {
      pictures.delete(name);
    },
    peek: (name) => pictures.get(name),
    fill() {
      isFull = true;
    },
  };
}

/** FNV-1a: tells pictures apart, and protects nothing. The desk wants an answer at once, which a browser's own hash has not. */
function pretendedHash(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0;
  return hash.toString(16).padStart(8, '0');
}

export const pretendedPictureTool: PictureTool = {
  async prepare(bytes) {
    const card = fromBytes(bytes);
    if (!card) return fail('picture.unknownFormat');
    return ok({
      format: 'jpeg',
      prepared: bytes,
      width: card.small ? 640 : 1400,
      height: card.small ? 457 : 1000,
      thumb: bytes,
      notes: card.small ? ['smallPicture'] : [],
    });
  },
  cut: async (bytes) => ok(bytes),
  paintOver: async () => fail('picture.damaged'),
  takeApart: async () => fail('picture.damaged'),
  sha256: pretendedHash,
};

/** Every invented picture shows one front. */
export const pretendedLooker: PictureLooker = {
  look: async () => ok({ side: 'front', secrets: [], cards: [] }),
};

/** A demonstration keeps no secret: the PIN is its own hash. */
export const pretendedPins: PinHasher = {
  hash: async (pin) => `pretended ${pin}`,
  verify: async (pin, hash) => ok(hash === `pretended ${pin}`),
};

const ROWS_AT_ONCE = 10;

/** Goes through all that would be written, and writes it nowhere. */
export function pretendedSheets(clock: Clock): SheetWriter {
  return {
    async write(_target, book, signal, written) {
      let rows = 0;
      for (const _row of book.rows) {
        if (signal.aborted) return fail('sheet.cancelled');
        if (++rows % ROWS_AT_ONCE > 0) continue;
        written(rows);
        await new Promise<void>((resolve) => clock.after(ROWS_AT_ONCE, resolve));
      }
      return ok(true);
    },
  };
}
