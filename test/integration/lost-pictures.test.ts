/** A stored picture that is gone or damaged: its card says so, and its source is offered; nothing else is affected. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CardId } from '../../src/shared/ids';
import { answer } from '../helpers/failing-desk';
import { desksOfEachTest } from '../helpers/desks';
import { eventually } from '../helpers/eventually';
import { flipBit } from '../helpers/sealed-records';
import { writePictures } from '../helpers/pictures';
import type { TestDesk } from '../helpers/test-desk';

const desk = desksOfEachTest();
const only = 1 as CardId;

async function withCard(hurt: (file: string) => void): Promise<TestDesk & { place: string }> {
  const test = desk({ local: () => answer() });
  const [place = ''] = await writePictures(path.join(test.folder, 'scans'), 1);
  test.desk.queue.pause();
  test.desk.start();
  await test.desk.intake.take('scans', { paths: [place] });
  await test.desk.intake.idle();
  const name = test.store.card(only)?.pictures.original ?? '';
  hurt(path.join(test.folder, 'pictures', name.slice(0, 2), name));
  test.desk.queue.resume();
  return { ...test, place };
}

const HURTS: [string, (file: string) => void][] = [
  ['gone', (file) => rmSync(file)],
  ['empty', (file) => writeFileSync(file, '')],
  ['shorter', (file) => writeFileSync(file, readFileSync(file).subarray(0, 200))],
  ['changed by one bit', (file) => flipBit(file, 4001)],
  ['another one', (file) => writeFileSync(file, Buffer.alloc(4_000, 1))],
];

describe('a stored picture that is', () => {
  it.each(HURTS)(
    '%s fails its card with the place it came from, and is taken anew from there',
    async (_what, hurt) => {
      const test = await withCard(hurt);
      await eventually(() =>
        expect(test.store.card(only)?.state).toMatchObject({
          kind: 'failed',
          code: 'picture.lost',
          params: { place: test.place },
        }),
      );
      expect(test.defects).toEqual([]);
      expect(await test.desk.cards.picture(only, 'original')).toBeUndefined();
      const cut = { x: 0, y: 0, width: 1, height: 1, turns: 0 } as never;
      expect(await test.desk.recogniseCut(only, cut, undefined)).toMatchObject({
        ok: false,
        error: { code: 'picture.lost', params: { place: test.place } },
      });
      expect(test.desk.recogniseAgain([only], undefined)).toMatchObject({ ok: true, value: { changed: 1 } });
      await eventually(() => expect(test.store.card(only)?.state.kind).toBe('pending'));
      expect(await test.desk.cards.picture(only, 'original')).toBeDefined();
    },
  );

  it('gone with all others is the disk’s fault, and fails no card', async () => {
    const test = await withCard((file) => rmSync(path.dirname(path.dirname(file)), { recursive: true }));
    await eventually(() => expect(test.desk.queue.status()).toMatchObject({ kind: 'blocked' }));
    expect(test.store.counts().failed).toBe(0);
  });
});
