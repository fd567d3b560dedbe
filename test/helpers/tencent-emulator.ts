/** Our engine joined to the emulator over a socket; only the recognition behind the emulator is a stand-in. */
import { ANY_TIME } from './any-time';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { afterEach } from 'vitest';
import { createLinkTool } from '../../src/adapters/files/link-tool';
import { pictureTool } from '../../src/adapters/images/picture-tool';
import { createTencentEngine, type TencentTools } from '../../src/adapters/tencent/engine';
import { createProxies, type Proxies } from '../../src/adapters/tencent/proxies';
import type { EngineAnswer, RecognitionEngine, RecognitionRequest } from '../../src/core/recognition/ports';
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator';
import { SWITCHES, type Recognition, type Switches } from '../../src/shared/recognition';

export const CREDENTIALS = { secretId: 'AKIDinvented0001', secretKey: 'invented-secret-key' };
export const ALL_ON = Object.fromEntries(SWITCHES.map((name) => [name, true])) as Switches;
export const NEVER = new AbortController().signal;
const create = { width: 900, height: 600, channels: 3, background: '#335577' } as const;
export const picture = await sharp({ create }).jpeg().toBuffer();

/** What the emulator reads of every picture, unless a test says otherwise. */
export function emulated(): Recognition {
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

/** Starts what a test needs; whatever is started is closed when the test ends. */
export function emulatorOfEachTest() {
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });
  const closeAfterwards = (close: () => Promise<unknown>): void => void closers.push(close);

  async function start(options: Partial<EmulatorOptions> = {}, recognise?: Recognise) {
    const asked: RecognitionRequest[] = [];
    const engine: RecognitionEngine = {
      name: 'local',
      traits: { charges: false, overNetwork: false, needsCredentials: false, slots: 1 },
      recognise(request, signal) {
        asked.push(request);
        if (recognise) return recognise(request, signal as AbortSignal);
        return Promise.resolve({ kind: 'answer', recognition: emulated() });
      },
    };
    const links = createLinkTool(async () => undefined);
    const emulator = createEmulator({ engine, pictureTool, links, credentials: CREDENTIALS, ...options });
    const endpoint = await emulator.listen(0);
    closeAfterwards(() => emulator.close());
    return { emulator, endpoint, asked };
  }

  function tools(endpoint: string, more: Partial<TencentTools> = {}): TencentTools {
    const transport: Proxies = createProxies(async () => undefined);
    closeAfterwards(() => transport.close());
    return {
      credentials: async () => CREDENTIALS,
      endpoint: () => endpoint,
      region: () => 'ap-guangzhou',
      timeoutMs: () => 20_000,
      transport,
      clock: { now: Date.now },
      turn: async () => ANY_TIME,
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
    closeAfterwards(() => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  return { start, tools, call, startWeb, closeAfterwards };
}
