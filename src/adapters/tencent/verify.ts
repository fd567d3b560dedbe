/** The other side of the signature, as the cloud checks it: for the emulator and for the tests of the signer. */
import { timingSafeEqual } from 'node:crypto';
import { fail, ok, type Result } from '../../shared/result';
import { ALGORITHM, SCOPE_END, scopeDate, signature } from './signer';

export const MAX_SKEW_SECONDS = 300;

export interface ReceivedRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly payloadHash: string;
}

export interface KnownKey {
  readonly secretKey: string;
  /** A temporary key is only valid together with its token. */
  readonly token?: string;
}

export type VerifyFailure =
  | 'MissingParameter'
  | 'AuthFailure.InvalidAuthorization'
  | 'AuthFailure.SecretIdNotFound'
  | 'AuthFailure.SignatureExpire'
  | 'AuthFailure.SignatureFailure'
  | 'AuthFailure.TokenFailure';

interface Claim {
  readonly secretId: string;
  readonly date: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

const AUTHORIZATION = new RegExp(
  `^${ALGORITHM} Credential=([^/\\s]+)/(\\d{4}-\\d{2}-\\d{2})/([^/\\s]+)/${SCOPE_END}, ?` +
    'SignedHeaders=([a-z0-9;-]+), ?Signature=([0-9a-f]{64})$',
);

export function verify(
  request: ReceivedRequest,
  keyOf: (secretId: string) => KnownKey | undefined,
  nowSeconds: number,
): Result<true, VerifyFailure> {
  const { headers } = request;
  const stamp = headers['x-tc-timestamp'];
  if (!headers['authorization'] || !stamp || !headers['host']) return fail('MissingParameter');
  const claim = parse(headers['authorization']);
  if (!claim || !/^\d{1,12}$/.test(stamp)) return fail('AuthFailure.InvalidAuthorization');
  const key = keyOf(claim.secretId);
  if (!key) return fail('AuthFailure.SecretIdNotFound');
  const timestamp = Number(stamp);
  if (Math.abs(nowSeconds - timestamp) > MAX_SKEW_SECONDS) return fail('AuthFailure.SignatureExpire');
  if (key.token !== headers['x-tc-token']) return fail('AuthFailure.TokenFailure');
  return matches(request, claim, timestamp, key) ? ok(true) : fail('AuthFailure.SignatureFailure');
}

function parse(header: string): Claim | undefined {
  const found = AUTHORIZATION.exec(header);
  if (!found) return undefined;
  const [, secretId = '', date = '', service = '', signed = '', given = ''] = found;
  return { secretId, date, service, signedHeaders: signed.split(';'), signature: given };
}

function matches(request: ReceivedRequest, claim: Claim, timestamp: number, key: KnownKey): boolean {
  const host = request.headers['host'] ?? '';
  const { signedHeaders } = claim;
  if (claim.date !== scopeDate(timestamp) || !servicesOf(host).includes(claim.service)) return false;
  if (!signedHeaders.includes('content-type') || !signedHeaders.includes('host')) return false;
  if (signedHeaders.some((name) => request.headers[name] === undefined)) return false;
  const given = Buffer.from(claim.signature, 'hex');
  return signedHostsOf(host).some((signedHost) => {
    const headers = { ...defined(request.headers), host: signedHost };
    const { secretKey } = key;
    const expected = signature(
      { ...request, headers, signedHeaders, service: claim.service, timestamp },
      secretKey,
    );
    return timingSafeEqual(given, Buffer.from(expected, 'hex'));
  });
}

/** The official Node SDK takes the text before the first dot of its endpoint for the service, also for `127.0.0.1:80`. */
function servicesOf(host: string): readonly string[] {
  return ['ocr', host.split('.')[0] ?? ''];
}

/** Go and Python sign the Host header as sent; the official Node SDK leaves the port out. */
function signedHostsOf(host: string): readonly string[] {
  const bare = host.replace(/:\d+$/, '');
  return bare === host ? [host] : [host, bare];
}

function defined(headers: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
