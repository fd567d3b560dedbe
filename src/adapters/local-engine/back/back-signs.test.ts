/** Made-up digits throughout. */
import { describe, expect, it } from 'vitest';
import { codesOfFront, isBack, mayShowCode, type SeenOnPicture } from './back-signs';
import { backWords } from './back-words';
import { findSecrets, type PlacedText } from './card-secret';
import { unlabelledCodes } from './unlabelled-code';

/** 20 pixels a character, 30 high, beginning at x, its middle at y. */
function placed(text: string, x: number, y: number, confidence = 0.95, height = 30): PlacedText {
  const width = (text.length * 20 * height) / 30;
  const at = [...text].map((_character, index) => (index + 0.5) / text.length);
  return { text, confidence, at, box: { centre: { x: x + width / 2, y }, width, height, angle: 0 } };
}

const NUMBER = placed('6225 7688 8888 8888', 100, 300);
const DATE = placed('08/33', 100, 380);

function seen(texts: readonly PlacedText[], stripe = false): SeenOnPicture {
  return { texts, stripe, words: backWords(texts.map(({ text }) => text)) };
}

describe('a back', () => {
  const table: readonly (readonly [string, SeenOnPicture])[] = [
    ['speaks of the signature', seen([placed('AUTHORIZED SIGNATURE', 100, 100)])],
    [
      'says two different things of small print',
      seen([placed('客服热线95500', 100, 100), placed('本卡由', 100, 140)]),
    ],
    ['has a label with its code', seen([NUMBER, DATE, placed('CVV2 123', 300, 380)])],
    [
      'has a code under its label',
      seen([NUMBER, DATE, placed('CVC', 300, 340, 0.7, 18), placed('527', 300, 380)]),
    ],
    ['has a code beside its label', seen([NUMBER, placed('安全码', 300, 380), placed('527', 380, 380)])],
    [
      'has a code of four digits under its label',
      seen([NUMBER, placed('CID', 300, 340, 0.9, 18), placed('5271', 300, 380)]),
    ],
    ['has a code right after the date', seen([NUMBER, DATE, placed('527', 300, 380)])],
    ['has them in one text', seen([NUMBER, placed('08/33 527', 100, 380)])],
    [
      'says one thing, and has three digits alone',
      seen([NUMBER, placed('SIGN', 100, 100), placed('527', 700, 200)]),
    ],
    ['has a stripe, and three digits alone', seen([NUMBER, placed('527', 700, 200)], true)],
    ['has its last four again, and three digits more', seen([NUMBER, DATE, placed('8888 527', 700, 200)])],
    [
      'has four digits under a label that was half read',
      seen([NUMBER, DATE, placed('cW', 500, 345, 0.5, 18), placed('5271', 500, 380)]),
    ],
    [
      'says one thing, and has four digits that are neither of the number nor a year',
      seen([NUMBER, DATE, placed('客服热线95500', 100, 500), placed('5271', 500, 380)]),
    ],
    ['has three digits as high as the number over its end', seen([NUMBER, DATE, placed('527', 420, 230)])],
    [
      'says one thing, and has seven digits in one',
      seen([placed('SIGN', 100, 100), placed('4320 527', 700, 200)]),
    ],
    [
      'says one thing, and has three digits after the last four',
      seen([placed('SIGNATURE', 100, 100), placed('8888', 500, 200), placed('527', 600, 200)]),
    ],
  ];
  it.each(table)('%s', (_what, shown) => {
    expect(isBack(shown)).toBe(true);
  });

  it('has its four digits named where they stand under their label', () => {
    const code = placed('5271', 300, 380);
    const secrets = findSecrets([NUMBER, placed('CID', 300, 340, 0.9, 18), code]);
    expect(secrets).toHaveLength(1);
    expect(secrets[0]?.[0].x).toBeLessThan(300);
    expect(secrets[0]?.[2].x).toBeGreaterThan(380);
  });
});

it('has its digits named, also where no label was read', () => {
  const four = placed('5271', 500, 380);
  expect(unlabelledCodes([NUMBER, DATE, placed('M', 500, 345, 0.5, 18), four], 'none')).toEqual([four]);
  expect(unlabelledCodes([NUMBER, DATE, four], 'some')).toEqual([four]);
  expect(unlabelledCodes([NUMBER, DATE, four], 'none')).toEqual([]);
});

describe('a front', () => {
  const table: readonly (readonly [string, SeenOnPicture])[] = [
    ['has number and date', seen([placed('招商银行', 100, 100), NUMBER, DATE])],
    ['has a dark bar', seen([placed('招商银行', 100, 100), NUMBER, DATE], true)],
    ['says one thing that backs say', seen([NUMBER, DATE, placed('客服热线 95500', 100, 460)])],
    [
      'repeats the first four digits under the number',
      seen([NUMBER, placed('6225', 100, 350, 0.95, 16), DATE]),
    ],
    [
      'tells of a year of membership',
      seen([NUMBER, placed('MEMBER SINCE', 300, 350), placed('2009', 300, 380)]),
    ],
    [
      'says one thing, and repeats the first four digits under the number',
      seen([NUMBER, DATE, placed('客服热线95500', 100, 500), placed('6225', 500, 350, 0.95, 16)]),
    ],
    [
      'says one thing, and tells of a year',
      seen([NUMBER, DATE, placed('客服热线95500', 100, 500), placed('2009', 500, 380)]),
    ],
    [
      'says a hotline in groups',
      seen([NUMBER, DATE, placed('客服热线', 100, 500), placed('4008', 500, 380)]),
    ],
    ['has four digits that nothing stands beside', seen([NUMBER, DATE, placed('5271', 500, 380)])],
    ['has small digits over the number’s end', seen([NUMBER, DATE, placed('527', 420, 230, 0.95, 18)])],
    [
      'has four digits under a half read mark, and no number',
      seen([DATE, placed('cW', 500, 345, 0.5, 18), placed('5271', 500, 380)]),
    ],
    ['has seven other digits', seen([NUMBER, DATE, placed('4320 527', 700, 200)])],
    [
      'says a hotline of ten digits in two texts',
      seen([NUMBER, placed('客服热线', 100, 460), placed('4008888', 300, 460)]),
    ],
    ['has two dates', seen([NUMBER, placed('08/23', 100, 380), placed('08/33', 300, 380)])],
    [
      'has a number whose last three stand apart',
      seen([placed('6217 2388 8999 0001', 100, 300), placed('111', 520, 300), placed('SIGNATURE', 100, 100)]),
    ],
    ['has three digits somewhere', seen([NUMBER, DATE, placed('360', 700, 100)])],
    [
      'has a scheme’s mark half read, and four digits',
      seen([NUMBER, placed('CW', 300, 340), placed('6225', 300, 380)]),
    ],
    ['has three digits guessed at after the date', seen([NUMBER, DATE, placed('100', 300, 380, 0.4)])],
    ['has three digits far off in the line of the date', seen([NUMBER, DATE, placed('527', 900, 380)])],
  ];
  it.each(table)('%s', (_what, shown) => {
    expect(isBack(shown)).toBe(false);
    expect(codesOfFront(shown.texts)).toEqual([]);
  });
});

describe('a front of American Express', () => {
  const groups = [placed('3782', 100, 300), placed('822463', 220, 300), placed('10005', 380, 300)];
  const whole = [placed('3782 822463 10005', 100, 300)];

  it.each([
    ['as a whole', whole],
    ['in groups', groups],
  ])('shows its code on the right above the number, read %s', (_how, number) => {
    const code = placed('5271', 380, 230, 0.95, 20);
    expect(codesOfFront([...number, code])).toEqual([code]);
    expect(mayShowCode([...number, code])).toBe(true);
    expect(isBack(seen([...number, code]))).toBe(false);
  });

  it.each([
    ['below the number', placed('3782', 380, 350, 0.95, 20)],
    ['on the left', placed('5271', 100, 230, 0.95, 20)],
    ['far above', placed('2026', 380, 60, 0.95, 20)],
    ['among other digits', placed('5271 1234', 380, 230, 0.95, 20)],
  ])('has none %s', (_where, text) => {
    expect(codesOfFront([...whole, text])).toEqual([]);
  });

  it('is one by its number', () => {
    expect(codesOfFront([NUMBER, placed('5271', 380, 230, 0.95, 20)])).toEqual([]);
  });
});
