/** The official SDK takes the emulator for the cloud: it signs for it, and understands its answers and its errors. */
import sharp from 'sharp';
import { ocr } from 'tencentcloud-sdk-nodejs-ocr';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createLinkTool } from '../../src/adapters/files/link-tool';
import { pictureTool } from '../../src/adapters/images/picture-tool';
import { createEmulator } from '../../src/emulator/emulator';

const credential = { secretId: 'AKIDinvented0001', secretKey: 'invented-secret-key' };
let port: string;
let image: string;

const emulator = createEmulator({
  engine: {
    name: 'local',
    traits: { charges: false, overNetwork: false, needsCredentials: false, slots: 1 },
    recognise: async ({ switches }) => ({
      kind: 'answer',
      recognition: {
        fields: { cardNumber: '4111111111111111', bankInfo: '招商银行(03080000)' },
        warnings: switches.EnableCopyCheck ? [-9113] : [],
        quality: 64,
        raw: '{}',
      },
    }),
  },
  pictureTool,
  links: createLinkTool(async () => undefined),
  credentials: credential,
});

beforeAll(async () => {
  port = new URL(await emulator.listen(0)).port;
  const create = { width: 900, height: 600, channels: 3, background: '#224466' } as const;
  image = (await sharp({ create }).png().toBuffer()).toString('base64');
});
afterAll(() => emulator.close());

function client(host: string, secretKey = credential.secretKey) {
  return new ocr.v20181119.Client({
    credential: { ...credential, secretKey },
    region: 'ap-guangzhou',
    profile: { httpProfile: { endpoint: `${host}:${port}`, protocol: 'http://' } },
  });
}

// Two hosts, because the SDK puts a different service into its scope for each.
describe.each(['127.0.0.1', 'localhost'])('through %s', (host) => {
  it('gets the answer', async () => {
    const answer = await client(host).BankCardOCR({
      ImageBase64: image,
      EnableCopyCheck: true,
      EnableQualityValue: true,
    });
    expect(answer).toMatchObject({
      CardNo: '4111111111111111',
      BankInfo: '招商银行(03080000)',
      ValidDate: '',
      BorderCutImage: null,
      WarningCode: [-9113],
      QualityValue: 64,
      RequestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });

  it.each([
    ['a wrong key', 'wrong', { ImageUrl: 'ftp://example.invalid/a.jpg' }, 'AuthFailure.SignatureFailure'],
    ['no picture', undefined, {}, 'MissingParameter'],
    [
      'an address that is no web address',
      undefined,
      { ImageUrl: 'ftp://example.invalid/a.jpg', ImageBase64: 'AAAA' },
      'FailedOperation.DownLoadError',
    ],
  ])('gets a typed error for %s', async (_, secretKey, request, code) => {
    await expect(client(host, secretKey).BankCardOCR(request)).rejects.toMatchObject({
      code,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
    });
  });
});
