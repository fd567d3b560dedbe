/** Desks whose computer fails as a test says: what the system says of it, the stores that say it, and the time that passes. */
import path from 'node:path';
import type { PictureStore } from '../../src/core/cards/ports';
import type { DeskStore } from '../../src/core/desk-store';
import type { EngineAnswer } from '../../src/core/recognition/ports';
import { writePictures } from './pictures';
import { recognition, type TestDesk } from './test-desk';
import { eventually } from './eventually';

export const SPECIMEN = { cardNumber: '6222020200112233448', bankInfo: '中国工商银行(01020000)' };

/** An answer as the cloud gives it, with its two crops and much to store. */
export function answer(raw = '{}'): EngineAnswer {
  const plain = recognition(SPECIMEN);
  if (plain.kind !== 'answer') return plain;
  const crops = { borderCutImage: Buffer.alloc(3_000, 1), cardNoImage: Buffer.alloc(1_000, 2) };
  return { kind: 'answer', recognition: { ...plain.recognition, ...crops, raw } };
}

export function failure(code: string): Error {
  return Object.assign(new Error(`${code}: as the system says it`), { code });
}

/** A picture store that fails as `fault` says, if it says anything. */
export function failing() {
  const state: { fault?: Error; puts: number } = { puts: 0 };
  const wrap = (real: PictureStore): PictureStore => ({
    ...real,
    async put(bytes) {
      state.puts++;
      if (state.fault) throw state.fault;
      return real.put(bytes);
    },
  });
  return { state, wrap };
}

/** A store that takes no change while it is full. */
export function fullStore() {
  const state = { full: false };
  const check = () => {
    if (state.full) throw failure('SQLITE_FULL');
  };
  const wrap = (real: DeskStore): DeskStore => ({
    ...real,
    transaction: (work) =>
      real.transaction(() => {
        const result = work();
        check();
        return result;
      }),
    setSetting(name, value) {
      check();
      real.setSetting(name, value);
    },
    addCards(...args) {
      check();
      return real.addCards(...args);
    },
    folderDone(id) {
      check();
      real.folderDone(id);
    },
  });
  return { state, wrap };
}

export async function list(test: TestDesk, count: number): Promise<void> {
  await test.desk.intake.take('scans', { paths: await writePictures(path.join(test.folder, 'in'), count) });
}

export const kindOf = (test: TestDesk) => test.desk.queue.status().kind;

export function pass(test: TestDesk, ms = 31_000): Promise<void> {
  test.clock.advance(ms);
  return new Promise((resolve) => setImmediate(resolve));
}

/** Time passes until what was held is done. */
export async function recover(test: TestDesk, done: () => void): Promise<void> {
  await eventually(async () => {
    await pass(test);
    done();
  });
  await test.desk.queue.settled();
}
