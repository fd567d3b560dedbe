/** A region cut out by hand: the right one reaches the engine, through retries and crashes, and takes nothing from the card. */
import path from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { pictureTool } from '../../src/adapters/images/picture-tool';
import { toDetail } from '../../src/core/views/rows';
import type { CutRegion } from '../../src/shared/cards';
import type { CardId } from '../../src/shared/ids';
import { desksOfEachTest } from '../helpers/desks';
import { engineError, recognition, type TestDesk } from '../helpers/test-desk';
import { writePictures } from '../helpers/pictures';
import { eventually } from '../helpers/eventually';

const WIDTH = 800;
const HEIGHT = 600;
const SPOT = { x: 640, y: 150 };
const RADIUS = 20;

/** Grey, with one green spot that shows where a point of the picture went. */
function spotted(): Promise<Buffer> {
  const spot = Buffer.from(
    `<svg width="${WIDTH}" height="${HEIGHT}"><circle cx="${SPOT.x}" cy="${SPOT.y}" r="${RADIUS}" fill="#00ff00"/></svg>`,
  );
  return sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background: '#808080' } })
    .composite([{ input: spot }])
    .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

async function pixels(jpeg: Uint8Array) {
  const { data, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  const green = (x: number, y: number) => {
    const at = (Math.round(y) * info.width + Math.round(x)) * info.channels;
    return (data[at] ?? 255) < 80 && (data[at + 1] ?? 0) > 180 && (data[at + 2] ?? 255) < 80;
  };
  return { ...info, green };
}

/** Where the spot is in the box around the turned picture, as shares of it, worked out from the angle alone. */
function spotIn(angle: number) {
  const radians = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  const [x, y] = [SPOT.x - WIDTH / 2, SPOT.y - HEIGHT / 2];
  const width = WIDTH * Math.abs(cos) + HEIGHT * Math.abs(sin);
  const height = WIDTH * Math.abs(sin) + HEIGHT * Math.abs(cos);
  return { x: 0.5 + (x * cos - y * sin) / width, y: 0.5 + (x * sin + y * cos) / height, width, height };
}

describe('the picture tool', () => {
  it.each([0, 90, 180, -90, 10, -10, 37.5, 100, -135])(
    'turns by %d degrees clockwise and cuts what was framed',
    async (angle) => {
      const spot = spotIn(angle);
      const [width, height] = [160 / spot.width, 120 / spot.height];
      const region = { angle, cut: { left: spot.x - width / 4, top: spot.y - height / 3, width, height } };
      const cut = await pictureTool.cut(await spotted(), region);
      if (!cut.ok) throw new Error(cut.error.code);
      const seen = await pixels(cut.value);
      expect([seen.format, seen.width, seen.height]).toEqual(['raw', 160, 120]);
      // A quarter from the left and a third from the top, within two pixels on every side.
      expect(seen.green(40, 40)).toBe(true);
      for (const [dx, dy] of [
        [1, 0],
        [-1, 0],
        [0, 1],
        [0, -1],
      ] as const) {
        expect(seen.green(40 + dx * (RADIUS - 3), 40 + dy * (RADIUS - 3))).toBe(true);
        expect(seen.green(40 + dx * (RADIUS + 3), 40 + dy * (RADIUS + 3))).toBe(false);
      }
    },
  );

  it('takes the whole box too, white where the picture is not', async () => {
    const whole = { left: 0, top: 0, width: 1, height: 1 };
    const cut = await pictureTool.cut(await spotted(), { angle: 30, cut: whole });
    if (!cut.ok) throw new Error(cut.error.code);
    const { data } = await sharp(cut.value)
      .extract({ left: 2, top: 2, width: 20, height: 20 })
      .raw()
      .toBuffer({ resolveWithObject: true });
    expect(Math.min(...data)).toBeGreaterThan(245);
  });

  it('refuses a region too small for any engine, and a picture that does not decode', async () => {
    const cut = { left: 0.5, top: 0.5, width: 0.12, height: 0.5 };
    expect(await pictureTool.cut(await spotted(), { angle: 0, cut })).toMatchObject({
      error: { code: 'card.cutTooSmall', params: { min: 100 } },
    });
    const half = (await spotted()).subarray(0, 3000);
    expect(await pictureTool.cut(half, { angle: 0, cut: { ...cut, width: 0.5 } })).toMatchObject({
      error: { code: 'picture.damaged' },
    });
  });
});

const only = 1 as CardId;
const SPECIMEN = { cardNumber: '6222020200112233448', bankInfo: '中国工商银行(01020000)' };
const OTHER = { cardNumber: '6222020200112233440' };
const REGION: CutRegion = { angle: 90, cut: { left: 0.25, top: 0.5, width: 0.5, height: 0.25 } };
const desk = desksOfEachTest();

async function withOneCard(test: TestDesk): Promise<TestDesk> {
  test.desk.start();
  await test.desk.intake.take('scans', { paths: await writePictures(path.join(test.folder, 'in'), 1) });
  await test.desk.intake.idle();
  await test.desk.queue.settled();
  return test;
}
/** The pictures are 900 x 600: lying on their side, half across and a quarter down is 300 x 225. */
async function expectCutOut(image: Uint8Array | undefined): Promise<void> {
  const { width, height, format } = await sharp(image).metadata();
  expect({ width, height, format }).toEqual({ width: 300, height: 225, format: 'jpeg' });
}

describe('recognising a region', () => {
  it('sends what was cut out, keeps both attempts and the picture, and lets the newest reading stand', async () => {
    const test = await withOneCard(desk({ local: (call) => recognition(call === 1 ? SPECIMEN : OTHER) }));
    const original = test.store.card(only)?.pictures.original;
    expect(await test.desk.recogniseCut(only, REGION, undefined)).toMatchObject({
      ok: true,
      value: { changed: 1 },
    });
    await test.desk.queue.settled();
    await expectCutOut(test.engines.local.images[1]);
    const card = test.store.card(only);
    expect(card?.state).toEqual({ kind: 'pending' });
    expect(card?.pictures.original).toBe(original);
    expect(card?.fields).toEqual(OTHER);
    const attempts = test.store.attempts(only);
    expect(attempts.map(({ ofCut, fields }) => ({ ofCut, fields }))).toEqual([
      { ofCut: false, fields: SPECIMEN },
      { ofCut: true, fields: OTHER },
    ]);
    if (card)
      expect(
        toDetail(card, test.store, { who: 'tester', supervisor: false }).attempts.map(({ ofCut }) => ofCut),
      ).toEqual([false, true]);
    expect(test.store.history(only).at(-1)?.what).toBe('recogniseCut');
  });

  it('asks about the whole picture again the next time', async () => {
    const test = await withOneCard(desk({ local: () => recognition(SPECIMEN) }));
    await test.desk.recogniseCut(only, REGION, undefined);
    await test.desk.queue.settled();
    test.desk.review.recogniseAgain([only], undefined);
    await test.desk.queue.settled();
    expect(Buffer.from(test.engines.local.images[2] ?? [])).toEqual(
      Buffer.from(test.engines.local.images[0] ?? []),
    );
  });

  it('asks the engine that was chosen about the region until it answers, through throttling and lost answers', async () => {
    const failures = ['RequestLimitExceeded', 'client.timeout', 'RequestLimitExceeded'];
    const made = desk({
      credentials: true,
      local: () => recognition(SPECIMEN),
      tencent: (call) => {
        const code = failures[call - 1];
        return code === undefined ? recognition(OTHER) : engineError(code);
      },
    });
    made.desk.settings.change({ engine: 'local' });
    const test = await withOneCard(made);
    await test.desk.recogniseCut(only, REGION, 'tencent');
    await eventually(() => {
      test.clock.advance(20_000);
      expect(test.store.card(only)?.fields).toEqual(OTHER);
    });
    expect(test.engines.tencent.images).toHaveLength(4);
    for (const image of test.engines.tencent.images) await expectCutOut(image);
    expect(test.store.attempts(only).map(({ ofCut }) => ofCut)).toEqual([false, true, true, true, true]);
  });

  it.each(['queued', 'recognising'] as const)('survives a crash while it is %s', async (state) => {
    const before = await withOneCard(
      desk({ local: (call) => (call === 1 ? recognition(SPECIMEN) : new Promise(() => undefined)) }),
    );
    if (state === 'queued') before.desk.queue.pause();
    await before.desk.recogniseCut(only, REGION, undefined);
    await eventually(() => expect(before.store.card(only)?.state.kind).toBe(state));
    const after = desk({ folder: before.crash(), local: () => recognition(OTHER) });
    after.desk.start();
    if (state === 'queued') after.desk.queue.resume();
    await after.desk.queue.settled();
    expect(after.engines.local.images).toHaveLength(1);
    await expectCutOut(after.engines.local.images[0]);
    expect(after.store.card(only)?.fields).toEqual(OTHER);
  });

  it('is undone in one step while it waits', async () => {
    const test = await withOneCard(desk({ local: () => recognition(SPECIMEN) }));
    test.desk.queue.pause();
    await test.desk.recogniseCut(only, REGION, undefined);
    expect(test.desk.review.undo().ok).toBe(true);
    expect(test.store.card(only)?.state).toEqual({ kind: 'pending' });
    expect(test.desk.review.redo().ok).toBe(true);
    test.desk.queue.resume();
    await test.desk.queue.settled();
    await expectCutOut(test.engines.local.images[1]);
  });

  it('leaves the card as it is when it cannot be done', async () => {
    const test = await withOneCard(desk({ local: () => recognition(SPECIMEN) }));
    const small = { angle: 0, cut: { ...REGION.cut, height: 0.1 } };
    expect(await test.desk.recogniseCut(only, small, undefined)).toMatchObject({
      error: { code: 'card.cutTooSmall' },
    });
    test.decide([only], { kind: 'approve' }, true);
    expect(await test.desk.recogniseCut(only, REGION, undefined)).toMatchObject({
      error: { code: 'card.wrongState' },
    });
    expect(await test.desk.recogniseCut(9 as CardId, REGION, undefined)).toMatchObject({
      error: { code: 'card.gone' },
    });
    expect(test.engines.local.calls).toBe(1);
  });
});
