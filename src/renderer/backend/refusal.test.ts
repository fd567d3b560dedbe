import { describe, expect, it } from 'vitest';
import { answerIn, Refusal, refusalOf } from './refusal';

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('Expected a refusal but received an answer');
}

describe('a reply of main', () => {
  it.each([undefined, null, false, 0, { refused: 'as a word of an answer' }])(
    'that holds an answer is that answer: %j',
    (answered) => {
      expect(answerIn({ answered })).toBe(answered);
    },
  );

  it('that is a refusal becomes one, with its code and reference', () => {
    const error = thrownBy(() => answerIn({ refused: { code: 'disk.full', reference: 'a1b2c3d4' } }));
    expect(error).toBeInstanceOf(Refusal);
    expect(refusalOf(error)).toEqual({ code: 'disk.full', reference: 'a1b2c3d4' });
  });
});

describe('refusalOf', () => {
  it('takes everything that main did not say itself for a bug', () => {
    const thrown = [
      undefined,
      null,
      'disk.full',
      new TypeError('no'),
      { code: 'disk.full', reference: 'k3f9' },
      // What Electron makes of an error that is thrown across, whatever codes its text holds.
      new Error('Error invoking remote method: {"code":"session.signedOut","reference":"a1-b2"}'),
    ];
    for (const error of thrown) expect(refusalOf(error)).toEqual({ code: 'internal' });
  });
});
