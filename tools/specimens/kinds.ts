/** Draws a plan for each kind of specimen: a good photograph of a good card, and then what makes the kind what it is. */
import type { CardNumber, NumberMaker } from './numbers';
import {
  ART,
  KINDS,
  TABLES,
  type CardPlan,
  type DigitFace,
  type PlainKind,
  type ScenePlan,
  type SpecimenPlan,
  type ValidDate,
} from './plan';
import { randomFrom, type Random } from './random';

const CALM_ART = ['sweep', 'metal', 'guilloche', 'band', 'dots', 'ink'] as const;
const BUSY_ART = ['landscape', 'facets', 'bokeh', 'ink'] as const;
/** Degrees: reds, gold, greens, teal, blues, plum. Banks do not print lime or pink. */
const HUES = [2, 352, 22, 38, 150, 168, 186, 205, 215, 225, 240, 268, 335] as const;
const FLAT_FACES: readonly DigitFace[] = [
  'Arimo',
  'DejaVu Sans Mono',
  'Noto Sans S Chinese',
  'Cousine',
  'stroke',
];

/** A seed is its kind and a number: `embossed-17`. */
export function kindOf(seed: string): PlainKind {
  const kind = KINDS.find((name) => seed.startsWith(`${name}-`));
  if (!kind) throw new Error(`Expected a seed like embossed-17 but received ${JSON.stringify(seed)}`);
  return kind;
}

export function drawPlan(seed: string, makeNumber: NumberMaker): SpecimenPlan {
  const kind = kindOf(seed);
  const random = randomFrom(seed);
  const card = drawCard(kind, random.fork('card'), makeNumber);
  const scene = { ...drawScene(random.fork('scene')), ...sceneOfKind(kind, random.fork('kind')) };
  return kind === 'table' ? { kind, seed, scene } : { kind, seed, card, scene };
}

function drawCard(kind: PlainKind, random: Random, makeNumber: NumberMaker): CardPlan {
  const embossed = wantsRelief(kind, random);
  const portrait = kind === 'vertical' || kind === 'rows';
  const layout = portrait
    ? kind === 'rows'
      ? 'portraitRows'
      : 'portrait'
    : embossed || random.chance(0.55)
      ? 'classic'
      : 'modern';
  const account = makeNumber(random, { luhn: kind !== 'luhnFails', ...(portrait && { length: 16 }) });
  const credit = account.cardType !== '借记卡';
  return {
    purpose: purposeOf(kind, random),
    account,
    ...dateOf(kind, credit, random),
    dateStyle: random.pick(['validThru', 'validThru', 'monthYear', 'goodThru', 'several']),
    layout,
    art:
      kind === 'busy'
        ? random.pick(BUSY_ART)
        : random.chance(0.75)
          ? random.pick(CALM_ART)
          : random.pick(ART),
    hue: random.pick(HUES) + random.between(-8, 8),
    embossed,
    digits: embossed ? 'stroke' : random.pick(FLAT_FACES),
    groups: layout === 'portraitRows' ? [4, 4, 4, 4] : groupsOf(account, random),
    foil: isBack(kind) ? 'none' : foilOf(kind, random),
    wear: random.chance(0.3) ? random.between(0.25, 0.6) : random.between(0, 0.2),
  };
}

function isBack(kind: PlainKind): kind is 'back' | 'backClean' | 'modernBack' {
  return kind === 'back' || kind === 'backClean' || kind === 'modernBack';
}

function purposeOf(kind: PlainKind, random: Random): CardPlan['purpose'] {
  if (isBack(kind)) return kind;
  if (kind === 'smallBack' || kind === 'wornBack') return random.pick(['back', 'modernBack', 'modernBack']);
  return kind === 'idCard' ? 'id' : kind === 'membership' ? 'member' : 'bank';
}

/** Digits without foil show by their shadows only: too little where light or lens is bad as well. */
function foilOf(kind: PlainKind, random: Random): CardPlan['foil'] {
  const bare = kind === 'embossed' || kind === 'busy' || kind === 'glare';
  return bare && random.chance(0.15) ? 'none' : random.pick(['gold', 'silver', 'silver']);
}

function wantsRelief(kind: PlainKind, random: Random): boolean {
  if (kind === 'embossed') return true;
  if (kind === 'flat' || kind === 'vertical' || kind === 'rows' || kind === 'membership') return false;
  return random.chance(0.5);
}

function groupsOf(account: CardNumber, random: Random): number[] {
  const { length } = account.number;
  if (length !== 16 && random.chance(0.4)) return length === 19 ? [6, 13] : [length];
  const groups = Array.from({ length: Math.floor(length / 4) }, () => 4);
  return length % 4 === 0 ? groups : [...groups, length % 4];
}

/** Debit cards often have no date. The years are far enough from today that no specimen goes bad next month. */
function dateOf(kind: PlainKind, credit: boolean, random: Random): { validDate?: ValidDate } {
  const month = random.whole(1, 12);
  if (kind === 'expired') {
    return {
      validDate: random.chance(0.2) ? { month: 13, year: 2031 } : { month, year: random.whole(2016, 2022) },
    };
  }
  return credit || random.chance(0.3) ? { validDate: { month, year: random.whole(2030, 2037) } } : {};
}

function drawScene(random: Random): ScenePlan {
  const [width, height] = random.pick([
    [1440, 1080],
    [1400, 1050],
    [1280, 960],
    [1600, 1200],
    [1500, 1000],
  ] as const);
  const warmth = random.between(-0.05, 0.07);
  return {
    width,
    height,
    table: random.pick(TABLES),
    rotation: random.between(-8, 8),
    tilt: random.between(2, 14),
    tiltTowards: random.between(0, 360),
    fill: random.between(0.78, 0.9),
    shift: [random.between(-0.03, 0.03), random.between(-0.03, 0.03)],
    shadow: random.between(0.35, 0.7),
    light: random.between(0.85, 1.08),
    glare: 0,
    finger: false,
    outside: 0,
    blurSigma: random.between(0.4, 0.8),
    motion: 0,
    noise: random.between(1.5, 4),
    jpegQuality: random.whole(80, 92),
    copy: false,
    reshoot: false,
    cast: [1 + warmth, 1 - warmth],
  };
}

function sceneOfKind(kind: PlainKind, random: Random): Partial<ScenePlan> {
  const make: Partial<Record<PlainKind, () => Partial<ScenePlan>>> = {
    vertical: () => portraitFrame(random),
    rows: () => portraitFrame(random),
    rotated: () => ({ rotation: random.between(0, 360), fill: random.between(0.72, 0.8) }),
    quarter: () => ({
      rotation: random.pick([90, 180, 270]) + random.between(-4, 4),
      fill: 0.86,
      ...(random.chance(0.4) && { width: 1050, height: 1400 }),
    }),
    perspective: () => ({ tilt: random.between(26, 40), fill: random.between(0.78, 0.86) }),
    small: () => ({
      fill: random.between(0.42, 0.52),
      shift: [random.between(-0.15, 0.15), random.between(-0.15, 0.15)],
    }),
    sameColour: () => ({ table: 'sameColour', shadow: random.between(0.2, 0.45) }),
    dark: () => ({
      light: random.between(0.4, 0.55),
      noise: random.between(5, 8),
      table: random.pick(['wood', 'dark', 'leather']),
    }),
    scanner: () => scannerBed(random),
    blur: () => ({ blurSigma: random.between(1.8, 2.8) }),
    motion: () => ({ motion: random.between(6, 10) }),
    noisy: () => ({
      noise: random.between(12, 18),
      light: random.between(0.6, 0.8),
      jpegQuality: random.whole(30, 50),
    }),
    glare: () => ({ glare: random.between(0.8, 1.1), tilt: random.between(6, 14) }),
    finger: () => ({ finger: true }),
    outside: () => ({
      outside: random.between(0.05, 0.12),
      fill: random.between(0.84, 0.9),
      rotation: random.between(-4, 4),
    }),
    copy: () => ({ ...scannerBed(random), copy: true, fill: random.between(0.66, 0.8) }),
    reshoot: () => ({ reshoot: true, fill: 0.84, blurSigma: random.between(0.3, 0.45) }),
    unreadable: () => ({ blurSigma: random.between(13, 16), noise: 6 }),
    idCard: () => ({ rotation: random.between(-6, 6) }),
    back: () => anyWayUp(random),
    backClean: () => anyWayUp(random),
    modernBack: () => anyWayUp(random),
    smallBack: () => ({
      ...anyWayUp(random),
      fill: random.between(0.42, 0.6),
      shift: [random.between(-0.15, 0.15), random.between(-0.15, 0.15)],
    }),
    wornBack: () => ({
      ...anyWayUp(random),
      blurSigma: random.between(0.9, 1.7),
      noise: random.between(5, 10),
      light: random.between(0.6, 0.95),
      jpegQuality: random.whole(40, 65),
      ...(random.chance(0.4) && { glare: random.between(0.7, 1) }),
    }),
  };
  return make[kind]?.() ?? {};
}

function portraitFrame(random: Random): Partial<ScenePlan> {
  return random.chance(0.6) ? { width: 1080, height: 1440 } : { width: 1350, height: 1350 };
}

function anyWayUp(random: Random): Partial<ScenePlan> {
  if (random.chance(0.55)) return {};
  if (random.chance(0.3)) return { ...scannerBed(random), rotation: random.pick([0, 90, 180, 270]) };
  return { rotation: random.pick([90, 180, 270]) + random.between(-5, 5), fill: 0.86 };
}

function scannerBed(random: Random): Partial<ScenePlan> {
  return {
    table: 'white',
    tilt: 0,
    rotation: random.between(-3, 3),
    shadow: 0.15,
    light: 1.02,
    blurSigma: 0.5,
    noise: 1,
    cast: [1, 1],
    jpegQuality: random.whole(75, 88),
  };
}
