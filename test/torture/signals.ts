/**
 * Signals that end the queue at work, at random moments: how it ends, what is known of its calls, what is paid again and what it
 * leaves. Everything that is random comes from a seed.
 */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { codeOf, type EndSignal } from '../../src/main/ending';
import { randomFrom } from '../../tools/specimens/random';
import { isOf, said, start } from './kills';
import type { CardReport } from './profile';
import { startStub } from './stub';

export interface SignalTable {
  ended: number;
  calls: number;
  /** Cards that were neither read nor given to a person with a reason. */
  lost: number;
  /** Attempts whose fate nobody knows. */
  unknown: number;
  paidAgain: number;
  /** Files that were begun and not ended. */
  leftovers: number;
  wrongExitCode: number;
  defects: number;
}

const LEFT = /\.(part|sealed|named)$/;

export async function tortureBySignal(
  signal: EndSignal,
  times: number,
  seed: number,
  cards = 40,
): Promise<SignalTable> {
  const table: SignalTable = {
    ended: 0,
    calls: 0,
    lost: 0,
    unknown: 0,
    paidAgain: 0,
    leftovers: 0,
    wrongExitCode: 0,
    defects: 0,
  };
  for (let profile = 0; table.ended < times; profile++) {
    const random = randomFrom(`${signal} ${seed} ${profile}`);
    const stub = await startStub(random);
    const folder = mkdtempSync(path.join(os.tmpdir(), 'cardproof-torture-'));
    try {
      await start('profile.ts', folder, String(cards)).ended;
      for (let over = false; !over;) {
        const run = start('child.ts', folder, stub.endpoint);
        await said(run, 'started');
        const moment = new Promise<'signal'>((resolve) =>
          setTimeout(() => resolve('signal'), random.next() * 1_500),
        );
        const enough = table.ended >= times;
        over = (await Promise.race([said(run, 'settled'), ...(enough ? [] : [moment])])) !== 'signal';
        if (!over) run.child.kill(signal);
        const code = await run.ended;
        if (code !== (over ? 0 : codeOf(signal))) table.wrongExitCode++;
        if (!over) table.ended++;
        table.defects += run.messages.filter(isOf('defect')).length;
        const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
        table.leftovers += names.filter((name) => LEFT.test(name)).length;
      }
      const reporter = start('profile.ts', folder, 'report');
      await reporter.ended;
      const reports = (reporter.messages[0] ?? []) as readonly CardReport[];
      if (reports.length !== cards) throw new Error(`Expected ${cards} cards but found ${reports.length}`);
      for (const { state, maybe } of reports) {
        if (state !== 'pending' && state !== 'failed') table.lost++;
        table.unknown += maybe;
      }
      table.calls += stub.calls.length;
      table.paidAgain += stub.calls.length - new Set(stub.calls.map(({ picture }) => picture)).size;
    } finally {
      stub.close();
      rmSync(folder, { recursive: true, force: true });
    }
  }
  return table;
}
