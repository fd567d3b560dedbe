/**
 * `process …` that is ended, or cannot write, while it pays for answers: what has left is waited for and kept, what has not costs
 * nothing, nothing lies about afterwards, and the same command goes on without paying twice.
 */
import { spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readSheet } from 'read-excel-file/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { databaseIn, openProfileKeys } from '../../src/adapters/files/profile';
import { openDatabase } from '../../src/adapters/sqlite/database';
import { createDeskStore } from '../../src/adapters/sqlite/desk-store';
import { startStub, type Stub } from '../torture/stub';
import { writePictures } from '../helpers/pictures';
import { eventually } from '../helpers/eventually';

const PASSPHRASE = { CARDPROOF_PASSPHRASE: 'a passphrase for this test' };
const CARDS = 8;
let root: string;
let all: string;
beforeAll(async () => {
  root = mkdtempSync(path.join(os.tmpdir(), 'cardproof-ends-'));
  all = path.join(root, 'in');
  await writePictures(all, CARDS);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

let stub: Stub;
let place: string;
const at = (name: string) => path.join(place, name);
/** But for the rate at which a key may be used, which all processes of a computer go by. */
const inIt = (name: string) =>
  readdirSync(at(name), { recursive: true, encoding: 'utf8' }).filter(
    (file) => !file.startsWith('cardproof-rate'),
  );
beforeEach(async () => {
  // Slow enough that several calls are under way.
  stub = await startStub({ next: () => 1 }, { longestMs: 1_200 });
  place = mkdtempSync(path.join(root, 'case-'));
  for (const name of ['tmp', 'out', 'state']) mkdirSync(at(name));
  cpSync(all, at('in'), { recursive: true });
});
afterEach(() => stub.close());

function start(words: readonly string[], environment: Readonly<Record<string, string>> = PASSPHRASE) {
  const outside = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(TENCENTCLOUD|CARDPROOF)_|^DBUS/.test(name)),
  );
  const options = ['--engine', 'tencent', '--endpoint', stub.endpoint, '--export', at('out/cards.xlsx')];
  const child = spawn(
    process.execPath,
    [path.resolve('out/main/headless.js'), 'process', at('in'), ...options, ...words],
    {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        ...outside,
        TENCENTCLOUD_SECRET_ID: 'AKIDinvented0001',
        TENCENTCLOUD_SECRET_KEY: 'invented-secret-key',
        TMPDIR: at('tmp'),
        XDG_STATE_HOME: at('state'),
        ...environment,
      },
    },
  );
  let said = '';
  child.stderr.on('data', (data: Buffer) => (said += data.toString()));
  const ended = new Promise<{ code: number | null; said: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, said })),
  );
  return { child, ended, said: () => said };
}

/** What a profile says of its calls. Whoever asks keeps it open until the end: no run can be started in it any more. */
async function recordsOf(profile: string) {
  const keys = await openProfileKeys(profile, undefined, PASSPHRASE.CARDPROOF_PASSPHRASE);
  if (!keys.ok) throw new Error(keys.error.code);
  const database = openDatabase({
    file: databaseIn(profile),
    keyHex: keys.value.databaseKeyHex,
    migrationsDir: path.resolve('resources/migrations'),
  });
  if (!database.ok) throw new Error(database.error.code);
  const store = createDeskStore(database.value);
  const ids = store.ids({}, { key: 'takenIn', descending: false });
  const attempts = ids.flatMap((id) => store.attempts(id).map(({ outcome }) => outcome));
  store.close();
  return attempts;
}

const MOMENTS: readonly (readonly [string, () => boolean])[] = [
  ['as soon as a call has left', () => stub.calls.length > 0],
  ['when some are answered and some under way', () => stub.calls.some(({ answered }) => answered)],
];
const SIGNALS = [
  ['SIGTERM', 143],
  ['SIGINT', 130],
  ['SIGHUP', 129],
] as const;

describe.skipIf(process.platform === 'win32')('process that is ended while it pays', () => {
  it.each(SIGNALS.flatMap(([signal, code]) => MOMENTS.map(([when, is]) => ({ signal, code, when, is }))))(
    '$signal $when: knows of every call, leaves nothing, and nothing is paid twice',
    async ({ signal, code, is }) => {
      const words = ['--profile', at('profile')];
      const run = start(words);
      await eventually(() => expect(is()).toBe(true));
      run.child.kill(signal);
      expect(await run.ended).toMatchObject({ code });
      expect(stub.calls.length).toBeLessThan(CARDS);
      expect([...inIt('tmp'), ...inIt('out'), ...inIt('state')]).toEqual([]);
      expect(inIt('profile').filter((name) => /part$|sealed$|named$/.test(name))).toEqual([]);
      expect(await start(words).ended).toMatchObject({ code: 0 });
      expect(stub.calls).toHaveLength(CARDS);
      expect(await recordsOf(at('profile'))).toEqual(Array(CARDS).fill('finished'));
      expect(await readSheet(at('out/cards.xlsx'))).toHaveLength(CARDS + 1);
    },
  );

  it('before anything was sent: costs nothing', async () => {
    const run = start(['--profile', at('profile')]);
    await eventually(() => expect(readdirSync(place)).toContain('profile'));
    run.child.kill('SIGTERM');
    expect(await run.ended).toMatchObject({ code: 143 });
    expect([...inIt('tmp'), ...inIt('out')]).toEqual([]);
    expect(stub.calls).toEqual([]);
  });

  it('ends at once at the second signal, whichever it is', async () => {
    stub.close();
    stub = await startStub({ next: () => 1 }, { longestMs: 600_000 });
    const run = start(['--profile', at('profile')]);
    await eventually(() => expect(stub.calls.length).toBeGreaterThan(0));
    run.child.kill('SIGTERM');
    await eventually(() => expect(run.said()).toContain('Stopped before it was done'));
    // What comes with the first is the same act.
    await eventually(() => {
      run.child.kill('SIGINT');
      expect(run.child.exitCode).toBe(130);
    });
  });

  it('ends in order, and is waited for, where only the script that started it is told', async () => {
    const script = at('start.mjs');
    const run = JSON.stringify(path.resolve('scripts/lib/say.mjs'));
    const words = JSON.stringify([
      '-e',
      'process.on("SIGTERM", () => setTimeout(() => process.exit(143), 200)); console.log("up"); setInterval(() => 1, 1000)',
    ]);
    writeFileSync(
      script,
      `import { main, run } from ${run}; await main(async () => (await run(process.execPath, ${words}, { endsItself: true })).code);`,
    );
    const started = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => started.once('close', (code) => resolve(code)));
    await new Promise((resolve) => started.stdout.once('data', resolve));
    started.kill('SIGTERM');
    expect(await ended).toBe(143);
  });

  it('ends in order where one act is said twice', async () => {
    const run = start([]);
    await eventually(() => expect(stub.calls.length).toBeGreaterThan(0));
    run.child.kill('SIGTERM');
    await eventually(() => expect(run.said()).toContain('Stopped before it was done'));
    run.child.kill('SIGTERM');
    const { code, said } = await run.ended;
    expect(code).toBe(143);
    expect(said).toContain('is kept, encrypted');
    expect(inIt('tmp')).toEqual([]);
  });
});

describe('what was paid for without a profile', () => {
  const keptIn = (said: string) => /--profile (\S+),/.exec(said)?.[1] ?? '';
  const again = (profile: string) => start(['--profile', profile, '--export', at('again.xlsx')]).ended;
  const digits = (folder: string) =>
    inIt(folder)
      .map((name) => at(path.join(folder, name)))
      .filter((file) => statSync(file).isFile() && /6222\d{8,}/.test(readFileSync(file, 'latin1')));

  it('is kept until it was delivered, when the place of the sheet is gone at the end', async () => {
    const run = start([]);
    await eventually(() => expect(stub.calls.length).toBeGreaterThan(0));
    rmSync(at('out'), { recursive: true });
    const { code, said } = await run.ended;
    expect(code).toBe(1);
    expect(said).toContain('The sheet cannot be written');
    const profile = keptIn(said);
    expect(profile.startsWith(at('state'))).toBe(true);
    expect(inIt('tmp')).toEqual([]);
    // Also where nothing is left of what was given.
    rmSync(at('in'), { recursive: true });
    expect(await again(profile)).toMatchObject({ code: 0 });
    expect(stub.calls).toHaveLength(CARDS);
    expect(await readSheet(at('again.xlsx'))).toHaveLength(CARDS + 1);
  });

  it.skipIf(process.platform === 'win32')('is kept when the run is ended, and goes on', async () => {
    const run = start([]);
    await eventually(() => expect(stub.calls.some(({ answered }) => answered)).toBe(true));
    run.child.kill('SIGTERM');
    const { code, said } = await run.ended;
    expect(code).toBe(143);
    expect(inIt('tmp')).toEqual([]);
    expect(await again(keptIn(said))).toMatchObject({ code: 0 });
    expect(stub.calls).toHaveLength(CARDS);
  });

  it('is written with masked numbers elsewhere, when nothing could keep a key', async () => {
    const run = start(['--full-numbers'], {});
    await eventually(() => expect(stub.calls.length).toBeGreaterThan(0));
    rmSync(at('out'), { recursive: true });
    const { code, said } = await run.ended;
    expect(code).toBe(1);
    expect(said).toContain('Set CARDPROOF_PASSPHRASE, or --profile');
    const sheet = /is written to (\S+),/.exec(said)?.[1] ?? '';
    expect(await readSheet(sheet)).toHaveLength(CARDS + 1);
    expect(JSON.stringify(await readSheet(sheet))).not.toMatch(/6222\d{8,}/);
    expect(digits('state')).toEqual([]);
    expect(inIt('tmp')).toEqual([]);
  });

  it('is not kept where it was delivered', async () => {
    expect(await start([]).ended).toMatchObject({ code: 0 });
    expect([...inIt('state'), ...inIt('tmp')]).toEqual([]);
  });
});

describe('a folder for temporary files', () => {
  it.each([
    ['that is not there', 'gone'],
    ['that is none', 'in/scan-001.jpg'],
  ])('%s: is said in a sentence, before anything is paid for', async (_what, folder) => {
    const { code, said } = await start([], { ...PASSPHRASE, TMPDIR: at(folder), TEMP: at(folder) }).ended;
    expect(code).toBe(1);
    expect(said).toContain('is no folder');
    expect(said).not.toMatch(/went wrong in CardProof|\n +at /);
    expect(stub.calls).toEqual([]);
  });
});

describe.skipIf(process.platform === 'win32')('a place that is somebody’s', () => {
  it.each([
    ['sheet and lines by two ways', () => ['--json', at('link/same'), '--export', at('out/same')]],
    ['what was given, and is no picture', () => ['--json', at('notes.txt'), at('notes.txt')]],
    ['what was given, by a link', () => ['--json', at('link/notes.txt'), at('out/notes.txt')]],
  ])('%s: is said before anything is paid for', async (_what, words) => {
    symlinkSync(at('out'), at('link'));
    for (const name of ['notes.txt', 'out/notes.txt']) writeFileSync(at(name), 'notes');
    const { code, said } = await start(words()).ended;
    expect(code).toBe(1);
    expect(said).toContain('named twice');
    expect(stub.calls).toEqual([]);
    expect(readFileSync(at('notes.txt'), 'utf8')).toBe('notes');
    expect(readFileSync(at('out/notes.txt'), 'utf8')).toBe('notes');
  });
});

describe('a profile that cannot be', () => {
  it.each([
    ['below a file', () => at('in/scan-001.jpg/profile'), 'no folder'],
    ['in the place of a file', () => at('in/scan-001.jpg'), 'no folder'],
  ])('%s: is said before anything is paid for', async (_what, folder, words) => {
    const { code, said } = await start(['--profile', folder()]).ended;
    expect(code).toBe(1);
    expect(said).toContain(words);
    expect(stub.calls).toEqual([]);
  });
});
