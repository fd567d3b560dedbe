/**
 * From a picture's bytes to the answer: decode, find the text, find the card, lay it flat, read it, judge it.
 * Refusing beats guessing: a wrong number costs the desk more than a card that a person has to type.
 */
import type { LocalEvidence, Recognition, Switches, WarningCode } from '../../shared/recognition';
import { createViewReader, readView, type ViewReader, type ViewReading } from './fields/card-view';
import { isAccepted } from './number/acceptance';
import { lookForDates } from './fields/date-pass';
import { namesExpiry } from './fields/dated-text';
import { findExpiry, formatExpiry, isPassed, isPossible, type ExpiryFound } from './fields/expiry';
import { scaleQuad } from './picture/geometry';
import { bankInText } from './fields/bank-names';
import { isIdentityCard } from './number/identity';
import { findIssuer, type Issuer } from './fields/issuer';
import { lookAt } from './outline/look';
import { markContested } from './number/number-decoder';
import { bandQuad } from './text/strips';
import { lineOnView } from './text/text-line';
import { measureQuality } from './picture/quality';
import { decodePicture, encodeJpeg, warpQuad, type Raster } from './picture/raster';
import { capContested } from './number/contested-digits';
import { decodeByHeads } from './number/decode-by-heads';
import { viewsOf, type Scene, type View } from './outline/views';
import { pictureWarnings } from './warnings';

export { createViewReader, type ViewReader };

export type ReadAnswer =
  | { readonly kind: 'read'; readonly recognition: Recognition }
  | {
      readonly kind: 'refused';
      readonly code:
        | 'FailedOperation.NoBankCardError'
        | 'FailedOperation.IllegalBankCardError'
        | 'FailedOperation.ImageDecodeFailed';
    };

/** `image` is a file of any kind that sharp decodes; `now` decides which dates are possible and which have passed. */
export interface ReadJob {
  readonly image: Uint8Array;
  readonly switches: Switches;
  readonly requestId: string;
  readonly now: Date;
}

interface Attempt {
  readonly view: View;
  readonly reading: ViewReading;
}

/** Never throws for what is on the picture: what cannot be read is refused with a code. A defect or a broken model throws. */
export async function readCard(reader: ViewReader, job: ReadJob): Promise<ReadAnswer> {
  let picture;
  try {
    picture = await decodePicture(job.image);
  } catch {
    // Whatever sharp dislikes about the bytes, to the desk it is one thing: not a picture.
    return { kind: 'refused', code: 'FailedOperation.ImageDecodeFailed' };
  }
  const scene = await lookAt(reader.models, picture.raster, picture.scale);
  if (!scene) return { kind: 'refused', code: 'FailedOperation.NoBankCardError' };
  const attempt = await bestAttempt(reader, scene);
  if (!isAccepted(attempt.reading.found?.number)) {
    return {
      kind: 'refused',
      code: looksLikeCard(reader, scene, attempt)
        ? 'FailedOperation.IllegalBankCardError'
        : 'FailedOperation.NoBankCardError',
    };
  }
  const { number } = attempt.reading.found ?? {};
  if (number && isIdentityCard({ ...number, text: textOf(attempt.reading) }, job.now)) {
    return { kind: 'refused', code: 'FailedOperation.NoBankCardError' };
  }
  return { kind: 'read', recognition: await answer(reader, scene, attempt, job) };
}

/**
 * Tries the likeliest view first and stops at the first convincing number. Views that leave a doubt each are decoded
 * together: what two ways of laying the card flat agree on is likelier than what either says.
 */
async function bestAttempt(reader: ViewReader, scene: Scene): Promise<Attempt> {
  const attempts: Attempt[] = [];
  for (const view of viewsOf(scene)) {
    const attempt = { view, reading: await readView(reader, view.raster) };
    if (isAccepted(attempt.reading.found?.number)) return contestedByOthers(attempt, attempts);
    attempts.push(attempt);
    const joint = decodeTogether(reader, attempts);
    if (joint) return contestedByOthers(joint, attempts);
  }
  const [best] = attempts.sort((a, b) => scoreOf(b) - scoreOf(a));
  if (!best) throw new Error('Expected at least one view of the scene but received none');
  return best;
}

/**
 * Which view is accepted, the check digit helps to decide: digits that another view has otherwise were not simply read, and
 * count as contested.
 */
function contestedByOthers(believed: Attempt, others: readonly Attempt[]): Attempt {
  const { found } = believed.reading;
  if (!found) return believed;
  const number = others
    .flatMap(({ reading }) => reading.found?.number ?? [])
    .reduce((marked, other) => markContested(marked, other), found.number);
  return { ...believed, reading: { ...believed.reading, found: { ...found, number } } };
}

function scoreOf(attempt: Attempt): number {
  return attempt.reading.found?.number.score ?? -Infinity;
}

/** The latest attempt and an earlier one of the same way up, decoded as one, when that convinces. */
function decodeTogether(reader: ViewReader, attempts: readonly Attempt[]): Attempt | undefined {
  const latest = attempts.at(-1);
  const found = latest?.reading.found;
  if (!latest || !found) return undefined;
  for (const earlier of attempts.slice(0, -1)) {
    const other = earlier.reading.found;
    if (!other || earlier.view.quarterTurns !== latest.view.quarterTurns) continue;
    const number = decodeByHeads([...other.crossChecks, ...found.crossChecks], reader.bins, {
      ...found.clues,
      ...other.clues,
      printedPrefixes: [...other.clues.printedPrefixes, ...found.clues.printedPrefixes],
    });
    if (!number || !isAccepted(number)) continue;
    return { view: earlier.view, reading: { ...earlier.reading, found: { ...other, number } } };
  }
  return undefined;
}

function looksLikeCard(reader: ViewReader, scene: Scene, attempt: Attempt): boolean {
  const text = textOf(attempt.reading);
  const words = /UnionPay|银联|VISA|MasterCard|VALID|THRU|信用卡|借记卡|储蓄卡|CREDIT|DEBIT/i;
  const support = scene.outline ? Math.min(...scene.outline.support) : 0;
  return words.test(text) || bankInText(text, reader.bins.banks) !== undefined || support > 0.7;
}

function textOf(reading: ViewReading): string {
  return reading.lines.map((line) => line.text).join('\n');
}

async function answer(
  reader: ViewReader,
  scene: Scene,
  attempt: Attempt,
  job: ReadJob,
): Promise<Recognition> {
  const { view, reading } = attempt;
  if (!reading.found) throw new Error('Expected a number to answer but received none');
  const { number } = reading.found;
  const issuer = findIssuer(number.digits, textOf(reading), reader.bins);
  const [{ expiry, invalid }, seen, quality] = await Promise.all([
    readExpiry(reader, attempt, issuer, job.now),
    pictureWarnings(scene, view, job.switches),
    job.switches.EnableQualityValue ? measureQuality(scene.raster, view.quad) : undefined,
  ]);
  const warnings: WarningCode[] = [...(invalid ? [-9110 as const] : []), ...seen];
  const fields = {
    cardNumber: number.digits,
    ...issuer,
    ...(expiry && { validDate: formatExpiry(expiry) }),
  };
  const evidence: LocalEvidence = {
    ...(view.ofOutline && { quad: scaleQuad(view.quad, scene.scale) }),
    digitConfidence: capContested(number.digitConfidence, number.contested),
    ...(Number.isFinite(number.margin) && { margin: number.margin }),
    otherCandidates: number.otherCandidates,
    luhnPassed: number.luhnPassed,
  };
  return {
    requestId: job.requestId,
    fields,
    ...(job.switches.RetBorderCutImage &&
      view.ofOutline && { borderCutImage: await encodeJpeg(view.raster) }),
    ...(job.switches.RetCardNoImage && { cardNoImage: await encodeJpeg(numberStrip(attempt)) }),
    warnings,
    ...(quality !== undefined && { quality }),
    evidence,
    raw: rawAnswer(fields, warnings, quality, job.requestId),
  };
}

/** Debit cards seldom show a date: only on cards that should is it looked for where nothing tells of one. */
async function readExpiry(
  reader: ViewReader,
  { view, reading }: Attempt,
  issuer: Issuer,
  now: Date,
): Promise<ExpiryFound> {
  const lines = reading.lines.map(lineOnView);
  const first = findExpiry(lines, now);
  // A passed date that nothing tells to be the expiry may be another one's: the expiry may stand beside it, unread.
  const settled =
    first.expiry && isPossible(first.expiry, now) && (first.told || !isPassed(first.expiry, now));
  if (settled) return first;
  const expected = issuer.cardType !== '借记卡' || lines.some(({ text }) => namesExpiry(text));
  const seen = await lookForDates(reader, view.raster, reading, now, expected);
  return findExpiry([...lines, ...seen], now);
}

/** The number with a little room around it, at the view's own resolution. */
function numberStrip({ view, reading }: Attempt): Raster {
  const baseline = reading.found?.baseline;
  if (!baseline) return view.raster;
  const room = baseline.height * 0.6;
  const from = Math.max(0, baseline.left - room);
  const to = Math.min(view.raster.width, baseline.right + room);
  return warpQuad(
    view.raster,
    bandQuad(baseline, from, to, 1.4),
    Math.round(to - from),
    Math.round(baseline.height * 1.4),
  );
}

/** The answer in the shape of the cloud's, so that both engines' attempts are kept and shown alike. */
function rawAnswer(
  fields: Recognition['fields'],
  warnings: readonly WarningCode[],
  quality: number | undefined,
  requestId: string,
): string {
  return JSON.stringify({
    CardNo: fields.cardNumber ?? null,
    BankInfo: fields.bankInfo ?? null,
    ValidDate: fields.validDate ?? null,
    CardType: fields.cardType ?? null,
    CardName: fields.cardName ?? null,
    QualityValue: quality ?? null,
    WarningCode: warnings.length > 0 ? warnings : null,
    RequestId: requestId,
  });
}
