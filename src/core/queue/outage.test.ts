import { describe, expect, it } from 'vitest';
import { FIELDS, openRecords, openRun, pass, reads } from '../../../test/helpers/queue-run';
import { engineError, recognition, type Script } from '../../../test/helpers/scripted-engine';
import type { EngineAnswer } from '../recognition/ports';

const OUTAGE_S = 90;

/** Answers as a service that fails until a moment; counts what it was asked meanwhile. */
function openOutage(failure: (call: number) => EngineAnswer) {
  const records = openRecords();
  const during = { calls: 0 };
  const begun = records.clock.monotonic();
  const tencent: Script = (call) => {
    if (records.clock.monotonic() - begun >= OUTAGE_S * 1_000) return recognition(FIELDS);
    during.calls++;
    return failure(call);
  };
  const run = openRun({ records, tencent, chosen: 'tencent' });
  return { ...run, during };
}

describe('the queue while the service fails', () => {
  const failures: [string, readonly string[]][] = [
    ['a gateway', ['client.http5xx']],
    ['a login page', ['client.notTheCloud']],
    ['silence', ['client.timeout']],
    ['connections that break', ['client.network']],
    ['the cloud itself', ['InternalError']],
    ['a code that nothing is known of', ['NeverSeen.Before']],
    ['now this, now that', ['client.http5xx', 'InternalError']],
  ];

  it.each(failures)('loses no card to %s, and few calls', async (_, codes) => {
    const { records, queue, during } = openOutage((call) => engineError(codes[call % codes.length] ?? ''));
    for (let n = 0; n < 60; n++) await records.wait(`card ${n}`);
    queue.start();
    await pass(records, OUTAGE_S - 1);
    expect(queue.status().kind).toBe('failing');
    expect(codes).toContain(queue.status().code);
    expect(during.calls).toBeLessThanOrEqual(10);
    await pass(records, 60);
    await queue.settled();
    expect(records.store.counts()).toMatchObject({ pending: 60, failed: 0, queued: 0 });
  });

  it('loses no card where they come one after the other, the first of them alone', async () => {
    const { records, queue, during } = openOutage(() => engineError('client.http5xx'));
    queue.start();
    for (let n = 0; n < 10; n++) {
      await records.wait(`card ${n}`);
      queue.wake();
      await pass(records, 2);
    }
    expect(queue.status().kind).toBe('failing');
    await pass(records, OUTAGE_S + 30);
    await queue.settled();
    expect(during.calls).toBeLessThanOrEqual(10);
    expect(records.store.counts()).toMatchObject({ pending: 10, failed: 0, queued: 0 });
  });

  it('loses no card to a key that is refused for haste for an hour, and does not go on asking', async () => {
    const records = openRecords();
    let refusing = true;
    const tencent: Script = () => (refusing ? engineError('RequestLimitExceeded') : recognition(FIELDS));
    const { queue, engines } = openRun({ records, tencent, chosen: 'tencent' });
    for (let n = 0; n < 60; n++) await records.wait(`card ${n}`);
    queue.start();
    await pass(records, 3_600);
    expect(queue.status()).toMatchObject({ kind: 'failing', code: 'RequestLimitExceeded' });
    expect(engines.tencent.calls).toBeLessThanOrEqual(20 + 60 + 10);
    refusing = false;
    records.clock.advance(60_000);
    await queue.settled();
    expect(records.store.counts()).toMatchObject({ pending: 60, failed: 0, queued: 0 });
  });

  it('risks no card for a third answer that may be paid for: then a person decides for all', async () => {
    const { records, queue, engines } = openOutage(() => engineError('client.http5xx'));
    const ids = [await records.wait('a'), await records.wait('b')];
    queue.start();
    await pass(records, 30);
    expect(queue.status()).toMatchObject({ kind: 'stopped', code: 'client.http5xx' });
    expect(engines.tencent.calls).toBe(4);
    expect(records.store.counts()).toMatchObject({ queued: 2, failed: 0 });
    // Another card that has lost nothing finds out.
    records.clock.advance(OUTAGE_S * 1_000);
    await records.wait('c');
    queue.wake();
    await queue.settled();
    expect(records.store.counts()).toMatchObject({ pending: 3, queued: 0 });
    expect(ids.map((id) => records.outcomes(id).at(-1))).toEqual(['finished', 'finished']);
  });
});

describe('the queue while single cards fail', () => {
  it.each([
    ['FailedOperation.OcrFailed', 'tencent'],
    ['FailedOperation.UnKnowError', 'tencent'],
    ['FailedOperation.NeverSeen', 'tencent'],
    ['local.crashed', 'local'],
  ] as const)('fails the cards that %s is said of, also where there are no others', async (code, chosen) => {
    const refuses: Script = () => engineError(code, false);
    const { records, queue } = openRun({ tencent: refuses, local: refuses, chosen });
    for (const name of ['a', 'b', 'c']) await records.wait(name);
    queue.start();
    await pass(records, 60);
    expect(queue.status().kind).toBe('idle');
    expect(records.store.counts()).toMatchObject({ failed: 3, queued: 0 });
  });

  it('fails a card alone that a service which works for all others cannot read', async () => {
    const records = openRecords();
    const bad = await records.wait('bad');
    for (let n = 0; n < 20; n++) await records.wait(`card ${n}`);
    const { queue, engines } = openRun({ records, tencent: reads, chosen: 'tencent' });
    const recognise = engines.tencent.recognise;
    engines.tencent.recognise = async (request, signal) =>
      new TextDecoder().decode(request.image) === 'bad'
        ? engineError('Strange.Code')
        : recognise(request, signal);
    queue.start();
    await pass(records, 20);
    await queue.settled();
    expect(records.card(bad).state).toMatchObject({ kind: 'failed', code: 'Strange.Code' });
    expect(records.store.counts()).toMatchObject({ pending: 20, failed: 1 });
  });
});
