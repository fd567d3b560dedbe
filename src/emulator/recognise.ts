/** From checked parameters to the fields of a reply, through the same preparation and engine as the desk's. */
import type { LinkTool, PictureTool } from '../core/intake/ports';
import type { CancelSignal, RecognitionEngine } from '../core/recognition/ports';
import type { Recognition, Switches } from '../shared/recognition';
import { fail, ok, type Result } from '../shared/result';
import { decodeBase64, MAX_BASE64, type CallParameters, type Picture } from './parameters';

export interface RecogniseTools {
  readonly engine: RecognitionEngine;
  readonly pictureTool: PictureTool;
  readonly links: LinkTool;
}

/** What the cloud takes; our own intake takes more. */
const FORMATS: readonly string[] = ['jpeg', 'png', 'bmp'];
const MAX_PICTURE_BYTES = (MAX_BASE64 / 4) * 3;

export async function recognise(
  { engine, pictureTool, links }: RecogniseTools,
  { picture, switches }: CallParameters,
  signal: CancelSignal,
): Promise<Result<Readonly<Record<string, unknown>>>> {
  const bytes = await bytesOf(links, picture, signal);
  if (!bytes.ok) return bytes;
  const prepared = await pictureTool.prepare(bytes.value);
  if (!prepared.ok || !FORMATS.includes(prepared.value.format))
    return fail('FailedOperation.ImageDecodeFailed');
  const answer = await engine.recognise({ image: prepared.value.prepared, switches }, signal);
  if (answer.kind === 'answer') return ok(fieldsOfReply(answer.recognition, switches));
  // Our own words for what happened inside have no place in the cloud's replies.
  if (answer.kind === 'cancelled' || /^(client|local)\./.test(answer.code)) return fail('InternalError');
  return fail(answer.code);
}

async function bytesOf(links: LinkTool, picture: Picture, signal: CancelSignal): Promise<Result<Uint8Array>> {
  if ('base64' in picture) {
    const bytes = decodeBase64(picture.base64);
    return bytes ? ok(bytes) : fail('FailedOperation.ImageDecodeFailed');
  }
  if (!/^https?:\/\//i.test(picture.url)) return fail('FailedOperation.DownLoadError');
  const fetched = await links.fetch(picture.url, MAX_PICTURE_BYTES, signal);
  if (fetched.ok) return fetched;
  const tooLarge = fetched.error.code === 'link.tooLarge';
  return fail(tooLarge ? 'LimitExceeded.TooLargeFileError' : 'FailedOperation.DownLoadError');
}

/** Texts are always there, empty where nothing was read; the rest is null where there is no value, as in the cloud. */
function fieldsOfReply(recognition: Recognition, switches: Switches): Readonly<Record<string, unknown>> {
  const { fields, warnings, cardCategory } = recognition;
  return {
    CardNo: fields.cardNumber ?? '',
    BankInfo: fields.bankInfo ?? '',
    ValidDate: fields.validDate ?? '',
    CardType: fields.cardType ?? '',
    CardName: fields.cardName ?? '',
    ...(cardCategory === undefined ? {} : { CardCategory: cardCategory }),
    BorderCutImage: switches.RetBorderCutImage ? base64(recognition.borderCutImage) : null,
    CardNoImage: switches.RetCardNoImage ? base64(recognition.cardNoImage) : null,
    WarningCode: warnings.length > 0 ? warnings : null,
    QualityValue: switches.EnableQualityValue ? (recognition.quality ?? null) : null,
  };
}

function base64(bytes: Uint8Array | undefined): string | null {
  return bytes ? Buffer.from(bytes).toString('base64') : null;
}
