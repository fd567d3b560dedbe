/**
 * One POST whose fate is known: whether it left this computer decides whether it may have been charged. Redirects are
 * not followed: they would hand a card and a signature to another address.
 */
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, type BrotliOptions, type ZlibOptions } from 'node:zlib';
import type { Dispatcher } from 'undici';
import type { CancelSignal } from '../../core/recognition/ports';

export interface Post {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly dispatcher: Dispatcher;
  /** For everything from connecting to the last byte of the reply. */
  readonly timeoutMs: number;
  readonly maxReplyBytes: number;
  readonly signal: CancelSignal;
  /** The first byte is about to leave; where it answers false, none does. */
  readonly leaving: () => boolean;
}

export type PostOutcome =
  | { readonly kind: 'reply'; readonly status: number; readonly date?: string; readonly body: Buffer }
  | { readonly kind: 'tooLarge'; readonly status: number }
  | { readonly kind: 'notUnpacked'; readonly status: number }
  /** `message` is the name of what went wrong, such as ECONNREFUSED, never an address. */
  | { readonly kind: 'failed'; readonly message: string; readonly sent: boolean }
  | { readonly kind: 'timeout'; readonly sent: boolean }
  | { readonly kind: 'cancelled'; readonly sent: boolean };

export async function post(options: Post): Promise<PostOutcome> {
  const { url, headers, body, maxReplyBytes, signal } = options;
  const abort = new AbortController();
  let ended: 'timeout' | 'cancelled' | undefined;
  let sent = false;
  const end = (why: 'timeout' | 'cancelled') => {
    ended ??= why;
    abort.abort();
  };
  const cancel = () => end('cancelled');
  const timer = setTimeout(() => end('timeout'), options.timeoutMs);
  signal.addEventListener('abort', cancel, { once: true });
  try {
    if (signal.aborted) return { kind: 'cancelled', sent };
    const { request } = await import('undici');
    const reply = await request(url, {
      method: 'POST',
      headers,
      body,
      dispatcher: tellingStart(options.dispatcher, () => {
        sent = options.leaving();
        if (!sent) end('cancelled');
      }),
      signal: abort.signal,
      // The timer above is exact and covers both; undici's own are rounded to a second.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const bytes = await readAtMost(reply.body, maxReplyBytes);
    if (!bytes) return { kind: 'tooLarge', status: reply.statusCode };
    const { date, 'content-encoding': encoding = '' } = reply.headers;
    const unpacked = await unpack(bytes, String(encoding), maxReplyBytes);
    if (!unpacked) return { kind: 'notUnpacked', status: reply.statusCode };
    return {
      kind: 'reply',
      status: reply.statusCode,
      date: typeof date === 'string' ? date : undefined,
      body: unpacked,
    };
  } catch (error) {
    if (ended) return { kind: ended, sent };
    return { kind: 'failed', message: nameOf(error), sent };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', cancel);
  }
}

/** Undici says that a request starts when a connection is there and its first byte is about to be written. */
function tellingStart(dispatcher: Dispatcher, started: () => void): Dispatcher {
  return dispatcher.compose((dispatch) => (options, handler) => {
    return dispatch(options, {
      onRequestStart(controller, context) {
        handler.onRequestStart?.(controller, context);
        if (!controller.aborted) started();
      },
      onRequestUpgrade: (...given) => handler.onRequestUpgrade?.(...given),
      onResponseStart: (...given) => handler.onResponseStart?.(...given),
      onResponseData: (...given) => handler.onResponseData?.(...given),
      onResponseEnd: (...given) => handler.onResponseEnd?.(...given),
      onResponseError: (...given) => handler.onResponseError?.(...given),
    });
  });
}

/** Undefined when there is more; the rest is not read. */
async function readAtMost(body: Dispatcher.ResponseData['body'], most: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let total = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    total += chunk.length;
    // Leaving the loop destroys the stream and with it the connection.
    if (total > most) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

type Unpack = (packed: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

const UNPACK: ReadonlyMap<string, Unpack> = new Map([
  ['gzip', promisify<Buffer, ZlibOptions, Buffer>(gunzip)],
  ['x-gzip', promisify<Buffer, ZlibOptions, Buffer>(gunzip)],
  ['deflate', promisify<Buffer, ZlibOptions, Buffer>(inflate)],
  ['br', promisify<Buffer, BrotliOptions, Buffer>(brotliDecompress)],
]);
/** Nobody packs more often; a header can name thousands. */
const PACKED_AT_MOST = 2;

/** What a gateway packed without being asked to; undefined when it is damaged or larger than `most`. */
async function unpack(bytes: Buffer, encoding: string, most: number): Promise<Buffer | undefined> {
  const names = encoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (names.length > PACKED_AT_MOST) return undefined;
  let body = bytes;
  for (const name of names.reverse()) {
    const how = UNPACK.get(name);
    if (!how) return undefined;
    try {
      body = await how(body, { maxOutputLength: most });
    } catch {
      // Damaged or too large: either way there is no reply to read.
      return undefined;
    }
  }
  return body;
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
