/** Each channel's row says who may call it and why it may be refused; each reason has a sentence that says what to do. */
import { describe, expect, it } from 'vitest';
import type { ChannelName } from '../../src/shared/ipc';
import { CHANNELS, type Least } from '../../src/shared/ipc-channels';
import { CHANNEL_NAMES } from '../../src/shared/ipc-names';
import { KNOWN_CODES, sentence } from '../../src/shared/messages/codes';
import { ROLES } from '../../src/shared/people';

function failuresOf(name: ChannelName): readonly string[] {
  const row = CHANNELS[name];
  // The cloud's own table has a test of its own.
  return 'failures' in row && row.failures !== 'cloud' ? row.failures : [];
}

const FAILURES = CHANNEL_NAMES.flatMap((name) => failuresOf(name).map((code) => [name, code] as const));

describe('the row of a channel', () => {
  it.each(CHANNEL_NAMES)('%s names the least role', (name) => {
    const known: readonly Least[] = ['everyone', ...ROLES];
    expect(known).toContain(CHANNELS[name].least);
  });

  it('names reasons somewhere, so that the next test says something', () => {
    expect(FAILURES.length).toBeGreaterThan(50);
  });

  it.each(FAILURES)('%s may fail with %s, which has a sentence in both languages', (_name, code) => {
    expect(KNOWN_CODES).toContain(code);
    expect(sentence(code, 'zh-CN')).toMatch(/[一-鿿]/);
    expect(sentence(code, 'en')).toMatch(/^[ -~“”’]+$/);
  });

  it.each(CHANNEL_NAMES)('%s names no reason twice', (name) => {
    const failures = failuresOf(name);
    expect([...new Set(failures)]).toEqual(failures);
  });
});
