/**
 * An HTTP service on this computer that answers BankCardOCR like the cloud: signature, limits, error codes, faults on
 * request, and cards really recognised by the engine it is given. The cloud's own order of checks is not known; this one
 * goes from the caller to the picture.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isLoopback } from '../adapters/tencent/proxies';
import { sha256Hex } from '../adapters/tencent/signer';
import { verify } from '../adapters/tencent/verify';
import { REGIONS, type Credentials } from '../shared/settings';
import { apiReply, readBody, send, sendFault, sendJson, type ApiReply } from './answers';
import { createCallList, type CallRecord } from './calls';
import { faultName, faultOf, type FaultRule } from './faults';
import { decodeBase64, readParameters, type CallParameters } from './parameters';
import { recognise, type RecogniseTools } from './recognise';

export interface EmulatorOptions extends RecogniseTools {
  readonly credentials: Credentials;
  /** Calls in any second; the cloud's limit is 10. */
  readonly rate?: number;
  /** Every answer comes so much later. */
  readonly latencyMs?: number;
  readonly faults?: readonly FaultRule[];
  /** Milliseconds since 1970; also in the Date header. */
  readonly now?: () => number;
  /** One line for each call; never holds a number of a card. */
  readonly log?: (line: string) => void;
}

export interface Emulator {
  /** 0 takes a free port. Returns the address. */
  listen(port: number): Promise<string>;
  calls(): readonly CallRecord[];
  close(): Promise<void>;
}

const ACTION = 'BankCardOCR';
const VERSION = '2018-11-19';
const MAX_BODY_BYTES = 10 * 1024 * 1024;
const SECOND_MS = 1_000;

/** Tells whether a call is one too many in the second before it, by its arrival; such a call does not count. */
function createSecond(calls: number): (nowMs: number) => boolean {
  let arrivals: number[] = [];
  return (nowMs) => {
    arrivals = arrivals.filter((at) => at > nowMs - SECOND_MS);
    if (arrivals.length >= calls) return true;
    arrivals.push(nowMs);
    return false;
  };
}

export function createEmulator(options: EmulatorOptions): Emulator {
  const { credentials, latencyMs = 0, faults = [], now = Date.now } = options;
  const calls = createCallList();
  const isTooFast = createSecond(options.rate ?? 10);
  const server = createServer((request, response) => {
    response.setHeader('date', new Date(now()).toUTCString());
    handle(request, response).catch((error: unknown) => {
      const hungUp = !request.complete && request.destroyed;
      if (hungUp) options.log?.('a caller hung up while sending');
      else options.log?.(`defect: ${error instanceof Error ? error.stack : 'unknown'}`);
      response.destroy();
    });
  });

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET' && request.url === '/_calls') return listCalls(request, response);
    const arrived = now();
    const tooFast = isTooFast(performance.now());
    const record = calls.add(arrived, String(request.headers['x-tc-action'] ?? ''));
    const gone = whenGone(response);
    await answer({ request, response, record, tooFast, gone });
    const tookMs = Math.round(now() - arrived);
    options.log?.(`call ${record.n}: ${record.code ?? 'recognised'}, ${tookMs} ms`);
  }

  async function answer({ request, response, record, tooFast, gone }: Arrival): Promise<void> {
    const body = await readBody(request, MAX_BODY_BYTES);
    if (!body) {
      record.code = 'RequestSizeLimitExceeded';
      return sendJson(response, apiReply({ code: record.code }));
    }
    const parameters = readParameters(body);
    if (parameters.ok && 'base64' in parameters.value.picture) {
      const picture = decodeBase64(parameters.value.picture.base64);
      record.imageSha256 = picture && sha256Hex(picture);
    }
    const fault = faultOf(faults, record.n);
    const late = typeof fault === 'object' && 'delayMs' in fault ? fault.delayMs : 0;
    if (latencyMs + late > 0) await wait(latencyMs + late, gone);
    if (gone.aborted) {
      record.code = 'callerGone';
      return;
    }
    const asUsual = fault === 'gzip' || (typeof fault === 'object' && 'delayMs' in fault);
    if (fault !== undefined && !asUsual) {
      record.code = faultName(fault);
      return sendFault(response, fault);
    }
    const refusal = refuse(request, body, tooFast) ?? (parameters.ok ? undefined : parameters.error.code);
    const reply = refusal === undefined && parameters.ok ? await read(parameters.value, gone) : undefined;
    const toSend: ApiReply = reply ?? { code: refusal ?? 'InternalError' };
    if ('code' in toSend) record.code = toSend.code;
    sendJson(response, apiReply(toSend), fault === 'gzip');
  }

  async function read(parameters: CallParameters, gone: AbortSignal): Promise<ApiReply> {
    const result = await recognise(options, parameters, gone);
    return result.ok ? { fields: result.value } : { code: result.error.code };
  }

  function refuse(request: IncomingMessage, body: Buffer, tooFast: boolean): string | undefined {
    const url = new URL(request.url ?? '/', 'http://emulator.invalid');
    const { headers, method = '' } = request;
    const isJson = (headers['content-type'] ?? '').toLowerCase().startsWith('application/json');
    if (method !== 'POST' || url.pathname !== '/' || !isJson) return 'UnsupportedProtocol';
    const verified = verify(
      {
        method,
        path: url.pathname,
        query: url.search.slice(1),
        headers: single(headers),
        payloadHash: sha256Hex(body),
      },
      (secretId) => (secretId === credentials.secretId ? credentials : undefined),
      Math.floor(now() / 1000),
    );
    if (!verified.ok) return verified.error.code;
    return refuseAction(single(headers)) ?? (tooFast ? 'RequestLimitExceeded' : undefined);
  }

  function listCalls(request: IncomingMessage, response: ServerResponse): void {
    // Also against a page in a browser that names this address by a name of its own.
    const host = new URL(`http://${request.headers.host ?? 'unknown'}`).hostname;
    if (isLoopback(host)) return sendJson(response, JSON.stringify(calls.all()));
    return send(response, 403, 'text/plain', 'only for this computer');
  }

  return {
    listen: (port) => listen(server, port),
    calls: () => calls.all(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Arrival {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly record: CallRecord;
  readonly tooFast: boolean;
  readonly gone: AbortSignal;
}

function refuseAction(headers: Readonly<Record<string, string>>): string | undefined {
  const { 'x-tc-action': action, 'x-tc-version': version, 'x-tc-region': region } = headers;
  if (!action || !version || !region) return 'MissingParameter';
  if (action !== ACTION) return 'InvalidAction';
  if (version !== VERSION) return 'NoSuchVersion';
  return REGIONS.some((known) => known === region) ? undefined : 'UnsupportedRegion';
}

/** Loopback only: it is a tool for this computer. */
function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}

/** Aborts when the caller hangs up before the answer was written. */
function whenGone(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

/** Ends early when the caller is gone. */
function wait(delayMs: number, gone: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, delayMs);
    gone.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function single(headers: IncomingMessage['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );
}
