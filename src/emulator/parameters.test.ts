import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64, MAX_BASE64, readParameters } from './parameters';

const read = (value: unknown) => readParameters(Buffer.from(JSON.stringify(value)));
const codeOf = (value: unknown) => {
  const result = read(value);
  return result.ok ? 'ok' : result.error.code;
};

describe('readParameters', () => {
  it.each([
    [{ ImageBase64: 'AAAA' }, 'ok'],
    [{ ImageBase64: 'AAAA', EnableCopyCheck: null }, 'ok'],
    [{}, 'MissingParameter'],
    [{ ImageBase64: '' }, 'MissingParameter'],
    [{ ImageBase64: null, ImageUrl: null }, 'MissingParameter'],
    [{ ImageBase64: 7 }, 'InvalidParameterValue.InvalidParameterValueLimit'],
    [{ ImageBase64: 'AAAA', EnableCopyCheck: 'true' }, 'InvalidParameterValue.InvalidParameterValueLimit'],
    [{ ImageBase64: 'AAAA', CardSide: 'FRONT' }, 'UnknownParameter'],
    [{ ImageBase64: 'A'.repeat(MAX_BASE64) }, 'ok'],
    [{ ImageBase64: 'A'.repeat(MAX_BASE64 + 1) }, 'LimitExceeded.TooLargeFileError'],
    [[], 'InvalidParameter'],
    [null, 'InvalidParameter'],
  ])('case %#: %s', (value, expected) => expect(codeOf(value)).toBe(expected));

  it('refuses what is not JSON', () => {
    expect(readParameters(Buffer.from('ImageUrl=x'))).toMatchObject({ error: { code: 'InvalidParameter' } });
  });

  it('lets the address win and turns everything off that was not asked for', () => {
    expect(read({ ImageUrl: 'u', ImageBase64: 'AAAA', RetCardNoImage: true })).toMatchObject({
      value: { picture: { url: 'u' }, switches: { RetCardNoImage: true, RetBorderCutImage: false } },
    });
  });
});

describe('decodeBase64', () => {
  it('gives back what was encoded, with padding or without', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = Buffer.from(bytes).toString('base64');
        expect(decodeBase64(text)).toEqual(Buffer.from(bytes));
        expect(decodeBase64(text.replace(/=/g, ''))).toEqual(Buffer.from(bytes));
      }),
    );
  });

  it.each(['data:image/png;base64,AAAA', 'AA AA', 'AA=AA', '银行卡'])('refuses %s', (text) => {
    expect(decodeBase64(text)).toBeUndefined();
  });
});
