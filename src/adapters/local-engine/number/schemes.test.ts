import { describe, expect, it } from 'vitest';
import { matchScheme } from './schemes';

describe('the international schemes', () => {
  it('are told by the first digits and the length', () => {
    expect(matchScheme('4000000000000000')).toBe('matches');
    expect(matchScheme('2221000000000000')).toBe('matches');
    expect(matchScheme('2720990000000000')).toBe('matches');
    expect(matchScheme('370000000000000')).toBe('matches');
    expect(matchScheme('6200000000000000000')).toBe('matches');
  });

  it('have no number of another length', () => {
    expect(matchScheme('40000000000000000')).toBe('otherLength');
    expect(matchScheme('3700000000000000')).toBe('otherLength');
  });

  it('do not have what transport cards, telephones and account numbers begin with', () => {
    for (const other of ['3177654321098765', '0000001234567890', '1380000000000000', '2721000000000000'])
      expect(matchScheme(other)).toBe('none');
  });
});
