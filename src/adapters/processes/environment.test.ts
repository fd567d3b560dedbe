import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { processEnvironment } from './channel';
import { forkNode } from './fork-node';

let folder: string;
let before: NodeJS.ProcessEnv;
beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'cardproof-environment-'));
  before = { ...process.env };
});
afterEach(() => {
  process.env = before;
  rmSync(folder, { recursive: true, force: true });
});

const SECRETS = [
  'CARDPROOF_PASSPHRASE',
  'TENCENTCLOUD_SECRET_ID',
  'TENCENTCLOUD_SECRET_KEY',
  'TENCENTCLOUD_TOKEN',
  'AWS_SECRET_ACCESS_KEY',
  'GITHUB_TOKEN',
  'PGPASSWORD',
  'https_proxy',
];

describe('the environment of our processes', () => {
  it('holds no secret, and what a process needs to begin', () => {
    const own = Object.fromEntries(SECRETS.map((name) => [name, 'secret']));
    const given = processEnvironment({
      ...own,
      PATH: '/bin',
      HOME: '/home',
      SystemRoot: 'C:',
      TMPDIR: '/tmp',
    });
    expect(Object.keys(given).sort()).toEqual([
      'HOME',
      'ORT_DISABLE_TELEMETRY',
      'PATH',
      'SystemRoot',
      'TMPDIR',
    ]);
  });

  it('is what a process really has', async () => {
    for (const name of SECRETS) process.env[name] = 'secret';
    const script = path.join(folder, 'says.mjs');
    writeFileSync(script, 'process.send(Object.entries(process.env)); process.disconnect();');
    const names = await new Promise<string>((resolve, reject) => {
      const channel = forkNode<never, unknown>(script);
      channel.onMessage((entries) => resolve(JSON.stringify(entries)));
      channel.onExit((cause) => reject(cause ?? new Error('Expected an answer')));
    });
    expect(names).toContain('ORT_DISABLE_TELEMETRY');
    expect(names).not.toContain('"secret"');
  });
});
