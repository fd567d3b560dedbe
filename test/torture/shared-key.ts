/** Several desks with one key, on one computer or on several, against a service that keeps a strict second. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { randomFrom } from '../../tools/specimens/random';
import { said, start } from './kills';
import type { CardReport } from './profile';
import { startStub, type Call } from './stub';

export interface SharedKeyTable {
  desks: number;
  computers: number;
  cards: number;
  /** Cards that were read in the end. */
  read: number;
  calls: number;
  refused: number;
  seconds: number;
  /** Answered calls of what the key allows, from the fifth second until the first desk is done. */
  shareOfQuota: number;
  defects: number;
}

const RATE = 10;
const WARM_MS = 5_000;

export async function shareKey(desks: number, cards: number, together: boolean): Promise<SharedKeyTable> {
  const stub = await startStub(randomFrom(`shared key ${desks}`), { strict: true });
  const root = mkdtempSync(path.join(os.tmpdir(), 'cardproof-torture-'));
  try {
    // What processes of one computer share lies beside their profiles.
    const folders = Array.from({ length: desks }, (_, at) =>
      together ? path.join(root, `desk-${at}`) : path.join(root, `computer-${at}`, 'desk'),
    );
    for (const folder of folders) await start('profile.ts', folder, String(cards)).ended;
    const began = performance.now();
    const runs = folders.map((folder) => start('child.ts', folder, stub.endpoint));
    await Promise.race(runs.map((run) => said(run, 'settled')));
    const firstDone = performance.now();
    await Promise.all(runs.map(({ ended }) => ended));
    const ended = performance.now();
    let read = 0;
    for (const folder of folders) {
      const reporter = start('profile.ts', folder, 'report');
      await reporter.ended;
      const reports = (reporter.messages[0] ?? []) as readonly CardReport[];
      read += reports.filter(({ state }) => state === 'pending').length;
    }
    return {
      desks,
      computers: together ? 1 : desks,
      cards: desks * cards,
      read,
      calls: stub.calls.length,
      refused: stub.calls.filter(({ refused }) => refused).length,
      seconds: Math.round((ended - began) / 1_000),
      shareOfQuota: share(stub.calls, began + WARM_MS, firstDone),
      defects: runs
        .flatMap(({ messages }) => messages)
        .filter((one) => (one as { what?: string }).what === 'defect').length,
    };
  } finally {
    stub.close();
    rmSync(root, { recursive: true, force: true });
  }
}

function share(calls: readonly Call[], from: number, to: number): number {
  const answered = calls.filter(({ came, refused }) => !refused && came >= from && came < to);
  return Math.round((answered.length / (((to - from) / 1_000) * RATE)) * 1_000) / 1_000;
}
