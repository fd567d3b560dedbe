/** Made-up digits throughout. */
import { describe, expect, it } from 'vitest';
import { alongDirection, findSecrets, lastFours, startOfSecret, type PlacedText } from './card-secret';
import { insideQuad } from '../picture/geometry';

/** 20 pixels a character, 30 high, its middle at x, y. */
function placed(text: string, x: number, y: number, confidence = 1): PlacedText {
  const width = text.length * 20;
  const at = [...text].map((_character, index) => (index + 0.5) / text.length);
  return { text, confidence, at, box: { centre: { x, y }, width, height: 30, angle: 0 } };
}

describe('what may be a CVV in a text', () => {
  it.each([
    ['three digits', '387', 0],
    ['after the last four', '4320138', 4],
    ['after the last four and a gap', '4320 138', 5],
    ['after a signature', '样卡 4320 138', 8],
    ['after a date', '08/33 527', 6],
    ['after the whole number', '6225768888888888 123', 17],
    ['with a digit lost', '432138', 3],
    ['with a letter for a digit', '38S', 0],
  ])('begins %s', (_where, text, start) => {
    expect(startOfSecret(text)).toBe(start);
  });

  it.each([
    ['the last four', '4320'],
    ['a date', '08/33'],
    ['a long date', '08/2033'],
    ['a hotline', '95500'],
    ['a hotline in words', '客服热线95500'],
    ['a telephone number', '400-000-0000'],
    ['the number in fours', '6225 7688 8888 8888'],
    ['a number of nineteen digits', '6217238889990001111'],
    ['words', 'NOT VALID UNLESS SIGNED'],
    ['a word with a letter like a digit', 'SOS'],
  ])('is not in %s', (_what, text) => {
    expect(startOfSecret(text)).toBeUndefined();
  });
});

describe('the place of a CVV', () => {
  it('is that of the three digits, not of the four before them', () => {
    const [quad, ...more] = findSecrets([placed('4320138', 200, 100)]);
    if (!quad) throw new Error('Expected a place');
    expect(more).toEqual([]);
    for (const x of [215, 230, 250, 268]) expect([x, insideQuad(quad, { x, y: 100 })]).toEqual([x, true]);
    for (const x of [140, 160, 180, 190]) expect([x, insideQuad(quad, { x, y: 100 })]).toEqual([x, false]);
  });

  it('is under its label, also where the digits could not be read', () => {
    const [quad] = findSecrets([placed('CVV2', 100, 100)]);
    expect(quad && insideQuad(quad, { x: 100, y: 140 })).toBe(true);
    expect(quad && insideQuad(quad, { x: 170, y: 100 })).toBe(true);
    expect(quad && insideQuad(quad, { x: 100, y: 20 })).toBe(false);
  });

  it('is named once where the digits of the label were read', () => {
    expect(findSecrets([placed('CVV', 100, 100), placed('527', 110, 140)])).toHaveLength(1);
  });

  it('is not at the end of a number that is read in parts', () => {
    expect(findSecrets([placed('6217 2388 8999 0001', 300, 100), placed('111', 560, 100)])).toEqual([]);
  });

  it('is beside the last four of a short line', () => {
    expect(findSecrets([placed('4320', 300, 100), placed('111', 400, 100)])).toHaveLength(1);
  });

  it('is not where something was guessed at: digits pressed into the front, seen from behind', () => {
    expect(findSecrets([placed('100', 100, 100, 0.4)])).toEqual([]);
  });

  it('is looked for to the right of lone last four digits only', () => {
    const [spot, ...more] = lastFours([placed('4320', 200, 100)]);
    expect(more).toEqual([]);
    expect(spot && [spot.centre.x - spot.width / 2, spot.centre.y]).toEqual([240, 100]);
    expect(lastFours([placed('6225', 200, 100), placed('7688', 300, 100)])).toEqual([]);
  });
});

describe('a box of a few digits', () => {
  it('lies along the text, whichever of its sides is the longer', () => {
    const tall = { centre: { x: 0, y: 0 }, width: 40, height: 30, angle: Math.PI / 2 };
    const turned = alongDirection(tall, 0.05);
    expect([turned.width, turned.height]).toEqual([30, 40]);
    expect(Math.cos(turned.angle)).toBeCloseTo(1);
    const long = { ...tall, width: 300 };
    expect(alongDirection(long, 0).width).toBe(300);
  });
});
