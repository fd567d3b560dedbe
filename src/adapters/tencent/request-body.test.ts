import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SWITCHES, type Switches } from '../../shared/recognition';
import { emptyBody, requestBody } from './request-body';

const switchesArb = fc.record(
  Object.fromEntries(SWITCHES.map((name) => [name, fc.boolean()])),
) as fc.Arbitrary<Switches>;

it('is the JSON of the picture and the six switches, whatever their values', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), switchesArb, (image, switches) => {
      const parsed: unknown = JSON.parse(requestBody({ image }, switches).toString());
      expect(parsed).toEqual({ ImageBase64: Buffer.from(image).toString('base64'), ...switches });
    }),
  );
});

it('takes only the bytes of a view, not the buffer below it', () => {
  const below = Uint8Array.from([9, 1, 2, 3, 9]);
  const parsed: unknown = JSON.parse(requestBody({ image: below.subarray(1, 4) }).toString());
  expect(parsed).toEqual({ ImageBase64: 'AQID' });
});

it('carries an address instead of a picture, escaped', () => {
  const imageUrl = 'https://example.invalid/"银行卡".jpg';
  const body = requestBody({ imageUrl }, { EnableCopyCheck: true });
  expect(JSON.parse(body.toString())).toEqual({ ImageUrl: imageUrl, EnableCopyCheck: true });
});

it('holds nothing that could be charged when it is empty', () => {
  expect(emptyBody().toString()).toBe('{}');
});
