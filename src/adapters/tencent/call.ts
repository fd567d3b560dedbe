/** One signed call of BankCardOCR: credentials, turn, signature, HTTP, reply. */
import { classify } from '../../core/recognition/errors';
import type { CancelSignal, EngineAnswer } from '../../core/recognition/ports';
import { isEndpoint } from '../../core/settings/settings';
import type { Credentials } from '../../shared/settings';
import { post, type PostOutcome } from './http';
import type { Proxies } from './proxies';
import { badResponse, notTheCloud, readReply } from './reply';
import { authorization, SIGNED_HEADERS, sha256Hex } from './signer';

export const DEFAULT_ENDPOINT = 'https://ocr.tencentcloudapi.com';
export const ACTION = 'BankCardOCR';
export const VERSION = '2018-11-19';
const SERVICE = 'ocr';
/** A reply holds two pictures in base64 at most. */
const MAX_REPLY_BYTES = 12 * 1024 * 1024;

/** Undici's names for what came back and was not HTTP. */
const NOT_HTTP = /^(HPE_|HTTPParserError$|UND_ERR_HEADERS_OVERFLOW$)/;

/** What the cloud counts by. */
export interface Service {
  readonly secretId: string;
  readonly endpoint: string;
}

/** A place in the rate budget. */
export interface Turn {
  /** The first byte leaves now. */
  left(): void;
  /** The cloud answered; `refused`: that it came too fast. */
  answered(refused: boolean): void;
  /** The call has ended, however it did. */
  over(): void;
}

export interface TencentTools {
  /** Undefined where none are stored. */
  readonly credentials: () => Promise<Credentials | undefined>;
  /** Empty: the cloud's own address. */
  readonly endpoint: () => string;
  readonly region: () => string;
  readonly timeoutMs: () => number;
  readonly transport: Pick<Proxies, 'dispatcherFor'>;
  /** Milliseconds since 1970. */
  readonly clock: { now(): number };
  /** Resolves when the next call may start, or with nothing when `signal` aborts: the rate budget lives here. */
  readonly turn: (signal: CancelSignal, service: Service) => Promise<Turn | undefined>;
}

export type Call = (body: Buffer, signal: CancelSignal, leaving: () => boolean) => Promise<EngineAnswer>;

/** What is learnt of the server's clock is kept between the calls of one caller. */
export function createCall(tools: TencentTools): Call {
  let skewMs = 0;

  function learnSkew(answer: EngineAnswer, outcome: PostOutcome): void {
    if (answer.kind !== 'error' || answer.code !== 'AuthFailure.SignatureExpire') return;
    const serverNow = outcome.kind === 'reply' ? Date.parse(outcome.date ?? '') : NaN;
    if (Number.isFinite(serverNow)) skewMs = serverNow - tools.clock.now();
  }

  return async (body, signal, leaving) => {
    const credentials = await tools.credentials();
    if (!credentials) return notSent('client.noCredentials');
    const endpoint = tools.endpoint() || DEFAULT_ENDPOINT;
    if (!isEndpoint(endpoint)) return notSent('settings.badEndpoint');
    const url = new URL('/', endpoint);
    const [region, payloadHash] = [tools.region(), sha256Hex(body)];
    const dispatcher = await dispatcherOrName(tools, url);
    if (typeof dispatcher === 'string') return notSent('client.network', dispatcher);

    const turn = signal.aborted
      ? undefined
      : await tools.turn(signal, { secretId: credentials.secretId, endpoint: url.origin });
    if (!turn) return { kind: 'cancelled', sent: false };
    if (signal.aborted) {
      turn.over();
      return { kind: 'cancelled', sent: false };
    }

    const timestamp = Math.floor((tools.clock.now() + skewMs) / 1000);
    const headers = signedHeaders({ url, region, payloadHash, timestamp, credentials });
    const timeoutMs = tools.timeoutMs();
    const outcome = await post({
      url,
      headers,
      body,
      dispatcher,
      timeoutMs,
      maxReplyBytes: MAX_REPLY_BYTES,
      signal,
      leaving() {
        const may = leaving();
        if (may) turn.left();
        return may;
      },
    }).finally(turn.over);
    const { secretId, secretKey, token = '' } = credentials;
    const answer = answerOf(outcome, [secretKey, token, secretId]);
    learnSkew(answer, outcome);
    if (outcome.kind === 'reply') turn.answered(isThrottled(answer));
    return answer;
  };
}

function isThrottled(answer: EngineAnswer): boolean {
  return answer.kind === 'error' && classify(answer.code).class === 'throttle';
}

interface HeaderParts {
  readonly url: URL;
  readonly region: string;
  readonly payloadHash: string;
  readonly timestamp: number;
  readonly credentials: Credentials;
}

function signedHeaders({
  url,
  region,
  payloadHash,
  timestamp,
  credentials,
}: HeaderParts): Record<string, string> {
  const headers = { 'content-type': 'application/json', host: url.host, 'x-tc-action': ACTION };
  const signed = authorization(
    {
      method: 'POST',
      path: url.pathname,
      query: '',
      headers,
      signedHeaders: SIGNED_HEADERS,
      payloadHash,
      service: SERVICE,
      timestamp,
    },
    credentials,
  );
  return {
    ...headers,
    authorization: signed,
    'x-tc-version': VERSION,
    'x-tc-timestamp': String(timestamp),
    'x-tc-region': region,
    ...(credentials.token ? { 'x-tc-token': credentials.token } : {}),
  };
}

async function dispatcherOrName(tools: TencentTools, url: URL) {
  try {
    return await tools.transport.dispatcherFor(url.href);
  } catch (error) {
    // The system's proxy settings could not be read or name something that is no proxy.
    return error instanceof Error ? `proxy: ${error.name}` : 'proxy';
  }
}

function notSent(code: string, message?: string): EngineAnswer {
  return { kind: 'error', code, message, sent: false };
}

function answerOf(outcome: PostOutcome, secrets: readonly string[]): EngineAnswer {
  switch (outcome.kind) {
    case 'cancelled':
      return outcome;
    case 'timeout':
      // Nothing was written while no connection came about: the network's fault, not a lost answer.
      if (!outcome.sent) return notSent('client.network', 'no connection in time');
      return { kind: 'error', code: 'client.timeout', sent: true };
    case 'failed': {
      const { message, sent } = outcome;
      const code = sent && NOT_HTTP.test(message) ? 'client.badResponse' : 'client.network';
      return { kind: 'error', code, message, sent };
    }
    case 'tooLarge':
      return badResponse('the reply is too large', outcome.status);
    case 'reply':
      return fromStatus(outcome.status) ?? readReply(outcome.body, outcome.status, secrets);
    case 'notUnpacked':
      return badResponse('the reply cannot be unpacked', outcome.status);
  }
}

/** The API itself answers 200 even to errors; these come from a gateway or a proxy on the way. */
function fromStatus(status: number): EngineAnswer | undefined {
  if (status === 429) return { kind: 'error', code: 'RequestLimitExceeded', httpStatus: status, sent: true };
  if (status >= 500) return { kind: 'error', code: 'client.http5xx', httpStatus: status, sent: true };
  if (status >= 300 && status < 400) return notTheCloud('the reply is a redirect', status);
  return undefined;
}
