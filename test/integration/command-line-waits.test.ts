/** What the command line says and does while the computer cannot keep what is read. */
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createWholeFiles } from '../../src/adapters/files/whole-files';
import { createProgress, processPictures } from '../../src/cli/process';
import { createTerminal } from '../../src/cli/terminal';
import { openTestDesk, recognition, type TestDesk } from '../helpers/test-desk';
import { writePictures } from '../helpers/pictures';
import { eventually } from '../helpers/eventually';

const full = () => Object.assign(new Error('as the system says it'), { code: 'ENOSPC' });
let test: TestDesk;
let fault: Error | undefined;
let said: string;
const terminal = createTerminal((text) => (said += text), false);

beforeEach(() => {
  [fault, said] = [undefined, ''];
  // The run looks at its desk by the clock on the wall; the desk's own clock is the test's.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
  test = openTestDesk({
    local: () => recognition({ cardNumber: '6222020200112233448' }),
    pictures: (real) => ({
      ...real,
      put: async (bytes) => {
        if (fault) throw fault;
        return real.put(bytes);
      },
    }),
    store: (real) => ({
      ...real,
      createBatch(name, at) {
        if (fault?.message === 'no batch') throw fault;
        return real.createBatch(name, at);
      },
    }),
    queueChanged: createProgress(terminal),
  });
});
afterEach(async () => {
  vi.useRealTimers();
  await test.desk.close();
  await test.dispose();
});

async function start(profile?: string): Promise<Promise<number>> {
  const sources = await writePictures(path.join(test.folder, 'in'), 2);
  const files = createWholeFiles(path.join(test.folder, 'unfinished'));
  const { signal } = new AbortController();
  return processPictures(
    { desk: test.desk, files, terminal, signal, folder: test.folder, delivered: () => undefined },
    { sources, again: false, fullNumbers: false, profile },
  );
}
async function untilSaid(words: string): Promise<void> {
  await eventually(() => {
    test.clock.advance(2_000);
    expect(said).toContain(words);
  });
}

describe('process on a full disk', () => {
  it.each([
    ['while pictures are taken in', full()],
    ['before anything is on the list', Object.assign(full(), { message: 'no batch' })],
  ])('%s: says what is full and how much is needed, waits, and ends well', async (_when, error) => {
    fault = error;
    const ended = start();
    await untilSaid(`The disk is full; make room on it. It then goes on by itself, and no answer is lost`);
    expect(said).toContain(`${test.folder}: about 50 MB of room needed`);
    fault = undefined;
    await untilSaid('2 recognised, 0 failed');
    expect(await ended).toBe(0);
  });

  it('does not wait for ever, and says that the same command goes on', async () => {
    fault = full();
    const ended = start('/records');
    await untilSaid('The disk is full');
    await vi.advanceTimersByTimeAsync(302_000);
    expect(await ended).toBe(1);
    expect(said).toContain('Stopped: The disk is full');
    expect(said).toContain('The same command goes on with what is kept in /records');
  });
});
