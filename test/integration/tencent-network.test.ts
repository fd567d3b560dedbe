/** What goes wrong between us and the cloud is told for what it is, and nothing is sent that should not be. */
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { createTencentEngine, type TencentTools } from '../../src/adapters/tencent/engine';
import { createProxies } from '../../src/adapters/tencent/proxies';
import type { EngineAnswer } from '../../src/core/recognition/ports';
import type { Fault } from '../../src/emulator/faults';
import { ALL_ON, emulatorOfEachTest, NEVER, picture } from '../helpers/tencent-emulator';

const { start, startWeb, tools, call, closeAfterwards } = emulatorOfEachTest();

describe('a fault', () => {
  const faults: [Fault, Partial<EngineAnswer> & object][] = [
    [{ code: 'ResourceUnavailable.InArrears' }, { code: 'ResourceUnavailable.InArrears', sent: true }],
    [{ delayMs: 60_000 }, { code: 'client.timeout', sent: true }],
    ['reset', { code: 'client.network', sent: true }],
    ['halfBody', { code: 'client.network', sent: true }],
    ['html', { code: 'client.notTheCloud', sent: true }],
    [{ redirect: 302 }, { code: 'client.notTheCloud', httpStatus: 302, sent: true }],
    [{ redirect: 307 }, { code: 'client.notTheCloud', httpStatus: 307, sent: true }],
    [{ status: 403 }, { code: 'client.notTheCloud', httpStatus: 403, sent: true }],
    [{ status: 407 }, { code: 'client.notTheCloud', httpStatus: 407, sent: true }],
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

  it('of packing is none: the answer is read as if it had come plain', async () => {
    const { endpoint } = await start({ faults: [{ call: 1, fault: 'gzip' }] });
    expect(await call(endpoint)).toMatchObject({ kind: 'answer' });
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

describe('a packed answer', () => {
  const reply = JSON.stringify({ Response: { CardNo: '6222020200112233448', RequestId: 'packed' } });
  const packed: [string, Buffer][] = [
    ['gzip', gzipSync(reply)],
    ['GZip', gzipSync(reply)],
    ['deflate', deflateSync(reply)],
    ['br', brotliCompressSync(reply)],
    ['identity', Buffer.from(reply)],
    ['br, gzip', gzipSync(brotliCompressSync(reply))],
  ];
  const hostile: [string, Buffer][] = [
    ['gzip', gzipSync(reply).subarray(0, 20)],
    ['gzip', gzipSync(Buffer.alloc(64 * 1024 * 1024))],
    ['constructor', Buffer.from(reply)],
    ['tostring', Buffer.from(reply)],
    ['zstd', Buffer.from(reply)],
    ['gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(reply)))],
  ];

  async function answered(encoding: string, body: Buffer): Promise<EngineAnswer> {
    const endpoint = await startWeb((_path, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding });
      response.end(body);
    });
    return call(endpoint);
  }

  it.each(packed)('in %s is read', async (encoding, body) => {
    expect(await answered(encoding, body)).toMatchObject({
      kind: 'answer',
      recognition: { requestId: 'packed' },
    });
  });

  it.each(hostile)(
    'in %s that is not what it should be is a bad response, not a lost application',
    async (encoding, body) => {
      expect(await answered(encoding, body)).toMatchObject({ code: 'client.badResponse', sent: true });
    },
  );
});

describe('cancelling', () => {
  it('while waiting for a turn sends nothing', async () => {
    const { endpoint, emulator } = await start();
    const abort = new AbortController();
    const turn: TencentTools['turn'] = (signal) =>
      new Promise((resolve) => {
        signal.addEventListener('abort', () => resolve(undefined));
        abort.abort();
      });
    const engine = createTencentEngine(tools(endpoint, { turn }));
    const answer = await engine.recognise({ image: picture, switches: ALL_ON }, abort.signal);
    expect(answer).toEqual({ kind: 'cancelled', sent: false });
    expect(emulator.calls()).toEqual([]);
  });

  it('in the moment before the first byte leaves sends nothing, and the next call is sent', async () => {
    const { endpoint, emulator } = await start();
    const engine = createTencentEngine(tools(endpoint));
    const request = { image: picture, switches: ALL_ON };
    expect(await engine.recognise(request, NEVER, () => false)).toEqual({ kind: 'cancelled', sent: false });
    expect(emulator.calls()).toEqual([]);
    let arrived: number | undefined;
    const leaving = () => {
      arrived = emulator.calls().length;
      return true;
    };
    expect(await engine.recognise(request, NEVER, leaving)).toMatchObject({ kind: 'answer' });
    expect([arrived, emulator.calls().length]).toEqual([0, 1]);
  });

  it('gives its place in the budget back where nothing left', async () => {
    const { endpoint } = await start();
    const told: string[] = [];
    const turn: TencentTools['turn'] = async () => ({
      left: () => void told.push('left'),
      answered: (refused) => void told.push(`answered ${refused}`),
      over: () => void told.push('over'),
    });
    const engine = createTencentEngine(tools(endpoint, { turn }));
    const request = { image: picture, switches: ALL_ON };
    await engine.recognise(request, NEVER, () => false);
    expect(told).toEqual(['over']);
    await engine.recognise(request, NEVER);
    expect(told).toEqual(['over', 'left', 'over', 'answered false']);
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
    closeAfterwards(() => new Promise((resolve) => server.close(resolve)));
    return { tunnels, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  }

  /** The emulator is on this computer, which is never proxied: the dispatcher is the one for the cloud's address. */
  function through(address: string): TencentTools['transport'] {
    const proxies = createProxies(async () => address);
    closeAfterwards(() => proxies.close());
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
