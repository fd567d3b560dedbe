/** `process …` as a script calls it: the built application in plain Node, its files and its exit codes. */
import { type ChildProcess, spawn } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readSheet } from 'read-excel-file/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const SPECIMENS = path.resolve('resources/specimens');
const CREDENTIALS = {
  TENCENTCLOUD_SECRET_ID: 'AKIDEMULATOR00000000',
  TENCENTCLOUD_SECRET_KEY: 'EMULATORemulatorEMULATOR',
};
interface Line {
  readonly file: string;
  readonly state: string;
  readonly reason?: string;
  readonly engine: string | null;
  readonly fields: { readonly cardNumber: string | null };
  readonly attempts: readonly {
    readonly engine: string;
    readonly requestId?: string;
    readonly errorCode?: string;
  }[];
}

let folder: string;
let pictures: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'cardproof-headless-'));
  pictures = path.join(folder, 'in');
  mkdirSync(pictures);
  const some = readdirSync(SPECIMENS).filter((name) => /^(flat|busy)-\d\.jpg$/.test(name));
  for (const name of some) copyFileSync(path.join(SPECIMENS, name), path.join(pictures, name));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function run(
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<{ code: number | null; stderr: string; stdout: string }> {
  const outside = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(TENCENTCLOUD|CARDPROOF)_/.test(name)),
  );
  const child = spawn(process.execPath, [path.resolve('out/main/headless.js'), ...args], {
    env: { ...outside, ...environment },
  });
  let [stderr, stdout] = ['', ''];
  child.stderr.on('data', (data: Buffer) => (stderr += data.toString()));
  child.stdout.on('data', (data: Buffer) => (stdout += data.toString()));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stderr, stdout })));
}

function lines(file: string): Line[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Line);
}

const truth = (): Record<string, string> => {
  const entries = JSON.parse(readFileSync(path.join(SPECIMENS, 'truth.json'), 'utf8')) as {
    file: string;
    cardNumber: string;
  }[];
  return Object.fromEntries(entries.map(({ file, cardNumber }) => [file, cardNumber]));
};

describe('process', () => {
  it('recognises a folder on this computer, masked, and writes sheet and lines', async () => {
    const [sheet, json] = [path.join(folder, 'o.xlsx'), path.join(folder, 'o.jsonl')];
    const ran = await run(['process', pictures, '--engine', 'local', '--export', sheet, '--json', json]);
    expect(ran).toMatchObject({ code: 0, stdout: '' });
    const read = lines(json);
    expect(read.length).toBe(readdirSync(pictures).length);
    for (const line of read) {
      const whole = truth()[path.basename(line.file)] ?? '';
      expect(line).toMatchObject({ state: 'pending', engine: 'local', attempts: [{ engine: 'local' }] });
      expect(line.fields.cardNumber).toBe(
        whole.slice(0, 6) + '•'.repeat(whole.length - 10) + whole.slice(-4),
      );
    }
    const written = readFileSync(json, 'utf8') + ran.stderr;
    for (const number of Object.values(truth()).filter(Boolean)) expect(written).not.toContain(number);
    expect(await readSheet(sheet)).toHaveLength(read.length + 1);
  });

  it('ends with 2 when some failed and names each with its reason', async () => {
    const bad = path.join(folder, 'bad.jpg');
    writeFileSync(bad, 'no picture');
    const json = path.join(folder, 'bad.jsonl');
    const first = path.join(pictures, readdirSync(pictures)[0] ?? '');
    const ran = await run(['process', bad, first, '--engine', 'local', '--json', json, '--full-numbers']);
    expect(ran.code).toBe(2);
    expect(ran.stderr).toContain('failed: bad.jpg: Not a picture we know');
    expect(lines(json).map(({ state, reason }) => reason ?? state)).toEqual([
      'picture.unknownFormat',
      'pending',
    ]);
    expect(lines(json)[1]?.fields.cardNumber).toBe(truth()[path.basename(first)]);
  });

  it('masks a number in the name of a file, also where it says that it failed', async () => {
    const number = '6222020000000000000';
    const named = path.join(folder, number, `${number}.jpg`);
    mkdirSync(path.dirname(named));
    writeFileSync(named, 'no picture');
    const json = path.join(folder, 'named.jsonl');
    const args = ['process', path.dirname(named), '--engine', 'local', '--json', json];
    const ran = await run(args);
    expect(ran.stderr).toContain('failed: 622202•••••••••0000.jpg');
    expect(ran.stderr + readFileSync(json, 'utf8')).not.toContain(number);
    await run([...args, '--full-numbers']);
    expect(lines(json)[0]?.file).toBe(named);
  });

  it.each([
    [['process'], 'Expected a path or a link'],
    [['process', 'x.jpg', '--endpoint', 'http://far.example'], 'The address must be https://'],
    [['process', 'x.jpg', '--profile', '/dev/null/x'], 'The records cannot be opened'],
    [['process', 'x.jpg', '--json', '/no/such/place/o.jsonl'], 'The lines of JSON cannot be written'],
  ])('ends with 1 when it cannot run: %j', async (args, words) => {
    const ran = await run(args);
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain(words);
  });

  it('masks a number also where it says what was typed', async () => {
    for (const words of [['--engine', '\u001b[31m6222020011223344'], ['--6222020011223344']]) {
      const { code, stderr } = await run(['process', pictures, ...words]);
      expect(code).toBe(1);
      expect(stderr).toContain('622202••••••3344');
      for (const never of ['6222020011223344', '\u001b']) expect(stderr).not.toContain(never);
    }
  });

  it('keeps a profile under a passphrase, and opens it with no other', async () => {
    const profile = path.join(folder, 'profile');
    const args = ['process', path.join(folder, 'gone.jpg'), '--engine', 'local', '--profile', profile];
    expect((await run(args, { CARDPROOF_PASSPHRASE: 'a passphrase for this test' })).code).toBe(2);
    expect(existsSync(path.join(profile, 'cards.db'))).toBe(true);
    const wrong = await run(args, { CARDPROOF_PASSPHRASE: 'another passphrase' });
    expect(wrong).toMatchObject({ code: 1, stderr: expect.stringContaining('Wrong passphrase') });
  });
});

describe('process that is ended before it is done', () => {
  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
    ['SIGKILL', null],
  ] as const)('leaves nothing: %s', async (signal, code) => {
    const temporary = path.join(folder, `tmp-${signal}`);
    const out = path.join(folder, `out-${signal}`);
    mkdirSync(temporary);
    mkdirSync(out);
    const files = [
      '--export',
      path.join(out, 'o.xlsx'),
      '--json',
      path.join(out, 'o.jsonl'),
      '--full-numbers',
    ];
    const args = ['process', pictures, '--engine', 'local', ...files];
    const child = spawn(process.execPath, [path.resolve('out/main/headless.js'), ...args], {
      env: { ...process.env, TMPDIR: temporary },
    });
    const over = new Promise((resolve) => child.on('exit', resolve));
    // The first card is done: pictures and records are there.
    await new Promise<void>((resolve) =>
      child.stderr.on('data', (data: Buffer) => /[1-9] of/.test(data.toString()) && resolve()),
    );
    expect(readdirSync(temporary)).toHaveLength(1);
    child.kill(signal);
    expect(await over).toBe(code);
    expect(readdirSync(out)).toEqual([]);
    if (signal === 'SIGKILL') {
      expect(readdirSync(temporary)).toHaveLength(1);
      await run(['process', path.join(folder, 'gone.jpg'), '--engine', 'local'], { TMPDIR: temporary });
    }
    expect(readdirSync(temporary)).toEqual([]);
  });
});

describe('process against the emulator', () => {
  let emulator: ChildProcess;
  let url: string;
  beforeAll(async () => {
    const flags = [
      '--port',
      '0',
      '--secret-id',
      CREDENTIALS.TENCENTCLOUD_SECRET_ID,
      '--secret-key',
      CREDENTIALS.TENCENTCLOUD_SECRET_KEY,
    ];
    emulator = spawn(process.execPath, [path.resolve('out/main/emulator.js'), ...flags], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const line = await new Promise<string>((resolve) =>
      emulator.stdout?.once('data', (data: Buffer) => resolve(data.toString())),
    );
    url = (JSON.parse(line) as { listening: string }).listening;
  });
  afterAll(() => void emulator.kill());

  it('calls the cloud by itself where credentials are given, and keeps each request id', async () => {
    const json = path.join(folder, 'cloud.jsonl');
    const ran = await run(['process', pictures, '--endpoint', url, '--json', json], CREDENTIALS);
    expect(ran.code).toBe(0);
    for (const line of lines(json)) {
      expect(line).toMatchObject({
        engine: 'tencent',
        attempts: [{ engine: 'tencent', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) }],
      });
    }
  });

  it('pays for nothing when it will not be able to write what it is asked for', async () => {
    const calls = async () => ((await (await fetch(`${url}/_calls`)).json()) as unknown[]).length;
    const before = await calls();
    const picture = path.join(pictures, 'flat-1.jpg');
    const bytes = readFileSync(picture);
    for (const target of [path.join(folder, 'nowhere/o'), folder, picture]) {
      for (const option of ['--json', '--export']) {
        const words = ['process', pictures, '--endpoint', url, option, target];
        const { code, stderr } = await run(words, CREDENTIALS);
        expect(code).toBe(1);
        expect(stderr).toContain(`cannot be written to ${target}, nothing was recognised`);
      }
    }
    expect(await calls()).toBe(before);
    expect(readFileSync(picture)).toEqual(bytes);
  });

  it('pays once for a picture, however often and under whatever name it is given with a profile', async () => {
    const profile = path.join(folder, 'paid');
    const scans = path.join(folder, 'paid-in');
    mkdirSync(scans);
    const [first, second] = readdirSync(pictures);
    for (const [from, to] of [
      [first, 'a.jpg'],
      [first, 'b.jpg'],
      [second, 'c.jpg'],
    ] as const)
      copyFileSync(path.join(pictures, from ?? ''), path.join(scans, to));
    const environment = { ...CREDENTIALS, CARDPROOF_PASSPHRASE: 'a passphrase for this test' };
    const charged = async (args: readonly string[]) => {
      const calls = async () => ((await (await fetch(`${url}/_calls`)).json()) as unknown[]).length;
      const before = await calls();
      const files = ['--json', path.join(folder, 'p.jsonl'), '--export', path.join(folder, 'p.xlsx')];
      const ran = await run(
        ['process', ...args, '--endpoint', url, '--profile', profile, ...files],
        environment,
      );
      const names = lines(files[1] ?? '').map(({ file }) => path.basename(file));
      expect(await readSheet(files[3] ?? '')).toHaveLength(names.length + 1);
      return { code: ran.code, calls: (await calls()) - before, names };
    };
    const all = ['a.jpg', 'b.jpg', 'c.jpg'];
    expect(await charged([scans])).toEqual({ code: 0, calls: 2, names: all });
    expect(await charged([scans])).toEqual({ code: 0, calls: 0, names: all });
    expect(await charged([path.join(scans, 'c.jpg'), scans])).toEqual({
      code: 0,
      calls: 0,
      names: ['c.jpg', 'a.jpg', 'b.jpg'],
    });
    expect(await charged([scans, '--again'])).toEqual({ code: 0, calls: 2, names: all });
  });

  it('stops at the first call with a wrong key and says what to do', async () => {
    const ran = await run(['process', pictures, '--endpoint', url], {
      ...CREDENTIALS,
      TENCENTCLOUD_SECRET_KEY: 'wrongWRONGwrong',
    });
    expect(ran.code).toBe(1);
    expect(ran.stderr).toContain('Signature mismatch, usually a wrong SecretKey');
    expect(ran.stderr).not.toContain('wrongWRONGwrong');
  });
});

describe('process on a disk that takes no more', () => {
  it.skipIf(process.platform === 'win32')(
    'says so in a sentence, and shows nobody the inside of the program',
    async () => {
      const profile = path.join(folder, 'full');
      // The system refuses every file that would be larger than so many kilobytes.
      const limited = 'ulimit -f 500 && exec "$0" "$@"';
      const words = [
        path.resolve('out/main/headless.js'),
        'process',
        SPECIMENS,
        '--engine',
        'local',
        '--profile',
        profile,
      ];
      const child = spawn('bash', ['-c', limited, process.execPath, ...words], {
        env: { ...process.env, CARDPROOF_PASSPHRASE: 'a disk that takes no more' },
      });
      let said = '';
      child.stderr.on('data', (data: Buffer) => {
        said += data.toString();
        if (said.includes('blocked: ')) child.kill('SIGTERM');
      });
      await new Promise((resolve) => child.once('close', resolve));
      expect(said).toMatch(/blocked: The disk (is full|with the records fails)/);
      expect(said).not.toMatch(/^ +at /m);
    },
  );
});
