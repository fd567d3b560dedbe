/** The emulator as a process: what it prints, what it lists, how it ends. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { request } from 'undici';
import { afterEach, describe, expect, it } from 'vitest';

const INDEX = fileURLToPath(new URL('../../src/emulator/index.ts', import.meta.url));
const KEY = ['--secret-id', 'AKIDinvented0001', '--secret-key', 'invented-secret-key'];

let child: ChildProcess | undefined;
afterEach(() => void child?.kill('SIGKILL'));

function run(args: readonly string[]) {
  const started = spawn(process.execPath, ['--import', 'tsx', INDEX, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child = started;
  const out = { stdout: '', stderr: '' };
  started.stdout.on('data', (chunk) => (out.stdout += String(chunk)));
  started.stderr.on('data', (chunk) => (out.stderr += String(chunk)));
  const ended = once(started, 'close').then(([code, signal]: unknown[]) => ({ code, signal }));
  const firstLine = once(started.stdout, 'data').then(() => out.stdout);
  return { out, ended, firstLine, process: started };
}

describe('the process', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'says where it listens, answers, and ends at %s',
    async (signal) => {
      const { out, ended, firstLine, process: emulator } = run(KEY);
      const { listening } = JSON.parse(await firstLine) as { listening: string };
      const refused = await request(listening, { method: 'POST', body: '{}' });
      expect(await refused.body.json()).toMatchObject({
        Response: { Error: { Code: 'UnsupportedProtocol' } },
      });
      const calls = await request(`${listening}/_calls`);
      expect(await calls.body.json()).toEqual([
        { n: 1, at: expect.any(Number), action: '', code: 'UnsupportedProtocol' },
      ]);
      const stranger = await request(`${listening}/_calls`, { headers: { host: 'page.example.invalid' } });
      expect(stranger.statusCode).toBe(403);
      await stranger.body.dump();
      emulator.kill(signal);
      expect(await ended).toEqual({ code: 0, signal: null });
      expect(out.stdout).toBe(`{"listening":"${listening}"}\n`);
      expect(out.stderr).toContain('call 1: UnsupportedProtocol');
    },
  );

  it('takes faults from a file', async () => {
    const folder = await mkdtemp(path.join(os.tmpdir(), 'cardproof-emulator-'));
    const file = path.join(folder, 'faults.json');
    await writeFile(file, '[{"call":1,"fault":{"status":502}}]');
    const { firstLine } = run([...KEY, '--faults', file]);
    const { listening } = JSON.parse(await firstLine) as { listening: string };
    const first = await request(listening, { method: 'POST', body: '{}' });
    expect(first.statusCode).toBe(502);
    await first.body.dump();
    await rm(folder, { recursive: true });
  });

  it.each([
    ['no key', [], '--secret-key'],
    ['a rate of none', [...KEY, '--rate', '0'], '--rate'],
    ['a flag that it does not know', [...KEY, '--colour', 'red'], '--colour'],
    ['a file of faults that is not there', [...KEY, '--faults', '/nowhere/faults.json'], 'ENOENT'],
  ])('refuses %s and repeats no secret', async (_, args, named) => {
    const { out, ended } = run(args);
    expect(await ended).toEqual({ code: 2, signal: null });
    expect(out.stdout).toBe('');
    expect(out.stderr).toContain(named);
    expect(out.stderr).not.toContain('invented-secret-key');
  });
});
