/** The body of a call, checked as the API checks it: known names, right types, a picture or its address, its size. */
import { SWITCHES, type Switches } from '../shared/recognition';
import { fail, ok, type Result } from '../shared/result';

/** Characters of base64 at most. */
export const MAX_BASE64 = 7_000_000;
const TEXTS: readonly string[] = ['ImageBase64', 'ImageUrl'];

export type Picture = { readonly base64: string } | { readonly url: string };

export interface CallParameters {
  readonly picture: Picture;
  readonly switches: Switches;
}

export type ParameterFailure =
  | 'InvalidParameter'
  | 'InvalidParameterValue.InvalidParameterValueLimit'
  | 'LimitExceeded.TooLargeFileError'
  | 'MissingParameter'
  | 'UnknownParameter';

type Given = Readonly<Record<string, unknown>>;

export function readParameters(body: Uint8Array): Result<CallParameters, ParameterFailure> {
  const parsed = parseObject(body);
  if (!parsed) return fail('InvalidParameter');
  // The SDKs leave null members out; where one arrives it means the same.
  const given: Given = Object.fromEntries(Object.entries(parsed).filter(([, value]) => value !== null));
  for (const [name, value] of Object.entries(given)) {
    const type = TEXTS.includes(name)
      ? 'string'
      : SWITCHES.some((known) => known === name)
        ? 'boolean'
        : undefined;
    if (type === undefined) return fail('UnknownParameter');
    if (typeof value !== type) return fail('InvalidParameterValue.InvalidParameterValueLimit');
  }
  const { ImageUrl: url, ImageBase64: base64 } = given;
  const switches = Object.fromEntries(SWITCHES.map((name) => [name, given[name] === true])) as Switches;
  // The address wins where both are given, and then the picture is not looked at.
  if (typeof url === 'string' && url !== '') return ok({ picture: { url }, switches });
  if (typeof base64 !== 'string' || base64 === '') return fail('MissingParameter');
  if (base64.length > MAX_BASE64) return fail('LimitExceeded.TooLargeFileError');
  return ok({ picture: { base64 }, switches });
}

/** Undefined for what is not base64: Node's own decoder passes over whatever it does not know. */
export function decodeBase64(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  const length = text.replace(/=+$/, '').length;
  return Math.ceil((bytes.length * 4) / 3) === length ? bytes : undefined;
}

function parseObject(body: Uint8Array): Given | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Given)
      : undefined;
  } catch {
    // Not JSON: the caller answers so.
    return undefined;
  }
}
