import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maskNumbersIn } from './mask';

describe('numbers in names', () => {
  it.each([
    ['6222020000000000000.jpg', '622202•••••••••0000.jpg'],
    ['4111111111111111', '411111••••••1111'],
    ['card 6222 0200 1122 3344 8.png', 'card 6222 02•• •••• •344 8.png'],
    ['6222-0200-1122-3344-448', '6222-02••-••••-•••4-448'],
    ['6222_0200_1122_3344_8888.jpg', '6222_02••_••••_••••_8888.jpg'],
    ['6222_0200_1122_3344_448.jpg', '6222_02••_••••_•••4_448.jpg'],
    ['6222_0200_1122_3344_8', '6222_02••_••••_•344_8'],
    ['6222.0200.1122.3344.jpg', '6222.02••.••••.3344.jpg'],
    ['６２２２０２００１１２２３３４４', '６２２２０２••••••３３４４'],
    [
      'https://a.example/6222%200200%201122%203344/x.jpg',
      'https://a.example/6222%2002••%20••••%203344/x.jpg',
    ],
    ['/scans/Li 6222020011223344/front.jpg (2/4)', '/scans/Li 622202••••••3344/front.jpg (2/4)'],
    ['20261128211316-6222020011223344.jpg', '20261128211316-622202••••••3344.jpg'],
    ['20261128_6222020011223344.jpg', '20261128_622202••••••3344.jpg'],
    ['6222 2026 1128 2113 163', '6222 20•• •••• •••3 163'],
    ['202611282113169876', '202611••••••••9876'],
    ['622202000000000000062220200000', '622202••••••••••••••••••••0000'],
    ['123456789012', '123456••9012'],
  ])('%s', (name, shown) => {
    expect(maskNumbersIn(name)).toBe(shown);
  });

  it.each([
    '20261128211316.jpg',
    '202611282113.jpg',
    'IMG_20261128_211316.jpg',
    'IMG_20261128_211316123.jpg',
    '2026-11-28 21-13-16 card.jpg',
    'scan 001 2026-11-28 211316.jpg',
    'scan_001_2026_11_28_0001.jpg',
    'mmexport1764364396123.jpg',
    'scan-0001.jpg',
    '2026年11月28日 21:13',
    'http://192.168.100.200/1.jpg',
    'v1.2.3 (2/4)',
  ])('%s stays', (name) => {
    expect(maskNumbersIn(name)).toBe(name);
  });

  it('never shows more than ten digits of a number, whatever stands around it', () => {
    const digit = fc.integer({ min: 0, max: 9 });
    const parting = fc.constantFrom('', '', '', ' ', '-', '%20');
    const number = fc
      .array(fc.tuple(digit, parting), { minLength: 15, maxLength: 18 })
      .map((parts) => `6${parts.map(([one, between]) => between + String(one)).join('')}`);
    fc.assert(
      fc.property(
        fc.constantFrom('', 'a', 'x ', '卡-', '7', '20261128 '),
        number,
        fc.constantFrom('', '.jpg', ' (1/2)', '1'),
        (before, text, after) => {
          const shown = maskNumbersIn(before + text + after);
          expect(shown).toHaveLength((before + text + after).length);
          const own = shown.slice(before.length, before.length + text.length);
          expect(own.replace(/%20|\D/g, '').length).toBeLessThanOrEqual(10);
        },
      ),
    );
  });
});
