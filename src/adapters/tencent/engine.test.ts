/** What only a server that misbehaves below HTTP's surface can show; the rest is tried against the emulator. */
import { ANY_TIME } from '../../../test/helpers/any-time';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { SWITCHES, type Switches } from '../../shared/recognition';
import { createTencentEngine, type TencentTools } from './engine';
import { createProxies } from './proxies';

const CREDENTIALS = {
  secretId: 'AKIDinvented0001',
  secretKey: 'invented-secret-key',
  token: 'invented-token',
};
const switches = Object.fromEntries(SWITCHES.map((name) => [name, true])) as Switches;
const NEVER = new AbortController().signal;

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const http = (listener: RequestListener) => listen(createHttpServer(listener));

function call(endpoint: string, more: Partial<TencentTools> = {}) {
  const transport = createProxies(async () => undefined);
  closers.push(() => transport.close());
  const tools: TencentTools = {
    credentials: async () => CREDENTIALS,
    endpoint: () => endpoint,
    region: () => 'ap-shanghai',
    timeoutMs: () => 10_000,
    transport,
    clock: { now: Date.now },
    turn: async () => ANY_TIME,
    ...more,
  };
  return createTencentEngine(tools).recognise({ image: Uint8Array.from([1, 2, 3]), switches }, NEVER);
}

describe('a call', () => {
  it('carries what the API asks for, signed at the time of its turn', async () => {
    const seen: Record<string, unknown>[] = [];
    const endpoint = await http((request, response) => {
      seen.push(request.headers);
      response.end('{"Response":{"RequestId":"r"}}');
    });
    let nowMs = 1_700_000_000_000;
    const turn = async () => {
      nowMs += 5_000;
      return ANY_TIME;
    };
    const answer = await call(endpoint, { clock: { now: () => nowMs }, turn });
    expect(answer).toMatchObject({ kind: 'answer', recognition: { requestId: 'r', fields: {} } });
    expect(seen[0]).toMatchObject({
      'content-type': 'application/json',
      host: new URL(endpoint).host,
      'x-tc-action': 'BankCardOCR',
      'x-tc-version': '2018-11-19',
      'x-tc-region': 'ap-shanghai',
      'x-tc-timestamp': '1700000005',
      'x-tc-token': 'invented-token',
      authorization: expect.stringContaining('SignedHeaders=content-type;host;x-tc-action'),
    });
  });

  it('takes no turn without credentials or towards an address that is not safe', async () => {
    const turn = () => Promise.reject(new Error('took a turn'));
    const credentials = async () => undefined;
    expect(await call('', { turn, credentials })).toEqual({
      kind: 'error',
      code: 'client.noCredentials',
      sent: false,
    });
    expect(await call('http://ocr.example.invalid', { turn })).toMatchObject({
      code: 'settings.badEndpoint',
      sent: false,
    });
  });

  it('goes to the cloud itself where no address is set, through what is found for it', async () => {
    const asked: string[] = [];
    const transport: TencentTools['transport'] = {
      dispatcherFor(url) {
        asked.push(url);
        return Promise.reject(new TypeError('user:password@proxy'));
      },
    };
    const answer = await call('', { transport });
    expect(asked).toEqual(['https://ocr.tencentcloudapi.com/']);
    expect(answer).toMatchObject({ code: 'client.network', sent: false });
    expect(JSON.stringify(answer)).not.toContain('password');
  });
});

describe('a server', () => {
  it('that sends more than a reply can hold is not read to the end', async () => {
    const endpoint = await http((_, response) => response.end(Buffer.alloc(13 * 1024 * 1024, 'a')));
    expect(await call(endpoint)).toMatchObject({ code: 'client.badResponse', sent: true });
  });

  it('that does not speak HTTP is a bad response', async () => {
    const endpoint = await listen(
      createServer((socket) => socket.once('data', () => socket.end('SSH-2.0\r\n'))),
    );
    expect(await call(endpoint)).toMatchObject({ code: 'client.badResponse', sent: true });
  });

  it('that begins to answer and then falls silent times out', async () => {
    const endpoint = await http((_, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{');
    });
    expect(await call(endpoint, { timeoutMs: () => 300 })).toEqual({
      kind: 'error',
      code: 'client.timeout',
      sent: true,
    });
  });

  it('that repeats the secrets does not get them into the message', async () => {
    const { secretId, secretKey, token } = CREDENTIALS;
    const Error = { Code: 'AuthFailure.TokenFailure', Message: `${secretId} ${secretKey} ${token}` };
    const endpoint = await http((_, response) => response.end(JSON.stringify({ Response: { Error } })));
    expect(await call(endpoint)).toMatchObject({ code: Error.Code, message: '*** *** ***' });
  });

  it('whose time cannot be read teaches nothing', async () => {
    const stamps: unknown[] = [];
    const endpoint = await http((request, response) => {
      stamps.push(request.headers['x-tc-timestamp']);
      response.setHeader('date', 'yesterday');
      response.end('{"Response":{"Error":{"Code":"AuthFailure.SignatureExpire","Message":""}}}');
    });
    const clock = { now: () => 1_700_000_000_000 };
    await call(endpoint, { clock });
    await call(endpoint, { clock });
    expect(stamps).toEqual(['1700000000', '1700000000']);
  });
});
