/** The queue's promises: every card is recognised once, nothing is lost by a crash, nothing is paid for twice unseen. */
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import type { CardId } from '../../src/shared/ids';
import { desksOfEachTest } from '../helpers/desks';
import { engineError, recognition, type openTestDesk, type TestDesk } from '../helpers/test-desk';
import { writePictures } from '../helpers/pictures';
import { eventually } from '../helpers/eventually';

const SPECIMEN = { cardNumber: '6222020200112233448', bankInfo: '中国工商银行(01020000)' };
const desk = desksOfEachTest();

async function takeIn({ desk: { intake }, folder }: TestDesk, count: number): Promise<void> {
  await intake.take('scans', { paths: await writePictures(path.join(folder, 'in'), count) });
  await intake.idle();
}
const only = 1 as CardId;

describe('queue', () => {
  it('recognises every card once and then rests', async () => {
    const test = desk({ local: () => recognition(SPECIMEN) });
    test.desk.start();
    await takeIn(test, 5);
    await test.desk.queue.settled();
    expect(test.engines.local.calls).toBe(5);
    expect(test.store.counts()).toMatchObject({ pending: 5, queued: 0, recognising: 0 });
    expect(test.desk.queue.status().kind).toBe('idle');
    expect(test.defects).toEqual([]);
  });

  it('goes to the cloud where credentials are stored, and to this computer otherwise', async () => {
    const cloud = desk({ credentials: true, tencent: () => recognition(SPECIMEN) });
    cloud.desk.start();
    await takeIn(cloud, 1);
    await cloud.desk.queue.settled();
    expect([cloud.engines.tencent.calls, cloud.engines.local.calls]).toEqual([1, 0]);
  });

  it('keeps an answer that arrives after its card was cancelled', async () => {
    let answer: (value: ReturnType<typeof recognition>) => void = () => undefined;
    const test = desk({ credentials: true, tencent: () => new Promise((resolve) => (answer = resolve)) });
    test.desk.start();
    await takeIn(test, 1);
    await eventually(() => expect(test.store.counts().recognising).toBe(1));
    test.desk.queue.cancel();
    expect(test.store.card(only)?.state).toMatchObject({ kind: 'failed', code: 'queue.cancelled' });
    answer(recognition(SPECIMEN));
    await eventually(() => expect(test.store.attempts(only)[0]?.outcome).toBe('finished'));
    expect(test.store.card(only)?.state.kind).toBe('failed');
  });

  it('keeps a correction when a card is recognised again by the other engine', async () => {
    const test = desk({
      credentials: true,
      local: () => recognition(SPECIMEN),
      tencent: () => recognition({ cardNumber: '6222020200112233440', bankInfo: '工商银行' }),
    });
    test.desk.settings.change({ engine: 'local' });
    test.desk.start();
    await takeIn(test, 1);
    await test.desk.queue.settled();
    test.correct(only, 'cardNumber', '6222 0202 0011 2233 449');
    test.desk.review.recogniseAgain([only], 'tencent');
    await test.desk.queue.settled();
    const card = test.store.card(only);
    expect(card?.fields).toMatchObject({ cardNumber: '6222020200112233449', bankInfo: '工商银行' });
    expect(test.store.attempts(only).map(({ engine }) => engine)).toEqual(['local', 'tencent']);
  });
});

describe('an answer that may have been paid for', () => {
  it('continues after a crash without repeating a finished call', async () => {
    const before = desk({
      credentials: true,
      slots: 2,
      tencent: (call) => (call <= 2 ? recognition(SPECIMEN) : new Promise(() => undefined)),
    });
    before.desk.start();
    await takeIn(before, 5);
    await eventually(() => expect(before.store.counts()).toMatchObject({ pending: 2, recognising: 2 }));

    const after = desk({ folder: before.crash(), credentials: true, tencent: () => recognition(SPECIMEN) });
    after.desk.start();
    await after.desk.queue.settled();
    expect(after.store.counts().pending).toBe(5);
    expect(after.engines.tencent.calls).toBe(3);
    const lost = after.store.attempts(3 as CardId);
    expect(lost.map(({ outcome, maybeCharged }) => ({ outcome, maybeCharged }))).toEqual([
      { outcome: 'unknown', maybeCharged: true },
      { outcome: 'finished', maybeCharged: false },
    ]);
  });

  it('leaves a card to a person when crashes swallowed its paid answer twice', async () => {
    const silent = { credentials: true, tencent: () => new Promise<never>(() => undefined) };
    let folder: string | undefined;
    for (let crash = 0; crash < 2; crash++) {
      const running = desk({ folder, ...silent });
      running.desk.start();
      if (crash === 0) await takeIn(running, 1);
      await eventually(() => expect(running.store.counts().recognising).toBe(1));
      folder = running.crash();
    }
    const after = desk({ folder, ...silent });
    after.desk.start();
    expect(after.store.card(only)?.state).toMatchObject({ kind: 'failed', code: 'client.answerLost' });
    expect(after.engines.tencent.calls).toBe(0);
  });

  it('leaves a card to a person when a possibly paid answer was lost twice', async () => {
    const test = desk({ credentials: true, tencent: () => engineError('client.timeout') });
    test.desk.start();
    await takeIn(test, 1);
    await eventually(() => {
      test.clock.advance(10_000);
      expect(test.store.card(only)?.state).toMatchObject({ kind: 'failed', code: 'client.answerLost' });
    });
    expect(test.engines.tencent.calls).toBe(2);
  });
});

describe('a queue that is held up', () => {
  it('does not count throttling as an attempt', async () => {
    const test = desk({
      credentials: true,
      tencent: (call) => (call <= 4 ? engineError('RequestLimitExceeded') : recognition(SPECIMEN)),
    });
    test.desk.start();
    await takeIn(test, 1);
    await eventually(() => {
      test.clock.advance(20_000);
      expect(test.store.counts().pending).toBe(1);
    });
    expect(test.engines.tencent.calls).toBe(5);
  });

  it('stops for wrong credentials after one call and keeps every card', async () => {
    const test = desk({
      credentials: true,
      slots: 1,
      tencent: () => engineError('AuthFailure.SignatureFailure'),
    });
    test.desk.start();
    await takeIn(test, 4);
    await test.desk.queue.settled();
    expect(test.desk.queue.status()).toMatchObject({ kind: 'stopped', code: 'AuthFailure.SignatureFailure' });
    expect(test.engines.tencent.calls).toBe(1);
    expect(test.store.counts()).toMatchObject({ queued: 4, failed: 0 });
  });

  it('goes on by itself when the person chooses another engine after it stopped', async () => {
    const test = desk({
      credentials: true,
      tencent: () => engineError('AuthFailure.SignatureFailure'),
      local: () => recognition(SPECIMEN),
    });
    test.desk.start();
    await takeIn(test, 2);
    await test.desk.queue.settled();
    test.desk.settings.change({ language: 'en' });
    expect(test.desk.queue.status().kind).toBe('stopped');
    test.desk.settings.change({ engine: 'local' });
    await test.desk.queue.settled();
    expect(test.store.counts().pending).toBe(2);
  });

  it('waits while the network is gone and goes on when it is back, at no cost', async () => {
    let online = false;
    const test = desk({
      credentials: true,
      slots: 1,
      tencent: () => (online ? recognition(SPECIMEN) : engineError('client.network', false)),
    });
    test.desk.start();
    await takeIn(test, 3);
    await eventually(() => expect(test.desk.queue.status().kind).toBe('offline'));
    expect(test.store.counts()).toMatchObject({ queued: 3, failed: 0 });
    online = true;
    await eventually(() => {
      test.clock.advance(30_000);
      expect(test.store.counts().pending).toBe(3);
    });
    expect(test.store.attempts(only).some(({ maybeCharged }) => maybeCharged)).toBe(false);
  });

  it('stays paused over a restart, and resumes when told', async () => {
    const before = desk({ local: () => recognition(SPECIMEN) });
    before.desk.start();
    before.desk.queue.pause();
    await takeIn(before, 2);
    const after = desk({ folder: before.crash(), local: () => recognition(SPECIMEN) });
    after.desk.start();
    expect(after.desk.queue.status().kind).toBe('paused');
    expect(after.engines.local.calls).toBe(0);
    after.desk.queue.resume();
    await after.desk.queue.settled();
    expect(after.store.counts().pending).toBe(2);
  });
});

describe('a card that was sent to an engine by name', () => {
  const noCredentials = () => engineError('AuthFailure.SecretIdNotFound');
  /** All cards go to this computer; the cloud can be asked by name. */
  const localFirst = (tencent: NonNullable<Parameters<typeof openTestDesk>[0]>['tencent']) => ({
    credentials: true,
    local: () => recognition(SPECIMEN),
    tencent,
  });
  async function started(tencent: Parameters<typeof localFirst>[0], cards: number): Promise<TestDesk> {
    const test = desk(localFirst(tencent));
    test.desk.settings.change({ engine: 'local' });
    test.desk.start();
    await takeIn(test, cards);
    await test.desk.queue.settled();
    return test;
  }

  it('fails alone where its engine lacks what it needs; its values stay and the others go on', async () => {
    const test = await started(noCredentials, 2);
    test.desk.review.recogniseAgain([only], 'tencent');
    await test.desk.queue.settled();
    expect(test.desk.queue.status().kind).toBe('idle');
    expect(test.store.card(only)).toMatchObject({ state: { kind: 'pending' }, fields: SPECIMEN });
    expect(test.store.attempts(only).at(-1)).toMatchObject({
      outcome: 'failed',
      errorCode: 'AuthFailure.SecretIdNotFound',
    });
    await takeIn(test, 3);
    await test.desk.queue.settled();
    expect(test.store.counts().pending).toBe(5);
  });

  it('fails with the code where it has no values', async () => {
    const test = desk({
      ...localFirst(noCredentials),
      local: () => engineError('FailedOperation.NoBankCardError'),
    });
    test.desk.settings.change({ engine: 'local' });
    test.desk.start();
    await takeIn(test, 1);
    await test.desk.queue.settled();
    test.desk.review.recogniseAgain([only], 'tencent');
    await test.desk.queue.settled();
    expect(test.store.card(only)?.state).toMatchObject({
      kind: 'failed',
      code: 'AuthFailure.SecretIdNotFound',
    });
  });

  it('fails alone as a second opinion too', async () => {
    const test = await started(noCredentials, 2);
    test.desk.review.secondOpinion([only]);
    await test.desk.queue.settled();
    expect(test.desk.queue.status().kind).toBe('idle');
    expect(test.store.card(only)).toMatchObject({ state: { kind: 'pending' }, fields: SPECIMEN });
  });

  it('stops the queue where all cards go to that engine', async () => {
    const test = await started(noCredentials, 1);
    test.desk.settings.change({ engine: 'tencent' });
    test.desk.review.recogniseAgain([only], 'tencent');
    await test.desk.queue.settled();
    expect(test.desk.queue.status()).toMatchObject({
      kind: 'stopped',
      code: 'AuthFailure.SecretIdNotFound',
    });
  });

  it('is served while the engine of all others stands still', async () => {
    const test = desk({ ...localFirst(noCredentials), slots: 1 });
    test.desk.start();
    await takeIn(test, 3);
    await test.desk.queue.settled();
    expect(test.desk.queue.status().kind).toBe('stopped');
    test.desk.queue.cancel();
    test.desk.review.recogniseAgain([only], 'local');
    await eventually(() => expect(test.store.card(only)?.state.kind).toBe('pending'));
  });

  it('holds up no card of the other engine while its own is out of reach, however many wait', async () => {
    const test = await started(() => engineError('client.network', false), 70);
    const all = test.store.ids({}, { key: 'takenIn', descending: false });
    test.desk.review.recogniseAgain(all, 'tencent');
    await eventually(() => expect(test.desk.queue.status().kind).toBe('offline'));
    await takeIn(test, 2);
    await eventually(() => expect(test.store.counts()).toMatchObject({ pending: 2, queued: 70 }));
  });

  it('refuses to ask an engine by name that cannot be asked at all', async () => {
    const test = desk({ local: () => recognition(SPECIMEN) });
    test.desk.start();
    await takeIn(test, 1);
    await test.desk.queue.settled();
    const again = test.desk.review.recogniseAgain([only], 'tencent');
    expect(again).toMatchObject({ ok: false, error: { code: 'card.noCredentials' } });
    expect(test.store.card(only)?.state.kind).toBe('pending');
  });
});
