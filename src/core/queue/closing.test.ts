/** A queue that is closed: what has left is waited for until it is enough, what has not costs nothing. */
import { describe, expect, it } from 'vitest';
import { FIELDS, openRecords, openRun, reads } from '../../../test/helpers/queue-run';
import { newCanceller, turns } from '../../../test/helpers/memory-world';
import { recognition, type Script } from '../../../test/helpers/scripted-engine';
import type { EngineAnswer } from '../recognition/ports';

/** Answers when it is told to, or says that it was called off on its way. */
function line() {
  const waiting: ((answer: EngineAnswer) => void)[] = [];
  const script: Script = (_call, signal) =>
    new Promise((resolve) => {
      waiting.push(resolve);
      signal.addEventListener('abort', () => resolve({ kind: 'cancelled', sent: true }));
    });
  return { script, answer: () => waiting.splice(0).forEach((settle) => settle(recognition(FIELDS))) };
}

async function openClosing() {
  const records = openRecords();
  const { script, answer } = line();
  const run = openRun({ records, tencent: script, chosen: 'tencent' });
  for (let n = 0; n < 5; n++) await records.wait(`card ${n}`);
  run.queue.start();
  await turns();
  return { ...run, answer, sent: run.engines.tencent.calls };
}

describe('a queue that closes', () => {
  it('keeps the answers to what has left, and sends nothing more', async () => {
    const { records, queue, engines, answer, sent } = await openClosing();
    const enough = newCanceller();
    const closed = queue.close(enough.signal);
    answer();
    await closed;
    expect(sent).toBeGreaterThan(0);
    expect(engines.tencent.calls).toBe(sent);
    expect(records.store.counts()).toMatchObject({ pending: sent, queued: 5 - sent, recognising: 0 });
    enough.cancel();
  });

  it.each(['later', 'from the start'])(
    'gives up what is on its way when it is enough %s, as perhaps paid',
    async (when) => {
      const { records, queue, sent } = await openClosing();
      const enough = newCanceller();
      if (when === 'from the start') enough.cancel();
      const closed = queue.close(enough.signal);
      await turns();
      enough.cancel();
      await closed;
      expect(records.store.counts()).toMatchObject({ queued: 5, recognising: 0, failed: 0 });
      expect(records.store.unfinishedAttempts()).toEqual([]);

      // The next run asks each once more, and no card is taken for one that lost two.
      const next = openRun({ records, tencent: reads, chosen: 'tencent' });
      next.queue.start();
      await next.queue.settled();
      expect(records.store.counts()).toMatchObject({ pending: 5 });
      expect(next.engines.tencent.calls + sent).toBe(5 + sent);
    },
  );
});
