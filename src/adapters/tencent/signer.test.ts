import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import vectorFile from '../../../test/fixtures/tc3-vectors.json';
import { authorization, canonicalRequest, sha256Hex, SIGNED_HEADERS, stringToSign } from './signer';
import { verify, type KnownKey, type ReceivedRequest } from './verify';

interface Vector {
  readonly name: string;
  readonly secretId: string;
  readonly secretKey: string;
  readonly token?: string;
  readonly timestamp: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly host: string;
  readonly hostHeader: string;
  readonly service: string;
  readonly action: string;
  readonly version: string;
  readonly region?: string;
  readonly contentType: string;
  readonly signedHeaders: string;
  readonly payload?: string;
  readonly payloadRecipe?: { prefix: string; unit: string; repeat: number; suffix: string };
  readonly payloadBytes: number;
  readonly payloadSha256: string;
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  readonly authorization: string;
}

interface Case {
  readonly name: string;
  readonly base: string;
  readonly expect: string;
  readonly clockSkewS?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly dropHeaders?: readonly string[];
  readonly serverSecretKey?: string;
  readonly serverToken?: string;
  readonly unknownKey?: boolean;
}

const made: readonly Vector[] = vectorFile.vectors;
const published: readonly Vector[] = vectorFile.published;
const vectors = [...made, ...published];
// The compiler takes each row of the JSON for a type of its own.
const cases = vectorFile.mustReject as unknown as readonly Case[];

function bodyOf({ payload, payloadRecipe: recipe }: Vector): Buffer {
  return Buffer.from(
    recipe ? recipe.prefix + recipe.unit.repeat(recipe.repeat) + recipe.suffix : (payload ?? ''),
  );
}

function toSign(vector: Vector) {
  return {
    method: vector.method,
    path: vector.path,
    query: vector.query,
    headers: { 'content-type': vector.contentType, host: vector.host, 'x-tc-action': vector.action },
    signedHeaders: vector.signedHeaders.split(';'),
    payloadHash: sha256Hex(bodyOf(vector)),
    service: vector.service,
    timestamp: vector.timestamp,
  };
}

function received(vector: Vector): ReceivedRequest {
  return {
    method: vector.method,
    path: vector.path,
    query: vector.query,
    headers: {
      'content-type': vector.contentType,
      host: vector.hostHeader,
      'x-tc-action': vector.action,
      'x-tc-version': vector.version,
      'x-tc-timestamp': String(vector.timestamp),
      'x-tc-region': vector.region,
      'x-tc-token': vector.token,
      authorization: vector.authorization,
    },
    payloadHash: sha256Hex(bodyOf(vector)),
  };
}

const keyOf =
  ({ secretId, secretKey, token }: Vector) =>
  (asked: string): KnownKey | undefined =>
    asked === secretId ? { secretKey, token } : undefined;

it('holds every vector that was handed over', () => {
  expect([made.length, published.length, cases.length]).toEqual([27, 4, 15]);
});

describe.each(vectors)('vector $name', (vector) => {
  it('is signed as the official SDK or document signs it', () => {
    const request = toSign(vector);
    expect(bodyOf(vector).length).toBe(vector.payloadBytes);
    expect(request.payloadHash).toBe(vector.payloadSha256);
    expect(canonicalRequest(request)).toBe(vector.canonicalRequest);
    expect(stringToSign(request)).toBe(vector.stringToSign);
    expect(authorization(request, vector)).toBe(vector.authorization);
  });

  it('is accepted by the verification', () => {
    expect(verify(received(vector), keyOf(vector), vector.timestamp)).toEqual({ ok: true, value: true });
  });
});

it.each(cases)('$name: $expect', (given) => {
  const vector = vectors.find(({ name }) => name === given.base);
  if (!vector) throw new Error(`Expected a vector named ${given.base}`);
  const request = received(vector);
  const dropped = (given.dropHeaders ?? []).map((name) => [name, undefined]);
  const key: KnownKey = { secretKey: given.serverSecretKey ?? vector.secretKey, token: given.serverToken };
  const result = verify(
    {
      ...request,
      headers: { ...request.headers, ...given.headers, ...Object.fromEntries(dropped) },
      payloadHash: given.body === undefined ? request.payloadHash : sha256Hex(given.body),
    },
    () => (given.unknownKey ? undefined : key),
    vector.timestamp + (given.clockSkewS ?? 0),
  );
  expect(result.ok ? 'ok' : result.error.code).toBe(given.expect);
});

describe('properties', () => {
  const key = { secretId: 'AKIDinvented', secretKey: 'invented' };
  const request = (body: string, timestamp: number) => ({
    method: 'POST',
    path: '/',
    query: '',
    headers: { 'content-type': 'application/json', host: '127.0.0.1:8787', 'x-tc-action': 'BankCardOCR' },
    signedHeaders: SIGNED_HEADERS,
    payloadHash: sha256Hex(body),
    service: 'ocr',
    timestamp,
  });
  const arrived = (
    body: string,
    timestamp: number,
    value: string,
    action = 'BankCardOCR',
  ): ReceivedRequest => {
    const sent = request(body, timestamp);
    const headers = { 'x-tc-timestamp': String(timestamp), authorization: value };
    return { ...sent, headers: { ...sent.headers, ...headers, 'x-tc-action': action } };
  };
  const moment = fc.integer({ min: 1_000_000_000, max: 4_000_000_000 });

  it('accepts what it signed and nothing with another body, key or action', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), moment, (body, other, at) => {
        const value = authorization(request(body, at), key);
        const check = (what: ReceivedRequest, secretKey = key.secretKey) =>
          verify(what, () => ({ secretKey }), at).ok;
        expect(check(arrived(body, at, value))).toBe(true);
        expect(check(arrived(`${body}${other} `, at, value))).toBe(false);
        expect(check(arrived(body, at, value), `${key.secretKey}x`)).toBe(false);
        expect(check(arrived(body, at, value, 'IDCardOCR'))).toBe(false);
      }),
    );
  });

  it('takes no claim apart from the headers that the signature must cover', () => {
    const at = 1_700_000_000;
    const few = { ...request('{}', at), signedHeaders: ['content-type'] };
    const value = authorization(few, key);
    expect(verify(arrived('{}', at, value), () => key, at)).toMatchObject({ ok: false });
  });
});
