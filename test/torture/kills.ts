/**
 * Kills -9 while the queue works: what was lost, what was paid again, and what is called perhaps paid that never left. Everything that is
 * random comes from a seed.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { randomFrom, type Random } from '../../tools/specimens/random';
import type { CardReport } from './profile';
import { overTheRate, startStub, type Call, type Stub } from './stub';

export interface KillTable {
  kills: number;
  cards: number;
  calls: number;
  /** Cards that were neither read nor given to a person with a reason. */
  lost: number;
  /** Cards given to a person because two answers were lost. */
  toPerson: number;
  /** Calls for a picture that was paid for before: its answer was not there yet when the run was killed, */
  paidAgainInFlight: number;
  /** it was on the socket for at most 5 ms, or longer. */
  paidAgainOnSocket: number;
  paidAgainArrived: number;
  /** Attempts called perhaps paid although no call of theirs came to the stub. */
  falseMaybe: number;
  overTheRate: number;
  defects: number;
  refusedToOpen: number;
}

export interface Run {
  readonly child: ChildProcess;
  readonly messages: readonly unknown[];
  readonly ended: Promise<number | null>;
}

export function start(script: string, folder: string, argument: string): Run {
  const child = fork(path.resolve('test/torture', script), [folder, argument], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const messages: unknown[] = [];
  child.on('message', (message) => messages.push(message));
  return { child, messages, ended: new Promise((resolve) => child.once('exit', resolve)) };
}

export const isOf = (what: string) => (message: unknown) => (message as { what?: string }).what === what;

export function said(run: Run, what: string): Promise<boolean> {
  return new Promise((resolve) => {
    const look = () => run.messages.some(isOf(what)) && resolve(true);
    run.child.on('message', look);
    void run.ended.then(() => resolve(run.messages.some(isOf(what))));
    look();
  });
}

/** One profile, killed at random moments until all its cards are done or `kills` are spent; answers when it was killed. */
async function killOften(
  folder: string,
  { endpoint }: Stub,
  { kills, random, table }: { kills: number; random: Random; table: KillTable },
): Promise<number[]> {
  const killed: number[] = [];
  while (killed.length < kills) {
    const run = start('child.ts', folder, endpoint);
    if (!(await said(run, 'started'))) table.refusedToOpen++;
    const settled = said(run, 'settled');
    const timer = new Promise<'kill'>((resolve) => setTimeout(() => resolve('kill'), random.next() * 1_500));
    const first = await Promise.race([settled, timer]);
    table.defects += run.messages.filter(isOf('defect')).length;
    if (first !== 'kill') {
      await run.ended;
      return killed;
    }
    run.child.kill('SIGKILL');
    killed.push(performance.now());
    await run.ended;
  }
  const last = start('child.ts', folder, endpoint);
  await last.ended;
  table.defects += last.messages.filter(isOf('defect')).length;
  return killed;
}

function judge(
  { hash, state, answers, maybe }: CardReport,
  calls: readonly Call[],
  killed: readonly number[],
  table: KillTable,
): void {
  const mine = calls.filter(({ picture }) => picture === hash);
  if (state === 'failed') table.toPerson++;
  else if (state !== 'pending') table.lost++;
  // Each call but the last was paid in vain, unless its answer never came about.
  for (const { came, answered } of mine.slice(0, -1)) {
    const end = killed.find((at) => at >= came) ?? Infinity;
    if (answered === undefined || answered > end) table.paidAgainInFlight++;
    else if (end - answered <= 5) table.paidAgainOnSocket++;
    else table.paidAgainArrived++;
  }
  table.falseMaybe += Math.max(0, maybe + answers - mine.length);
}

/** `seed`: the same seed, the same moments. */
export async function torture(kills: number, seed: number, cards = 60): Promise<KillTable> {
  const table: KillTable = {
    kills: 0,
    cards: 0,
    calls: 0,
    lost: 0,
    toPerson: 0,
    paidAgainInFlight: 0,
    paidAgainOnSocket: 0,
    paidAgainArrived: 0,
    falseMaybe: 0,
    overTheRate: 0,
    defects: 0,
    refusedToOpen: 0,
  };
  for (let profile = 0; table.kills < kills; profile++) {
    const random = randomFrom(`torture ${seed} ${profile}`);
    const stub = await startStub(random);
    const root = mkdtempSync(path.join(os.tmpdir(), 'cardproof-torture-'));
    const folder = path.join(root, 'profile');
    try {
      await start('profile.ts', folder, String(cards)).ended;
      const killed = await killOften(folder, stub, { kills: kills - table.kills, random, table });
      const reporter = start('profile.ts', folder, 'report');
      await reporter.ended;
      const reports = (reporter.messages[0] ?? []) as readonly CardReport[];
      if (reports.length !== cards) throw new Error(`Expected ${cards} cards but found ${reports.length}`);
      for (const card of reports) judge(card, stub.calls, killed, table);
      table.kills += killed.length;
      table.cards += cards;
      table.calls += stub.calls.length;
      table.overTheRate += overTheRate(stub.calls);
    } finally {
      stub.close();
      rmSync(root, { recursive: true, force: true });
    }
  }
  return table;
}
