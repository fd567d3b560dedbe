import { describe, expect, it } from 'vitest';
import { isIdentityCard } from './identity';

const now = new Date('2026-06-01T00:00:00Z');
/** Of a person who does not exist: there is no county 0000. Its check digit is right. */
const RESIDENT = '620000199001010005';

describe('an identity card', () => {
  it('is known by its number, which is no bank’s', () => {
    expect(isIdentityCard({ digits: RESIDENT, text: '', prefixKnown: false }, now)).toBe(true);
  });

  it('is known by its number where that ends in X', () => {
    // The check digit of these 17 digits is X; of the next 17 it is not.
    expect(isIdentityCard({ digits: '62000019900101003', text: '', prefixKnown: false }, now)).toBe(true);
    expect(isIdentityCard({ digits: '62000019900101004', text: '', prefixKnown: false }, now)).toBe(false);
  });

  it('is known by its words where the number begins like a bank’s', () => {
    expect(isIdentityCard({ digits: RESIDENT, text: '公民身份号码', prefixKnown: true }, now)).toBe(true);
    expect(isIdentityCard({ digits: RESIDENT, text: '中国工商银行', prefixKnown: true }, now)).toBe(false);
  });

  it('is known by its words where the number was misread', () => {
    expect(
      isIdentityCard({ digits: '620000199001010009', text: '公民身份号码', prefixKnown: false }, now),
    ).toBe(true);
  });

  it('is not seen in a bank’s number', () => {
    const bank = '6222021234567890123';
    expect(isIdentityCard({ digits: bank, text: '居民身份证', prefixKnown: true }, now)).toBe(false);
    expect(isIdentityCard({ digits: '620000199001010009', text: '', prefixKnown: false }, now)).toBe(false);
    expect(isIdentityCard({ digits: '620000199013010005', text: '', prefixKnown: false }, now)).toBe(false);
  });
});
