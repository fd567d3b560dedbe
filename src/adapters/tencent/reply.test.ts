import { describe, expect, it } from 'vitest';
import type { EngineAnswer } from '../../core/recognition/ports';
import { readReply } from './reply';

const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
const PNG = Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.from([1, 2])]);

function read(response: unknown, status = 200, secrets: readonly string[] = []): EngineAnswer {
  return readReply(Buffer.from(JSON.stringify({ Response: response })), status, secrets);
}

function recognition(response: unknown) {
  const answer = read(response);
  if (answer.kind !== 'answer') throw new Error(`Expected an answer but received ${answer.kind}`);
  return answer.recognition;
}

describe('an answer', () => {
  const whole = {
    CardNo: '4111 1111-1111 1111',
    BankInfo: '招商银行(03080000)',
    ValidDate: '07/2030',
    CardType: '贷记卡',
    CardName: ' 招商银行信用卡 ',
    CardCategory: '普卡',
    BorderCutImage: JPEG.toString('base64'),
    CardNoImage: PNG.toString('base64'),
    WarningCode: [-9113, -9110],
    QualityValue: 80,
    RequestId: 'an-opaque-id',
    Added: { later: true },
  };

  it('is read whole', () => {
    expect(recognition(whole)).toMatchObject({
      requestId: 'an-opaque-id',
      fields: {
        cardNumber: '4111111111111111',
        bankInfo: '招商银行(03080000)',
        validDate: '07/2030',
        cardType: '贷记卡',
        cardName: '招商银行信用卡',
      },
      cardCategory: '普卡',
      borderCutImage: new Uint8Array(JPEG),
      cardNoImage: new Uint8Array(PNG),
      warnings: [-9110, -9113],
      quality: 80,
    });
  });

  it('is kept as it came, without the two pictures', () => {
    const { BorderCutImage, CardNoImage, ...rest } = whole;
    expect(BorderCutImage.length + CardNoImage.length).toBeGreaterThan(0);
    expect(JSON.parse(recognition(whole).raw)).toEqual({ Response: rest });
  });

  it.each(Object.keys(whole))('bears %s being null, missing or of another type', (name) => {
    const absent = recognition(Object.fromEntries(Object.entries(whole).filter(([key]) => key !== name)));
    const { raw: rawOfAbsent, ...rest } = absent;
    expect(rawOfAbsent).not.toContain(`"${name}"`);
    for (const value of [null, { odd: 1 }, [[]], name === 'QualityValue' ? '80' : 7]) {
      const { raw, ...others } = recognition({ ...whole, [name]: value });
      expect(others).toEqual(rest);
      expect(raw).toContain('Response');
    }
  });

  it('may be empty', () => {
    expect(recognition({})).toMatchObject({ fields: {}, warnings: [] });
  });

  it.each([
    ['07/30', '07/2030'],
    ['7/2030', '07/2030'],
    ['０７／２０３０', '07/2030'],
    ['2030-07', '07/2030'],
    // No month of a year: the desk is to doubt it as it came.
    ['61/2013', '61/2013'],
    ['00/2030', '00/2030'],
  ])('has its month of expiry in one form: %s', (ValidDate, validDate) => {
    expect(recognition({ ValidDate }).fields).toEqual({ validDate });
  });

  it.each(['4111********1111', '4111 1111 1111 111X', ''])('holds no number in %j', (CardNo) => {
    expect(recognition({ CardNo }).fields).toEqual({});
  });

  it('reads wide digits', () => {
    expect(recognition({ CardNo: '４１１１１１１１１１１１１１１１' }).fields.cardNumber).toBe(
      '4111111111111111',
    );
  });

  it.each([
    ['not a picture', Buffer.from('GIF89a').toString('base64')],
    ['larger than any', 'A'.repeat(14_000_000)],
    ['empty', ''],
  ])('drops a picture that is %s', (_, BorderCutImage) => {
    expect(recognition({ BorderCutImage }).borderCutImage).toBeUndefined();
  });

  it.each([-1, 101, 50.5])('drops a quality of %d', (QualityValue) => {
    expect(recognition({ QualityValue }).quality).toBeUndefined();
  });

  it('passes over warnings that it does not know', () => {
    expect(recognition({ WarningCode: [-9999, -9111, -9111, '-9110'] }).warnings).toEqual([-9111]);
  });
});

describe('an error', () => {
  it('keeps code and request id', () => {
    const Error = { Code: 'FailedOperation.NoBankCardError', Message: '非银行卡' };
    expect(read({ Error, RequestId: 'r' })).toEqual({
      kind: 'error',
      code: 'FailedOperation.NoBankCardError',
      message: '非银行卡',
      requestId: 'r',
      httpStatus: 200,
      sent: true,
    });
  });

  it('shows no secret, no card number and no endless message', () => {
    const Message = `key topsecret of AKIDx for 4111 1111 1111 1111${'.'.repeat(1000)}`;
    const answer = read({ Error: { Code: 'X', Message } }, 200, ['topsecret', 'AKIDx', '']);
    expect(answer).toMatchObject({
      message: expect.stringMatching(/^key \*\*\* of \*\*\* for \*\*\*\.{1,300}$/),
    });
  });

  it.each([
    ['half of it', '{"Response":{"CardNo":"41'],
    ['no Response', '{"CardNo":"1"}'],
    ['a list', '{"Response":[]}'],
    ['an error without a code', '{"Response":{"Error":{}}}'],
    ['nothing', ''],
  ])('is a bad response for %s', (_, text) => {
    expect(readReply(Buffer.from(text), 200, [])).toMatchObject({ code: 'client.badResponse', sent: true });
  });

  it.each([
    ['a page', '<html></html>', 200],
    ['a page after white space', '\n  <!doctype html>', 200],
    ['a plain refusal', 'Forbidden', 403],
    ['a refusal in JSON', '{"error":"blocked by policy"}', 403],
    ['a refusal without a word', '', 407],
  ])('is not of the cloud where it is %s', (_, text, status) => {
    expect(readReply(Buffer.from(text), status, [])).toMatchObject({
      code: 'client.notTheCloud',
      httpStatus: status,
    });
  });

  it('is a bad response when a 4xx looks like an answer', () => {
    expect(read({ CardNo: '1' }, 404)).toMatchObject({ code: 'client.badResponse', httpStatus: 404 });
  });
});
