/** A card on its way to the emulator and back, and what the emulator makes of whoever sends it. */
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { pictureTool } from '../../src/adapters/images/picture-tool';
import { createCall } from '../../src/adapters/tencent/call';
import { createTencentEngine, testCredentials, type TencentTools } from '../../src/adapters/tencent/engine';
import { requestBody } from '../../src/adapters/tencent/request-body';
import { systemClock } from '../../src/adapters/clock';
import { keptInMemory } from '../../src/core/queue/rate-budget';
import { createTurns } from '../../src/adapters/tencent/turns';
import type { Emulator } from '../../src/emulator/emulator';
import { SWITCHES, type Switches } from '../../src/shared/recognition';
import { writeBmp } from '../helpers/bmp';
import {
  ALL_ON,
  CREDENTIALS,
  emulated,
  emulatorOfEachTest,
  NEVER,
  picture,
} from '../helpers/tencent-emulator';

const { start, tools, call, startWeb } = emulatorOfEachTest();
const codesOf = (emulator: Emulator) => emulator.calls().map(({ code }) => code);

describe('a card', () => {
  it('comes back with all that the six switches ask for', async () => {
    const { endpoint, asked, emulator } = await start();
    const answer = await call(endpoint);
    const { raw, ...expected } = emulated();
    expect(answer).toMatchObject({ kind: 'answer', recognition: expected });
    expect(raw).toBe('{}');
    expect(asked.map(({ switches }) => switches)).toEqual([ALL_ON]);
    expect(Buffer.from(asked[0]?.image ?? []).equals(picture)).toBe(true);
    const sha = pictureTool.sha256(picture);
    expect(emulator.calls()).toEqual([
      { n: 1, at: expect.any(Number), action: 'BankCardOCR', imageSha256: sha },
    ]);
  });

  it('comes back without what was not asked for, and with nulls', async () => {
    const { endpoint } = await start({}, async () => ({
      kind: 'answer',
      recognition: { ...emulated(), warnings: [] },
    }));
    const switches = Object.fromEntries(SWITCHES.map((name) => [name, false])) as Switches;
    const answer = await createTencentEngine(tools(endpoint)).recognise({ image: picture, switches }, NEVER);
    if (answer.kind !== 'answer')
      throw new Error(`Expected an answer but received ${JSON.stringify(answer)}`);
    expect(answer.recognition).toMatchObject({ warnings: [], quality: undefined, borderCutImage: undefined });
    expect(JSON.parse(answer.recognition.raw)).toMatchObject({
      Response: { WarningCode: null, QualityValue: null },
    });
  });

  it('may be given as BMP, but not as what the cloud does not take', async () => {
    const { endpoint, asked } = await start();
    const engine = createTencentEngine(tools(endpoint));
    const bmp = writeBmp({ width: 4, height: 3, depth: 24, pixel: () => 0x808080 });
    await engine.recognise({ image: bmp, switches: ALL_ON }, NEVER);
    expect([...(asked[0]?.image.subarray(0, 3) ?? [])]).toEqual([0x89, 0x50, 0x4e]);
    const webp = await sharp(picture).webp().toBuffer();
    for (const image of [webp, Buffer.from('nonsense'), picture.subarray(0, picture.length / 2)]) {
      expect(await engine.recognise({ image, switches: ALL_ON }, NEVER)).toMatchObject({
        code: 'FailedOperation.ImageDecodeFailed',
      });
    }
    expect(asked).toHaveLength(1);
  });

  it('may be given by its address, which wins, if it can be fetched', async () => {
    const { endpoint, asked } = await start();
    const web = await startWeb((path, response) => {
      response.statusCode = path === '/card.jpg' || path === '/huge.jpg' ? 200 : 404;
      response.end(path === '/huge.jpg' ? Buffer.alloc(6_000_000) : picture);
    });
    const send = createCall(tools(endpoint));
    const ask = async (imageUrl: string) => {
      const body = requestBody({ imageUrl }, ALL_ON).toString();
      const answer = await send(Buffer.from(body.replace('{', '{"ImageBase64":"AAAA",')), NEVER, () => true);
      return answer.kind === 'error' ? answer.code : answer.kind;
    };
    expect(await ask(`${web}/card.jpg`)).toBe('answer');
    expect(Buffer.from(asked[0]?.image ?? []).equals(picture)).toBe(true);
    expect(await ask(`${web}/gone.jpg`)).toBe('FailedOperation.DownLoadError');
    expect(await ask('file:///etc/hostname')).toBe('FailedOperation.DownLoadError');
    expect(await ask(`${web}/huge.jpg`)).toBe('LimitExceeded.TooLargeFileError');
    expect(asked).toHaveLength(1);
  });

  it('that is too large is refused by its base64 and by the whole body', async () => {
    const { endpoint } = await start();
    const engine = createTencentEngine(tools(endpoint));
    const recognise = (bytes: number) =>
      engine.recognise({ image: Buffer.alloc(bytes), switches: ALL_ON }, NEVER);
    expect(await recognise(5_300_000)).toMatchObject({ code: 'LimitExceeded.TooLargeFileError' });
    expect(await recognise(8_000_000)).toMatchObject({ code: 'RequestSizeLimitExceeded' });
  });

  it('that the engine finds none on is an error of the API', async () => {
    const code = 'FailedOperation.NoBankCardError';
    const { endpoint } = await start({}, async () => ({ kind: 'error', code, sent: true }));
    expect(await call(endpoint)).toMatchObject({
      kind: 'error',
      code,
      requestId: expect.any(String),
      sent: true,
    });
  });

  it('never shows the cloud’s caller what broke inside', async () => {
    const { endpoint } = await start({}, async () => ({ kind: 'error', code: 'local.crashed', sent: false }));
    expect(await call(endpoint)).toMatchObject({ code: 'InternalError' });
  });
});

describe('the caller', () => {
  it('with a wrong key, an unknown id or no token is refused', async () => {
    const { endpoint, asked } = await start({ credentials: { ...CREDENTIALS, token: 'invented-token' } });
    const token = 'invented-token';
    const codes = [];
    for (const credentials of [
      { ...CREDENTIALS, token, secretKey: 'another' },
      { ...CREDENTIALS, token, secretId: 'AKIDnobody' },
      CREDENTIALS,
      { ...CREDENTIALS, token },
    ]) {
      const answer = await call(endpoint, { credentials: async () => credentials });
      codes.push(answer.kind === 'error' ? answer.code : answer.kind);
    }
    expect(codes).toEqual([
      'AuthFailure.SignatureFailure',
      'AuthFailure.SecretIdNotFound',
      'AuthFailure.TokenFailure',
      'answer',
    ]);
    expect(asked).toHaveLength(1);
  });

  it('in a region that the product does not serve is refused', async () => {
    const { endpoint } = await start();
    expect(await call(endpoint, { region: () => 'ap-mumbai' })).toMatchObject({ code: 'UnsupportedRegion' });
  });

  it.each([10, -10])('whose clock is %d minutes off is refused once', async (minutes) => {
    const { endpoint, emulator } = await start();
    const clock = { now: () => Date.now() + minutes * 60_000 };
    const engine = createTencentEngine(tools(endpoint, { clock }));
    const request = { image: picture, switches: ALL_ON };
    expect(await engine.recognise(request, NEVER)).toMatchObject({ code: 'AuthFailure.SignatureExpire' });
    expect(await engine.recognise(request, NEVER)).toMatchObject({ kind: 'answer' });
    expect(codesOf(emulator)).toEqual(['AuthFailure.SignatureExpire', undefined]);
  });

  it('who calls too fast is refused by arrival, and not when the calls take turns', async () => {
    const { endpoint, emulator } = await start({ rate: 3 });
    const rushed = await Promise.all(Array.from({ length: 5 }, () => call(endpoint)));
    const refused = rushed.filter(
      (answer) => answer.kind === 'error' && answer.code === 'RequestLimitExceeded',
    );
    expect(refused).toHaveLength(2);

    const patient = await start({ rate: 4 });
    const turns = createTurns(systemClock, keptInMemory);
    const turn: TencentTools['turn'] = (signal, service) => turns(signal, 4, service);
    const engine = createTencentEngine(tools(patient.endpoint, { turn }));
    const request = { image: picture, switches: ALL_ON };
    await Promise.all(Array.from({ length: 8 }, () => engine.recognise(request, NEVER)));
    expect(codesOf(patient.emulator)).toEqual(Array.from({ length: 8 }, () => undefined));
    expect(emulator.calls()).toHaveLength(5);
  });

  it('can be tested without a charge', async () => {
    const { endpoint, emulator, asked } = await start();
    const secretKey = 'another';
    expect(await testCredentials(tools(endpoint))).toEqual({ ok: true, value: true });
    const wrong = tools(endpoint, { credentials: async () => ({ ...CREDENTIALS, secretKey }) });
    expect(await testCredentials(wrong)).toMatchObject({ error: { code: 'AuthFailure.SignatureFailure' } });
    const late = tools(endpoint, { clock: { now: () => Date.now() - 600_000 } });
    expect(await testCredentials(late)).toEqual({ ok: true, value: true });
    const none = tools(endpoint, { credentials: async () => undefined });
    expect(await testCredentials(none)).toMatchObject({ error: { code: 'client.noCredentials' } });
    expect(asked).toEqual([]);
    expect(emulator.calls()).toHaveLength(4);
  });

  it.each([
    'FailedOperation.UnOpenError',
    'AuthFailure.UnauthorizedOperation',
    'ResourceUnavailable.InArrears',
  ])('is told %s by that test', async (code) => {
    const { endpoint } = await start({ faults: [{ fault: { code } }] });
    expect(await testCredentials(tools(endpoint))).toMatchObject({ ok: false, error: { code } });
  });
});
