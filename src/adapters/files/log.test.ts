import { spawnSync } from 'node:child_process';
import { openSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { redact } from './log';

describe('log', () => {
  it.each([
    ['card 6222020200112233448 failed', 'card [number] failed'],
    ['4111 1111 1111 1111', '[number]'],
    ['6222-0202-0011-2233-448.jpg', '[number].jpg'],
    ['/in/6222_0202_0011_2233_448.jpg', '/in/[number].jpg'],
    ['20261128211316-6222020200112233448.jpg', '20261128211316-[number].jpg'],
    ['62220202001122334486222020200112233448', '[number]'],
    ['id AKIDFAKE0000000000 used', 'id [secret id] used'],
    ['{"secretKey":"FAKEfake"}', '{"secretKey":"[secret]"}'],
    ['in /a/\u001b[2J\r.jpg\n', 'in /a/\ufffd[2J\ufffd.jpg\n'],
    ['CARDPROOF_PASSPHRASE=open sesame', 'CARDPROOF_PASSPHRASE=[secret] sesame'],
  ])('strikes out what may not be written: %s', (text, written) => {
    expect(redact(text)).toBe(written);
  });

  it('keeps times and short numbers', () => {
    expect(redact('2026-01-02T03:04:05.678Z took 1234 ms')).toBe('2026-01-02T03:04:05.678Z took 1234 ms');
  });

  // The one device that is always full is Linux's.
  it.runIf(process.platform === 'linux')('never throws, where nothing can be written any more', () => {
    const script = `
      import { createLog } from ${JSON.stringify(path.resolve('src/adapters/files/log'))};
      const log = createLog('/dev/full/logs');
      log('once', new Error('a defect'));
      setImmediate(() => log('and once more'));
      setTimeout(() => process.exit(7), 50);`;
    const run = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'ignore', openSync('/dev/full', 'w')],
    });
    expect(run.status).toBe(7);
  });
});
