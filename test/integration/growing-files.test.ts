/** Files that a scanner still writes: none is called damaged while more of it comes, and a bad one is called so in the end. */
import { appendFile, mkdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { fileTool } from '../../src/adapters/files/file-tool';
import type { CardId } from '../../src/shared/ids';
import { plainPicture } from '../helpers/pictures';
import { openTestDesk, type TestDesk } from '../helpers/test-desk';

let test: TestDesk;
afterEach(() => test.dispose());

const only = 1 as CardId;

/** A desk and one file; `grow` happens whenever the file is looked at again. */
async function openWith(first: Uint8Array, grow: (file: string, times: number) => Promise<boolean>) {
  let file = '';
  let times = 0;
  const mayGrow = () => grow(file, ++times);
  test = openTestDesk({ files: { mayGrow } });
  test.desk.queue.pause();
  await mkdir(path.join(test.folder, 'in'));
  file = path.join(test.folder, 'in', 'scan.jpg');
  await writeFile(file, first);
  await test.desk.intake.take('scans', { paths: [file] });
  await test.desk.intake.idle();
  return { state: test.store.card(only)?.state, times: () => times };
}

describe('a file that is still written', () => {
  it.each([0, 1, 3])('is taken in when it is whole, after %d parts', async (parts) => {
    const jpeg = await plainPicture().jpeg().toBuffer();
    const part = Math.ceil(jpeg.length / (parts + 1));
    const { state, times } = await openWith(jpeg.subarray(0, part), async (file, time) => {
      await appendFile(file, jpeg.subarray(part * time, part * (time + 1)));
      return true;
    });
    expect(state?.kind).toBe('queued');
    expect(times()).toBe(parts);
  });

  it('that begins empty is waited for too', async () => {
    const jpeg = await plainPicture().jpeg().toBuffer();
    const { state } = await openWith(new Uint8Array(), async (file) => {
      await appendFile(file, jpeg);
      return true;
    });
    expect(state?.kind).toBe('queued');
  });

  it('is called damaged when nothing more came, by the same bytes read twice', async () => {
    const jpeg = await plainPicture().jpeg().toBuffer();
    const { state, times } = await openWith(jpeg.subarray(0, jpeg.length / 2), async () => true);
    expect(state).toMatchObject({ kind: 'failed', code: 'picture.damaged' });
    expect(times()).toBe(1);
  });

  it('is given up when it never ends', async () => {
    const { state, times } = await openWith(Buffer.from('not a picture'), async (file) => {
      await appendFile(file, 'and more');
      return true;
    });
    expect(state).toMatchObject({ kind: 'failed', code: 'file.changing' });
    expect(times()).toBe(30);
  });
});

describe('whether more may come', () => {
  const never = new AbortController().signal;

  it('is asked of the time of its last change: long ago, or by another clock, is not lately', async () => {
    test = openTestDesk();
    const file = path.join(test.folder, 'scan.jpg');
    await writeFile(file, 'a');
    for (const seconds of [-3_600, 3_600]) {
      const changed = Date.now() / 1_000 + seconds;
      await utimes(file, changed, changed);
      expect(await fileTool.mayGrow(file, never)).toBe(false);
    }
    expect(await fileTool.mayGrow(path.join(test.folder, 'gone.jpg'), never)).toBe(false);
  });

  it('of one that was changed just now is told after a pause, or as soon as it is called off', async () => {
    test = openTestDesk();
    const file = path.join(test.folder, 'scan.jpg');
    await writeFile(file, 'a');
    const canceller = new AbortController();
    const asked = fileTool.mayGrow(file, canceller.signal);
    canceller.abort();
    expect(await asked).toBe(true);
  });
});
