import { describe, expect, it } from 'vitest';
import { datesIn, findExpiry, isInvalidExpiry } from './expiry';

const now = new Date('2026-11-24T10:00:00Z');

describe('finding the expiry', () => {
  it.each([
    ['VALID THRU 08/28', { month: 8, year: 2028 }],
    ['有效期至 11/2031', { month: 11, year: 2031 }],
    ['O7/3I', { month: 7, year: 2031 }],
    ['88/88', { month: 88, year: 2088 }],
  ])('reads %s', (text, expected) => {
    expect(datesIn(text)).toEqual([expected]);
  });

  it('takes no part of a longer number for a date', () => {
    expect(datesIn('2019/08/28 1234/5678')).toEqual([]);
  });

  it('takes the later of two dates', () => {
    expect(findExpiry(['09/19', '09/29'], now)).toEqual({ month: 9, year: 2029 });
  });

  it('prefers the labelled date, and any possible one to an impossible one', () => {
    expect(findExpiry(['VALID THRU 03/27', '12/35'], now)).toEqual({ month: 3, year: 2027 });
    expect(findExpiry(['VALID THRU 33/27', '12/25'], now)).toEqual({ month: 12, year: 2025 });
  });

  it('knows none when there is none', () => {
    expect(findExpiry(['招商银行', '6225 7688'], now)).toBeUndefined();
  });
});

describe('an invalid expiry (-9110)', () => {
  it.each([
    [{ month: 11, year: 2026 }, false],
    [{ month: 10, year: 2026 }, true],
    [{ month: 13, year: 2027 }, true],
    [{ month: 0, year: 2030 }, true],
    [{ month: 5, year: 2088 }, true],
  ])('%j -> %s', (expiry, invalid) => {
    expect(isInvalidExpiry(expiry, now)).toBe(invalid);
  });
});
