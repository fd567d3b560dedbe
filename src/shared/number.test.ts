import { describe, expect, it } from 'vitest';
import { passesLuhn } from './number';

describe('the Luhn check', () => {
  it.each(['4111111111111111', '6225768888888888', '79927398713'])('passes %s', (digits) => {
    expect(passesLuhn(digits)).toBe(true);
  });

  it.each(['4111111111111112', '6225588888888888', '79927398710', '79927398718', '4111111111111116', ''])(
    'fails %s',
    (digits) => {
      expect(passesLuhn(digits)).toBe(false);
    },
  );
});
