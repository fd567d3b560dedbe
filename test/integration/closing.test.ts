/** A desk that closes in the middle of things: it waits for none, and leaves nothing of them. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileTool } from '../../src/core/intake/ports';
import { CARD_STATES } from '../../src/shared/cards';
import { DEFAULT_COLUMNS } from '../../src/shared/sheet';
import { desksOfEachTest } from '../helpers/desks';
import { eventually } from '../helpers/eventually';
import { writePictures } from '../helpers/pictures';
import { recognition } from '../helpers/test-desk';

const desk = desksOfEachTest();

describe('a desk that closes', () => {
  it('while a sheet is being written: no half sheet stays, and the old one does', async () => {
    const test = desk();
    const batch = test.store.createBatch('many', 1);
    const sources = Array.from({ length: 5_000 }, (_none, at) => ({
      kind: 'file' as const,
      name: `${at}.jpg`,
      location: `/in/${at}`,
    }));
    test.store.addCards(batch, sources, 1);
    const target = path.join(test.folder, 'out.xlsx');
    const order = { states: [...CARD_STATES], columns: [...DEFAULT_COLUMNS], fullNumbers: false };
    let closed: Promise<void> | undefined;
    const written = await test.desk.exportSheet(
      target,
      { ...order, language: 'en' },
      new AbortController().signal,
      () => {
        closed ??= test.desk.close();
      },
    );
    expect(written).toMatchObject({ ok: false, error: { code: 'sheet.cancelled' } });
    await closed;
    expect(existsSync(target)).toBe(false);
    expect(readdirSync(path.join(test.folder, 'unfinished'))).toEqual([]);
    expect(test.defects).toEqual([]);
  });

  it('while pictures are taken in: begins no call for those that come meanwhile', async () => {
    let read: (() => void) | undefined;
    const files: Partial<FileTool> = {
      read: (_location, _most) =>
        new Promise((resolve) => (read = () => resolve({ ok: true, value: new Uint8Array(1) }))),
    };
    const test = desk({ credentials: true, tencent: () => recognition({}), files });
    test.desk.start();
    await test.desk.intake.take('in', { paths: await writePictures(path.join(test.folder, 'in'), 1) });
    await eventually(() => expect(read).toBeDefined());
    const closed = test.desk.close();
    read?.();
    await closed;
    expect(test.engines.tencent.calls).toBe(0);
    expect(test.defects).toEqual([]);
  });
});
