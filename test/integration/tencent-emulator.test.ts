/** Our engine against the emulator over a socket; only the recognition behind the emulator is a stand-in. */
import { createServer, type Server, type ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import sharp from 'sharp';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createLinkTool } from '../../src/adapters/files/link-tool';
import { pictureTool } from '../../src/adapters/images/picture-tool';
import { createCall } from '../../src/adapters/tencent/call';
import { requestBody } from '../../src/adapters/tencent/request-body';
import { createTencentEngine, testCredentials, type TencentTools } from '../../src/adapters/tencent/engine';
import { createProxies, type Proxies } from '../../src/adapters/tencent/proxies';
import { createRateBudget } from '../../src/core/queue/rate-budget';
import type { EngineAnswer, RecognitionEngine, RecognitionRequest } from '../../src/core/recognition/ports';
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/emulator';
import type { Fault } from '../../src/emulator/faults';
import { SWITCHES, type Recognition, type Switches } from '../../src/shared/recognition';

const CREDENTIALS = { secretId: 'AKIDinvented0001', secretKey: 'invented-secret-key' };
const ALL_ON = Object.fromEntries(SWITCHES.map((name) => [name, true])) as Switches;
const NEVER = new AbortController().signal;

let picture: Buffer;
const closers: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  const create = { width: 900, height: 600, channels: 3, background: '#335577' } as const;
  picture = await sharp({ create }).jpeg().toBuffer();
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

function recognition(): Recognition {
  return {
    fields: {
      cardNumber: '4111111111111111',
      bankInfo: '招商银行(03080000)',
      cardType: '贷记卡',
      cardName: '招商银行信用卡',
      validDate: '07/2030',
    },
    borderCutImage: new Uint8Array(picture),
    cardNoImage: new Uint8Array(picture),
    warnings: [-9110, -9113],
    quality: 77,
    raw: '{}',
  };
}

type Recognise = (request: RecognitionRequest, signal: AbortSignal) => Promise<EngineAnswer>;

async function start(options: Partial<EmulatorOptions> = {}, recognise?: Recognise) {
  const asked: RecognitionRequest[] = [];
  const engine: RecognitionEngine = {
    name: 'local',
    traits: { charges: false, overNetwork: false, needsCredentials: false, slots: 1 },
    recognise(request, signal) {
      asked.push(request);
      if (recognise) return recognise(request, signal as AbortSignal);
      return Promise.resolve({ kind: 'answer', recognition: recognition() });
    },
  };
  const links = createLinkTool(async () => undefined);
  const emulator = createEmulator({ engine, pictureTool, links, credentials: CREDENTIALS, ...options });
  const endpoint = await emulator.listen(0);
  closers.push(() => emulator.close());
  return { emulator, endpoint, asked };
}

function tools(endpoint: string, more: Partial<TencentTools> = {}): TencentTools {
  const transport: Proxies = createProxies(async () => undefined);
  closers.push(() => transport.close());
  return {
    credentials: async () => CREDENTIALS,
    endpoint: () => endpoint,
    region: () => 'ap-guangzhou',
    timeoutMs: () => 20_000,
    transport,
    clock: { now: Date.now },
    turn: async () => undefined,
    ...more,
  };
}

function call(endpoint: string, more: Partial<TencentTools> = {}): Promise<EngineAnswer> {
  return createTencentEngine(tools(endpoint, more)).recognise({ image: picture, switches: ALL_ON }, NEVER);
}

/** A web server that gives what the test says. Returns its address. */
async function startWeb(give: (path: string, response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => give(request.url ?? '', response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const codesOf = (emulator: Emulator) => emulator.calls().map(({ code }) => code);

describe('a card', () => {
  it('comes back with all that the six switches ask for', async () => {
    const { endpoint, asked, emulator } = await start();
    const answer = await call(endpoint);
    const { raw, ...expected } = recognition();
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
      recognition: { ...recognition(), warnings: [] },
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
    const bmp = bmpOf(4, 3);
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
      const answer = await send(Buffer.from(body.replace('{', '{"ImageBase64":"AAAA",')), NEVER);
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

describe('a fault', () => {
  const faults: [Fault, Partial<EngineAnswer> & object][] = [
    [{ code: 'ResourceUnavailable.InArrears' }, { code: 'ResourceUnavailable.InArrears', sent: true }],
    [{ delayMs: 60_000 }, { code: 'client.timeout', sent: true }],
    ['reset', { code: 'client.network', sent: true }],
    ['halfBody', { code: 'client.network', sent: true }],
    ['html', { code: 'client.badResponse', sent: true }],
    [{ redirect: 302 }, { code: 'client.badResponse', httpStatus: 302, sent: true }],
    [{ redirect: 307 }, { code: 'client.badResponse', httpStatus: 307, sent: true }],
    [{ status: 429 }, { code: 'RequestLimitExceeded', httpStatus: 429, sent: true }],
    [{ status: 500 }, { code: 'client.http5xx', httpStatus: 500, sent: true }],
    [{ status: 502 }, { code: 'client.http5xx', httpStatus: 502, sent: true }],
  ];

  it.each(faults)('%j is told for what it is, and the next call is as usual', async (fault, expected) => {
    const { endpoint, emulator, asked } = await start({ faults: [{ call: 1, fault }] });
    let timeoutMs = 1_000;
    const engine = createTencentEngine(tools(endpoint, { timeoutMs: () => timeoutMs }));
    const request = { image: picture, switches: ALL_ON };
    expect(await engine.recognise(request, NEVER)).toMatchObject({ kind: 'error', ...expected });
    // Neither a redirect nor anything else was followed or repeated.
    expect(emulator.calls()).toHaveLength(1);
    timeoutMs = 20_000;
    expect(await engine.recognise(request, NEVER)).toMatchObject({ kind: 'answer' });
    expect(asked).toHaveLength(1);
  });

  it('of no connection means that nothing was sent', async () => {
    const { endpoint, emulator } = await start();
    await emulator.close();
    expect(await call(endpoint)).toMatchObject({
      code: 'client.network',
      message: 'ECONNREFUSED',
      sent: false,
    });
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
    const budget = createRateBudget(4);
    const turn = async () => {
      for (let waitMs; (waitMs = budget.reserve(performance.now())) > 0;) {
        const delayMs = waitMs;
        await new Promise((resolve) => setTimeout(resolve, delayMs));
      }
    };
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

describe('cancelling', () => {
  it('while waiting for a turn sends nothing', async () => {
    const { endpoint, emulator } = await start();
    const abort = new AbortController();
    const turn: TencentTools['turn'] = (signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve());
        abort.abort();
      });
    const engine = createTencentEngine(tools(endpoint, { turn }));
    const answer = await engine.recognise({ image: picture, switches: ALL_ON }, abort.signal);
    expect(answer).toEqual({ kind: 'cancelled', sent: false });
    expect(emulator.calls()).toEqual([]);
  });

  it('while the cloud recognises says that the call was sent, and the emulator gives up too', async () => {
    const abort = new AbortController();
    let gaveUp: Promise<void> | undefined;
    const { endpoint } = await start({}, (_, signal) => {
      gaveUp = new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
      abort.abort();
      return gaveUp.then(() => ({ kind: 'cancelled', sent: false }));
    });
    const engine = createTencentEngine(tools(endpoint));
    const answer = await engine.recognise({ image: picture, switches: ALL_ON }, abort.signal);
    expect(answer).toEqual({ kind: 'cancelled', sent: true });
    await gaveUp;
  });
});

describe('a proxy', () => {
  /** Tunnels like a company's proxy; answers `status` to whoever asks for a tunnel. */
  async function startProxy(status = 200) {
    const tunnels: string[] = [];
    const server: Server = createServer();
    server.on('connect', (request, client) => {
      tunnels.push(request.url ?? '');
      if (status !== 200) return client.end(`HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n`);
      const { hostname, port } = new URL(`http://${request.url}`);
      const upstream = connect(Number(port), hostname, () => {
        client.write('HTTP/1.1 200 Connection established\r\n\r\n');
        client.pipe(upstream).pipe(client);
      });
      for (const socket of [client, upstream]) socket.on('error', () => client.destroy());
      client.on('close', () => upstream.destroy());
      return undefined;
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    closers.push(() => new Promise((resolve) => server.close(resolve)));
    return { tunnels, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  }

  /** The emulator is on this computer, which is never proxied: the dispatcher is the one for the cloud's address. */
  function through(address: string): TencentTools['transport'] {
    const proxies = createProxies(async () => address);
    closers.push(() => proxies.close());
    return { dispatcherFor: () => proxies.dispatcherFor('https://ocr.tencentcloudapi.com/') };
  }

  it('is used', async () => {
    const { endpoint } = await start();
    const { tunnels, address } = await startProxy();
    expect(await call(endpoint, { transport: through(address) })).toMatchObject({ kind: 'answer' });
    expect(tunnels).toEqual([new URL(endpoint).host]);
  });

  it.each([407, 502])('that answers %d lets nothing out', async (status) => {
    const { endpoint, emulator } = await start();
    const { tunnels, address } = await startProxy(status);
    expect(await call(endpoint, { transport: through(address) })).toMatchObject({
      code: 'client.network',
      sent: false,
    });
    expect(tunnels).toHaveLength(1);
    expect(emulator.calls()).toEqual([]);
  });

  it('that is not there lets nothing out', async () => {
    const { endpoint } = await start();
    const gone = await start();
    await gone.emulator.close();
    const answer = await call(endpoint, { transport: through(gone.endpoint) });
    expect(answer).toMatchObject({ code: 'client.network', message: 'ECONNREFUSED', sent: false });
  });
});

/** 24 bits a pixel, uncompressed, grey. */
function bmpOf(width: number, height: number): Buffer {
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const bmp = Buffer.alloc(54 + rowBytes * height, 0x80);
  bmp.fill(0, 0, 54);
  bmp.write('BM');
  bmp.writeUInt32LE(bmp.length, 2);
  bmp.writeUInt32LE(54, 10);
  bmp.writeUInt32LE(40, 14);
  bmp.writeInt32LE(width, 18);
  bmp.writeInt32LE(height, 22);
  bmp.writeUInt16LE(1, 26);
  bmp.writeUInt16LE(24, 28);
  return bmp;
}
