/**
 * TC3-HMAC-SHA256, the signature of the Tencent Cloud API 3.0. What is signed: method, path, query, some headers and the
 * body's SHA-256; the key is derived anew for each UTC day and service.
 */
import { createHash, createHmac } from 'node:crypto';

export const ALGORITHM = 'TC3-HMAC-SHA256';
export const SCOPE_END = 'tc3_request';

/** What the current documents sign; the official SDK signs only the first two. */
export const SIGNED_HEADERS = ['content-type', 'host', 'x-tc-action'] as const;

export interface SigningKey {
  readonly secretId: string;
  readonly secretKey: string;
}

export interface RequestToSign {
  readonly method: string;
  readonly path: string;
  /** As sent, without the question mark. */
  readonly query: string;
  /** Lower-case names; the values exactly as they are sent. */
  readonly headers: Readonly<Record<string, string>>;
  /** Names among `headers`, sorted. */
  readonly signedHeaders: readonly string[];
  /** Lower-case hexadecimal SHA-256 of the body's bytes. */
  readonly payloadHash: string;
  /** The product's short name in the scope of the key, such as `ocr`. */
  readonly service: string;
  /** Seconds since 1970, the same as in X-TC-Timestamp. */
  readonly timestamp: number;
}

/** A body of several MB is hashed once, in one go, and only its hash is handed on. */
export function sha256Hex(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The day in UTC, whatever this computer's time zone: at eight in the morning in China a new day begins. */
export function scopeDate(timestamp: number): string {
  return new Date(timestamp * 1000).toISOString().slice(0, 10);
}

export function canonicalRequest(request: RequestToSign): string {
  const lines = request.signedHeaders.map(
    (name) => `${name}:${(request.headers[name] ?? '').trim().toLowerCase()}\n`,
  );
  return [
    request.method,
    request.path,
    request.query,
    lines.join(''),
    request.signedHeaders.join(';'),
    request.payloadHash,
  ].join('\n');
}

export function stringToSign(request: RequestToSign): string {
  const scope = `${scopeDate(request.timestamp)}/${request.service}/${SCOPE_END}`;
  return [ALGORITHM, request.timestamp, scope, sha256Hex(canonicalRequest(request))].join('\n');
}

export function signature(request: RequestToSign, secretKey: string): string {
  const dateKey = hmac(`TC3${secretKey}`, scopeDate(request.timestamp));
  const serviceKey = hmac(dateKey, request.service);
  return hmac(hmac(serviceKey, SCOPE_END), stringToSign(request)).toString('hex');
}

/** The value of the Authorization header. */
export function authorization(request: RequestToSign, key: SigningKey): string {
  const scope = `${scopeDate(request.timestamp)}/${request.service}/${SCOPE_END}`;
  const signed = request.signedHeaders.join(';');
  return `${ALGORITHM} Credential=${key.secretId}/${scope}, SignedHeaders=${signed}, Signature=${signature(request, key.secretKey)}`;
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text, 'utf8').digest();
}
