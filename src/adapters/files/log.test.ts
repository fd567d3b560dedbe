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
    ['CARDPROOF_PASSPHRASE=open sesame', 'CARDPROOF_PASSPHRASE=[secret] sesame'],
  ])('strikes out what may not be written: %s', (text, written) => {
    expect(redact(text)).toBe(written);
  });

  it('keeps times and short numbers', () => {
    expect(redact('2026-01-02T03:04:05.678Z took 1234 ms')).toBe('2026-01-02T03:04:05.678Z took 1234 ms');
  });
});
