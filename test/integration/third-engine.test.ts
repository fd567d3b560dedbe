/** An engine that nobody has built yet: it takes a row in the table of names and an adapter with its traits, no more. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import type { CardId } from '../../src/shared/ids';
import { ENGINES, type EngineName } from '../../src/shared/recognition';
import { writePictures } from '../helpers/pictures';
import { desksOfEachTest } from '../helpers/desks';
import {
  engineError,
  IN_THE_CLOUD,
  ON_THIS_COMPUTER,
  type openTestDesk,
  recognition,
  scriptedEngine,
  type Script,
  type TestDesk,
} from '../helpers/test-desk';
import { eventually } from '../helpers/eventually';

vi.mock('../../src/shared/recognition', async (original) => {
  const real = await original<typeof import('../../src/shared/recognition')>();
  return { ...real, ENGINES: [...real.ENGINES, 'invented'] };
});
const INVENTED = ENGINES.at(-1) as EngineName;

const SPECIMEN = { cardNumber: '6222020200112233448', bankInfo: '中国工商银行(01020000)' };
const reads: Script = () => recognition(SPECIMEN);
const silent: Script = () => new Promise(() => undefined);
const only = 1 as CardId;
const openDesk = desksOfEachTest();

function desk(parts: Parameters<typeof openTestDesk>[0], script: Script, traits = ON_THIS_COMPUTER) {
  const invented = scriptedEngine(INVENTED, traits, script);
  const test = openDesk({ ...parts, others: [invented] });
  return { test, invented };
}

async function takeIn({ desk: { intake }, folder }: TestDesk, count: number): Promise<void> {
  await intake.take('scans', { paths: await writePictures(path.join(folder, 'in'), count) });
  await intake.idle();
}

describe('a third engine', () => {
  it('is chosen in the settings and reads every card', async () => {
    const { test, invented } = desk({ local: reads }, reads);
    expect(test.desk.settings.change({ engine: INVENTED })).toMatchObject({ ok: true });
    test.desk.start();
    await takeIn(test, 3);
    await test.desk.queue.settled();
    expect([invented.calls, test.engines.local.calls]).toEqual([3, 0]);
    expect(test.store.card(only)).toMatchObject({ state: { kind: 'pending' }, engine: INVENTED });
  });

  it('gives the second opinion where those before it in the table cannot be asked', async () => {
    const { test, invented } = desk({ local: reads }, reads);
    test.desk.settings.change({ secondOpinion: 'always' });
    test.desk.start();
    await takeIn(test, 1);
    await test.desk.queue.settled();
    expect(invented.calls).toBe(1);
    expect(test.store.attempts(only).map(({ engine }) => engine)).toEqual(['local', INVENTED]);
  });

  it('is not asked by itself once two have read a card, but a person may ask it', async () => {
    const parts = { local: reads, tencent: reads, credentials: true };
    const { test, invented } = desk(parts, reads, IN_THE_CLOUD);
    test.desk.settings.change({ secondOpinion: 'always' });
    test.desk.start();
    await takeIn(test, 1);
    await test.desk.queue.settled();
    expect([test.engines.local.calls, test.engines.tencent.calls, invented.calls]).toEqual([1, 1, 0]);
    expect(test.desk.review.secondOpinion([only])).toMatchObject({ ok: true });
    await test.desk.queue.settled();
    expect(invented.calls).toBe(1);
    expect(test.desk.review.secondOpinion([only])).toMatchObject({ error: { code: 'card.noOtherEngine' } });
  });

  it.each([
    { charges: true, outcome: 'unknown' },
    { charges: false, outcome: 'cancelled' },
  ])('counts an answer that a crash lost as paid for: $charges', async ({ charges, outcome }) => {
    const traits = { ...ON_THIS_COMPUTER, charges };
    const { test: before } = desk({}, silent, traits);
    before.desk.settings.change({ engine: INVENTED });
    before.desk.start();
    await takeIn(before, 1);
    await eventually(() => expect(before.store.counts().recognising).toBe(1));
    const { test: after } = desk({ folder: before.crash() }, reads, traits);
    after.desk.start();
    await after.desk.queue.settled();
    expect(after.store.attempts(only)[0]).toMatchObject({ outcome, maybeCharged: charges });
    expect(after.store.card(only)?.state.kind).toBe('pending');
  });

  it('begins with few calls and halves them when an answer is lost, where it is asked over a network', async () => {
    const lost: Script = (call) => (call === 1 ? engineError('client.timeout') : silent(call, NEVER));
    const { test, invented } = desk({}, lost, { ...ON_THIS_COMPUTER, overNetwork: true, slots: 9 });
    test.desk.settings.change({ engine: INVENTED });
    await takeIn(test, 5);
    test.desk.start();
    // Two began at once; the lost one made room for none.
    await eventually(() => expect(test.desk.queue.status().recognising).toBe(1));
    expect(invented.calls).toBe(2);
  });
});
const NEVER = new AbortController().signal;

it('no rule of the core knows an engine by its name', () => {
  const folder = path.resolve('src/core');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
  );
  expect(files.length).toBeGreaterThan(40);
  const naming = files.filter((name) =>
    /(['"`])(local|tencent)\1/.test(readFileSync(path.join(folder, name), 'utf8')),
  );
  expect(naming).toEqual([]);
});
