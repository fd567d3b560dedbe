/** The world around one step of the flow, without a disk: for quick tests. */
import type { Clock, PictureStore } from '../../src/core/cards/ports';
import { createHold, type Hold } from '../../src/core/environment/hold';
import type { Canceller } from '../../src/core/recognition/ports';

export interface MemoryPictures extends PictureStore {
  readonly kept: Map<string, Uint8Array>;
}

export function createMemoryPictures(): MemoryPictures {
  const kept = new Map<string, Uint8Array>();
  let last = 0;
  return {
    kept,
    async put(bytes) {
      const name = `picture ${++last}`;
      kept.set(name, bytes);
      return name;
    },
    async get(name) {
      const bytes = kept.get(name);
      if (!bytes) throw new Error(`Expected a picture named ${name}`);
      return bytes;
    },
    remove: async (name) => void kept.delete(name),
  };
}

export function newCanceller(): Canceller {
  const controller = new AbortController();
  return { signal: controller.signal, cancel: () => controller.abort() };
}

/** A hold over a disk that can be written again whenever it is tried. */
export function createTestHold(clock: Clock, changed: () => void, defect: (error: unknown) => void): Hold {
  return createHold({ clock, probe: async () => undefined, changed, defect });
}

/** As a disk says that it is full. */
export function diskFull(): Error {
  return Object.assign(new Error('no space left'), { code: 'ENOSPC' });
}

/** Resolves when all has happened that waits for nothing but its turn. */
export function turns(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
