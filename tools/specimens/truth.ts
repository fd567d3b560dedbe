/** What is true of a specimen, written down beside it. */
import { createHash } from 'node:crypto';
import type { Quad } from '../../src/adapters/local-engine/picture/geometry';
import { isPortrait } from './layout';
import type { CardNumber } from './numbers';
import type { Kind, ScenePlan, SpecimenPlan, ValidDate } from './plan';
import type { WidePlan } from './wide/plan';

/** One entry of truth.json. What a person would answer from the picture, and how the picture was made. */
export interface SpecimenTruth {
  readonly file: string;
  readonly seed: string;
  readonly kind: Kind;
  /** Whether a person can read a bank card: false for what an engine should refuse. */
  readonly readable: boolean;
  /**
   * Null where nothing looks like a bank card's number. What is no bank card but carries a number as long as one
   * (a transport card) has that number here and is not readable: refusing it is right, reading other digits is worse
   * than reading these.
   */
  readonly cardNumber: string | null;
  /** MM/YYYY; null where none is printed, and where what is printed is no month: nobody can answer that. */
  readonly validDate: string | null;
  readonly bankInfo: string | null;
  readonly cardType: string | null;
  readonly cardName: string | null;
  readonly luhn: boolean;
  /** Top left, top right, bottom right, bottom left of the upright card, in pixels; may lie outside the picture. */
  readonly quad: readonly (readonly [number, number])[] | null;
  /** Around the CVV of a back that shows one, as `quad`. */
  readonly cvv?: readonly (readonly [number, number])[];
  /** The cards of a plate, each with its own corners; the fields of one card are then null. */
  readonly cards?: readonly {
    readonly quad: readonly (readonly [number, number])[];
    readonly cardNumber: string;
  }[];
  /** Degrees clockwise, 0-360. */
  readonly rotation: number;
  readonly embossed: boolean;
  readonly vertical: boolean;
  /** Gaussian, in pixels of the picture. */
  readonly blurSigma: number;
  /** Length of the shake in pixels of the picture. */
  readonly motion: number;
  readonly glare: boolean;
  readonly finger: boolean;
  readonly copy: boolean;
  readonly reshoot: boolean;
  readonly borderIncomplete: boolean;
  readonly expectedWarnings: readonly number[];
  readonly sha256: string;
}

/** What the truth is made of, whichever generator drew the picture. */
interface Drawn {
  readonly kind: Kind;
  readonly seed: string;
  readonly readable: boolean;
  readonly account: CardNumber | undefined;
  /** Digits on what is no bank card. */
  readonly otherNumber: string | null;
  readonly date: ValidDate | undefined;
  readonly quad: Quad | undefined;
  readonly cvv: Quad | undefined;
  readonly scene: ScenePlan;
  readonly embossed: boolean;
  readonly vertical: boolean;
  readonly glare: boolean;
  readonly finger: boolean;
  readonly jpeg: Uint8Array;
}

export interface PlainFacts {
  readonly quad?: Quad | undefined;
  readonly cvv?: Quad | undefined;
  readonly jpeg: Uint8Array;
}

export function truthOf(plan: SpecimenPlan, { quad, cvv, jpeg }: PlainFacts): SpecimenTruth {
  const { card, scene, kind, seed } = plan;
  const bank = card?.purpose === 'bank' ? card : undefined;
  return written({
    kind,
    seed,
    readable: bank !== undefined && kind !== 'unreadable',
    account: bank?.account,
    otherNumber: null,
    date: bank?.validDate,
    quad,
    cvv,
    scene,
    embossed: bank?.embossed ?? false,
    vertical: bank ? isPortrait(bank) : false,
    glare: scene.glare > 0,
    finger: scene.finger,
    jpeg,
  });
}

export interface WideFacts {
  readonly quad: Quad | undefined;
  readonly glare: boolean;
  readonly number: string | null;
  readonly jpeg: Uint8Array;
}

export function truthOfWide(plan: WidePlan, { quad, glare, number, jpeg }: WideFacts): SpecimenTruth {
  const { card, scene, kind, seed } = plan;
  return written({
    kind,
    seed,
    readable: card !== undefined,
    account: card?.account,
    otherNumber: number,
    date: card?.until,
    quad,
    cvv: undefined,
    scene,
    embossed: card?.embossed ?? false,
    vertical: false,
    glare,
    finger: scene.fingers > 0,
    jpeg,
  });
}

function written(drawn: Drawn): SpecimenTruth {
  const { kind, seed, readable, account, date, quad, cvv, scene, glare, finger } = drawn;
  const borderIncomplete = finger || scene.outside > 0;
  const warnings: readonly (readonly [code: number, raised: boolean])[] = [
    [-9110, kind === 'expired'],
    [-9111, borderIncomplete],
    [-9112, glare],
    [-9113, scene.copy],
    [-9114, scene.reshoot],
  ];
  return {
    file: `${seed}.jpg`,
    seed,
    kind,
    readable,
    cardNumber: account?.number ?? drawn.otherNumber,
    validDate: date && date.month <= 12 ? `${String(date.month).padStart(2, '0')}/${date.year}` : null,
    bankInfo: account?.bankInfo ?? null,
    cardType: account?.cardType ?? null,
    cardName: account?.cardName ?? null,
    luhn: account?.luhn ?? false,
    quad: quad ? corners(quad) : null,
    ...(cvv && { cvv: corners(cvv) }),
    rotation: quad ? round((scene.rotation + 360) % 360) : 0,
    embossed: drawn.embossed,
    vertical: drawn.vertical,
    blurSigma: round(scene.blurSigma),
    motion: round(scene.motion),
    glare,
    finger,
    copy: scene.copy,
    reshoot: scene.reshoot,
    borderIncomplete,
    expectedWarnings: warnings.filter(([, raised]) => raised).map(([code]) => code),
    sha256: createHash('sha256').update(drawn.jpeg).digest('hex'),
  };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

export function corners(of: Quad): (readonly [number, number])[] {
  return of.map(({ x, y }) => [round(x), round(y)] as const);
}
