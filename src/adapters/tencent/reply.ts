/** The cloud's reply in our words. Every field may be null, missing or, one day, of another type: then it is absent. */
import { ALIEN_ANSWER } from '../../core/recognition/judge';
import type { EngineAnswer } from '../../core/recognition/ports';
import { parseValidDate } from '../../shared/number';
import { WARNING_CODES, type Fields, type Recognition, type WarningCode } from '../../shared/recognition';

/** One returned picture at most; the API's own limit for a picture is far below. */
const MAX_PICTURE_BYTES = 10 * 1024 * 1024;
const MAX_MESSAGE = 300;
const PICTURES = ['BorderCutImage', 'CardNoImage'];

type Json = Readonly<Record<string, unknown>>;

/** `secrets` are taken out of the error message, should the cloud repeat one there. */
export function readReply(body: Uint8Array, httpStatus: number, secrets: readonly string[]): EngineAnswer {
  const response = responseOf(body);
  if (!response) {
    // What is empty or begins like an object may be what is left of a paid answer.
    const ofTheCloud = httpStatus === 200 && (body.length === 0 || begins(body, '{'));
    const message = 'the reply is not JSON with a Response';
    return ofTheCloud ? badResponse(message, httpStatus) : notTheCloud(message, httpStatus);
  }
  const requestId = text(response['RequestId']);
  const error = object(response['Error']);
  if (error) {
    const code = text(error['Code']);
    if (code === undefined) return badResponse('the reply holds an error without a code', httpStatus);
    const message = clean(text(error['Message']) ?? '', secrets);
    return { kind: 'error', code, requestId, message, httpStatus, sent: true };
  }
  if (httpStatus !== 200) return badResponse('the reply is no error but its status is', httpStatus);
  return { kind: 'answer', recognition: recognitionOf(response, requestId) };
}

export function badResponse(message: string, httpStatus: number): EngineAnswer {
  return { kind: 'error', code: 'client.badResponse', message, httpStatus, sent: true };
}

/** A login page, a refusal or a redirect of a proxy: the cloud was not asked, so that nothing was charged. */
export function notTheCloud(message: string, httpStatus: number): EngineAnswer {
  return { kind: 'error', code: ALIEN_ANSWER, message, httpStatus, sent: true };
}

function responseOf(body: Uint8Array): Json | undefined {
  try {
    return object(object(JSON.parse(Buffer.from(body).toString('utf8')))?.['Response']);
  } catch {
    // A login page of a proxy, half a reply: whatever it is, it is no whole reply of the API.
    return undefined;
  }
}

/** Whether the first character that is no white space is this one. */
function begins(body: Uint8Array, first: string): boolean {
  return Buffer.from(body.subarray(0, 1024)).toString('utf8').trimStart().startsWith(first);
}

function recognitionOf(response: Json, requestId: string | undefined): Recognition {
  const kept = Object.fromEntries(Object.entries(response).filter(([name]) => !PICTURES.includes(name)));
  return {
    requestId,
    fields: fieldsOf(response),
    cardCategory: text(response['CardCategory']),
    borderCutImage: picture(response['BorderCutImage']),
    cardNoImage: picture(response['CardNoImage']),
    warnings: warningsOf(response['WarningCode']),
    quality: qualityOf(response['QualityValue']),
    raw: JSON.stringify({ Response: kept }),
  };
}

function fieldsOf(response: Json): Fields {
  const read = {
    cardNumber: digits(response['CardNo']),
    bankInfo: text(response['BankInfo']),
    cardType: text(response['CardType']),
    cardName: text(response['CardName']),
    validDate: month(response['ValidDate']),
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** Grouped in fours or not, wide digits or not. A number with anything else in it, such as asterisks, is not a reading. */
function digits(value: unknown): string | undefined {
  const plain = text(value)?.normalize('NFKC').replace(/[\s-]/g, '');
  return plain !== undefined && /^\d+$/.test(plain) ? plain : undefined;
}

/** As the desk writes it, so that spellings of one month are no difference; what is no month stays as it came. */
function month(value: unknown): string | undefined {
  const plain = text(value)?.normalize('NFKC');
  return plain === undefined ? undefined : (parseValidDate(plain) ?? plain);
}

function warningsOf(value: unknown): readonly WarningCode[] {
  if (!Array.isArray(value)) return [];
  return WARNING_CODES.filter((code) => value.includes(code));
}

function qualityOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 100
    ? value
    : undefined;
}

/** Shown in the window later, so only what it can show and what is as large as a picture of a card can be. */
function picture(value: unknown): Uint8Array | undefined {
  if (typeof value !== 'string' || value.length > (MAX_PICTURE_BYTES / 3) * 4) return undefined;
  const bytes = Buffer.from(value.replace(/^data:image\/\w+;base64,/, ''), 'base64');
  const isJpeg = bytes.subarray(0, 3).equals(Buffer.from([0xff, 0xd8, 0xff]));
  const isPng = bytes.subarray(0, 8).equals(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
  return isJpeg || isPng ? new Uint8Array(bytes) : undefined;
}

function text(value: unknown): string | undefined {
  const trimmed = typeof value === 'string' ? value.trim() : '';
  return trimmed === '' ? undefined : trimmed;
}

function object(value: unknown): Json | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : undefined;
}

function clean(message: string, secrets: readonly string[]): string | undefined {
  const without = secrets.filter(Boolean).reduce((rest, secret) => rest.replaceAll(secret, '***'), message);
  // A card number may be grouped; twelve digits and more are never needed to understand an error.
  return text(without.replace(/\d(?:[ -]?\d){11,}/g, '***').slice(0, MAX_MESSAGE));
}
