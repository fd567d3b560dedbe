/** The sheets that are being written: they end when the desk closes, so that it waits for none and leaves nothing of them. */
import type { CancelSignal } from '../recognition/ports';
import type { SheetWriter } from './ports';

export interface Writing {
  readonly writer: SheetWriter;
  /** Resolves when none is being written any more. */
  ended(): Promise<unknown>;
}

/** `closing`: fires when the desk closes, and ends each sheet as its own signal does. */
export function createWriting(writer: SheetWriter, closing: CancelSignal): Writing {
  const underWay = new Set<Promise<unknown>>();
  return {
    writer: {
      async write(target, book, signal, written) {
        const done = writer.write(target, book, either(signal, closing), written);
        underWay.add(done);
        try {
          return await done;
        } finally {
          underWay.delete(done);
        }
      },
    },
    ended: () => Promise.allSettled(underWay),
  };
}

function either(one: CancelSignal, other: CancelSignal): CancelSignal {
  return {
    get aborted() {
      return one.aborted || other.aborted;
    },
    addEventListener(type, listener, options) {
      one.addEventListener(type, listener, options);
      other.addEventListener(type, listener, options);
    },
    removeEventListener(type, listener) {
      one.removeEventListener(type, listener);
      other.removeEventListener(type, listener);
    },
  };
}
