import { describe, expect, it } from 'vitest';
import { afterLabel, backWords } from './back-words';

describe('words of a back', () => {
  it.each([
    ['beside a signature strip', ['AUTHORIZEDSIGNATURE持卡人签名'], 'signed'],
    ['with a letter taken for a digit', ['AUTHOR1ZED SlGNATURE-NOTVAL1D UNLESSS1GNED'], 'signed'],
    ['in two different things of the small print', ['客服热线95500', '拾获此卡，请交还'], 'smallPrint'],
    ['in one thing alone', ['客服热线95500'], 'some'],
  ] as const)('are found %s', (_where, texts, expected) => {
    expect(backWords(texts)).toBe(expected);
  });

  it.each([
    ['a front', ['招商银行', '6225 7688 8888 8888', 'VALID THRU', '09/31', 'SPECIMEN YANGKA']],
    ['an application form', ['业务申请表', '经办人签字', '请用正楷填写', '备注']],
  ])('are not found on %s', (_what, texts) => {
    expect(backWords(texts)).toBe('none');
  });

  it.each(['SIGN', 'S1GN HERE'])('are %s, alone one thing among others', (text) => {
    expect(backWords([text])).toBe('some');
  });

  it('are not the name of a kind of card', () => {
    expect(backWords(['VISA', 'Signature'])).toBe('some');
  });
});

describe('a label of the CVV', () => {
  it.each([
    ['CVV2', ''],
    ['安全码: 527', '527'],
    ['CVN2 018', '018'],
    ['CVV 212', '212'],
    ['CVV2 212', '212'],
    ['CID 5271', '5271'],
    ['cW', ''],
  ])('is %j, with %j after it', (text, digits) => {
    expect(afterLabel(text)).toBe(digits);
  });

  it.each(['请勿向他人泄露安全码', '安全码请勿告知他人', 'CVB', '6225', 'C'])('is not %j', (text) => {
    expect(afterLabel(text)).toBeUndefined();
  });
});
