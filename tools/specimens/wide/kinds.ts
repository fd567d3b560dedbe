/** Draws a plan for each of the wide kinds: a worn card under a telephone in an office, and then what the kind is about. */
import type { CardNumber, NumberMaker } from '../numbers';
import { TABLES, WIDE_KINDS, type ValidDate, type WideKind } from '../plan';
import { randomFrom, type Random } from '../random';
import {
  LOUD_ART,
  type PrintedDate,
  type WideArt,
  type WideCard,
  type WideFace,
  type WidePlan,
  type WideScene,
} from './plan';

const FLAT_FACES: readonly WideFace[] = [
  'ocrB',
  'DejaVu Sans',
  'DejaVu Sans Condensed',
  'DejaVu Sans Light',
  'DejaVu Sans Mono',
  'Noto Sans S Chinese',
  'DejaVu Serif',
];
const CALM: readonly WideArt[] = ['sweep', 'metal', 'guilloche', 'band', 'dots', 'ink', 'pale'];
const NO_CARD: readonly WideKind[] = [
  'transport',
  'businessCard',
  'printedForm',
  'textScreen',
  'identity',
  'desk',
];
/** Degrees, as banks print. */
const HUES = [2, 352, 22, 38, 150, 168, 186, 205, 215, 225, 240, 268, 335] as const;

export function wideKindOf(seed: string): WideKind | undefined {
  return WIDE_KINDS.find((name) => seed.startsWith(`${name}-`));
}

export function drawWidePlan(kind: WideKind, seed: string, makeNumber: NumberMaker): WidePlan {
  const random = randomFrom(seed);
  const scene = { ...drawScene(random.fork('scene')), ...sceneOf(kind, random.fork('kind')) };
  if (NO_CARD.includes(kind)) return { kind, seed, scene };
  const plain = drawCard(random.fork('card'), makeNumber, kind === 'grouped');
  return { kind, seed, card: { ...plain, ...cardOf(kind, plain, random.fork('card of kind')) }, scene };
}

function drawCard(random: Random, makeNumber: NumberMaker, long: boolean): WideCard {
  const account = makeNumber(random, { luhn: true, ...(long && { length: 19 }) });
  const embossed = random.chance(0.62);
  const credit = account.cardType !== '借记卡';
  const until: ValidDate = { month: random.whole(1, 12), year: random.whole(2030, 2037) };
  const dated = credit || random.chance(0.35);
  const first: PrintedDate = {
    label: random.pick(['validThru', 'validThru', 'goodThru', 'chinese'] as const),
    date: until,
  };
  const base: WideCard = {
    account,
    dates: dated ? [first] : [],
    ...(dated && { until }),
    longYears: false,
    art: random.pick(random.chance(0.5) ? CALM : LOUD_ART),
    hue: random.pick(HUES) + random.between(-8, 8),
    embossed,
    foil: random.pick(['silver', 'silver', 'silver', 'gold']),
    wear: random.chance(0.55) ? random.between(0.35, 0.9) : random.between(0, 0.25),
    face: embossed ? 'farrington' : random.pick(FLAT_FACES),
    weight: embossed ? random.between(0.13, 0.17) : random.between(0.075, 0.12),
    stretch: embossed ? random.between(0.9, 1) : 1,
    groups: groupsOf(account, random),
    pitch: random.between(3.4, 3.65),
    contrast: 1,
    printedPrefix: random.chance(0.5),
    scratches: random.chance(0.3) ? random.between(0, 0.35) : 0,
    dirt: random.chance(0.2) ? random.between(0, 0.4) : 0,
    lightFrom: random.between(0, 2 * Math.PI),
  };
  return base;
}

function groupsOf(account: CardNumber, random: Random): readonly number[] {
  const { length } = account.number;
  if (length !== 16 && random.chance(0.4)) return length === 19 ? [6, 13] : [length];
  const groups = Array.from({ length: Math.floor(length / 4) }, () => 4);
  return length % 4 === 0 ? groups : [...groups, length % 4];
}

const PRESSED = { embossed: true, face: 'farrington' } as const;

function pressed(random: Random): Partial<WideCard> {
  return { ...PRESSED, weight: random.between(0.13, 0.17), stretch: random.between(0.9, 1) };
}

function flat(random: Random, face: WideFace = random.pick(FLAT_FACES)): Partial<WideCard> {
  return { embossed: false, face, weight: random.between(0.06, 0.12), stretch: random.between(0.62, 1.05) };
}

function cardOf(kind: WideKind, plain: WideCard, random: Random): Partial<WideCard> {
  const make: Partial<Record<WideKind, () => Partial<WideCard>>> = {
    worn: () => ({
      ...pressed(random),
      art: random.pick([...CALM, 'facets', 'landscape'] as const),
      foil: random.pick(['silver', 'gold', 'none'] as const),
      wear: random.between(0.7, 1.1),
      scratches: random.between(0.05, 0.4),
    }),
    cartoon: () => ({ ...pressed(random), art: 'cartoon', wear: random.between(0.1, 0.85), foil: 'silver' }),
    photo: () => ({ ...pressed(random), art: 'photo', wear: random.between(0.1, 0.9) }),
    lettering: () => ({
      ...(random.chance(0.6) ? pressed(random) : flat(random)),
      art: random.pick(['lettering', 'lettering', 'pattern', 'lines'] as const),
      wear: random.between(0, 0.8),
    }),
    pale: () => ({
      ...flat(random),
      art: random.pick(['pale', 'gilded', 'gilded', 'band', 'metal'] as const),
      contrast: random.between(0.17, 0.4),
    }),
    faces: () => ({ ...flat(random), pitch: random.between(2.4, 3.9), contrast: random.between(0.6, 1) }),
    grouped: () => ({
      ...(random.chance(0.5) ? pressed(random) : flat(random)),
      groups: random.pick([[6, 13], [19], [19], [4, 4, 4, 4, 3]]),
    }),
    dates: () => severalDates(random),
    scratched: () => ({
      scratches: random.between(0.6, 1),
      dirt: random.between(0.4, 1),
      wear: random.between(0.1, 0.6),
    }),
    coloured: () => ({ wear: Math.min(plain.wear, 0.5) }),
    toner: () => (plain.embossed ? { wear: random.between(0, 0.4) } : {}),
  };
  return make[kind]?.() ?? {};
}

function severalDates(random: Random): Partial<WideCard> {
  const until: ValidDate = { month: random.whole(1, 12), year: random.whole(2030, 2037) };
  const from: ValidDate = { month: random.whole(1, 12), year: random.whole(2016, 2025) };
  const last = { label: random.pick(['validThru', 'goodThru', 'chinese'] as const), date: until };
  const before = { label: random.pick(['validFrom', 'issued', 'memberSince'] as const), date: from };
  const dates = random.pick([
    [last],
    [before, last],
    [before, last],
    [last, before],
    [
      { label: 'memberSince' as const, date: { month: from.month, year: from.year - 3 } },
      { ...before, label: 'validFrom' as const },
      last,
    ],
  ]);
  return {
    ...(random.chance(0.65) ? pressed(random) : flat(random)),
    until,
    dates,
    longYears: dates.length < 3 && random.chance(0.45),
    wear: random.between(0, 0.7),
  };
}

/** As staff send them in: small, recompressed, taken by hand under ceiling lamps. */
function drawScene(random: Random): WideScene {
  const [width, height] = random.pick([
    [800, 600],
    [800, 600],
    [800, 600],
    [640, 480],
    [960, 720],
    [1024, 768],
    [1080, 810],
    [600, 800],
  ] as const);
  const warmth = random.between(-0.06, 0.08);
  const turned = random.chance(0.12);
  return {
    width,
    height,
    table: random.pick(TABLES),
    rotation: turned ? random.between(0, 360) : random.between(-9, 9),
    tilt: random.between(4, 26),
    tiltTowards: random.between(0, 360),
    fill: turned || width < 700 ? random.between(0.66, 0.86) : random.between(0.52, 0.8),
    shift: [random.between(-0.05, 0.05), random.between(-0.05, 0.05)],
    shadow: random.between(0.25, 0.7),
    light: random.between(0.75, 1.12),
    glare: 0,
    finger: false,
    outside: 0,
    blurSigma: random.between(0.4, 0.8),
    motion: 0,
    noise: random.between(1.5, 5),
    jpegQuality: random.whole(45, 92),
    copy: false,
    reshoot: false,
    cast: [1 + warmth, 1 - warmth],
    fingers: 0,
    handShadow: 0,
    sleeve: 0,
    sheen: 0,
    mixedLight: false,
    darkLid: false,
  };
}

function sceneOf(kind: WideKind, random: Random): Partial<WideScene> {
  const far = { width: 800, height: 600, fill: random.between(0.5, 0.62) };
  const bed = {
    ...random.pick([
      { width: 1100, height: 800 },
      { width: 850, height: 1100 },
    ]),
    tilt: 0,
    noise: 1,
    blurSigma: random.between(0.35, 0.6),
    light: 1.02,
    shadow: 0.12,
    cast: [1, 1] as const,
    fill: random.between(0.5, 0.8),
    table: 'white' as const,
    rotation: random.between(-4, 4),
  };
  const make: Partial<Record<WideKind, () => Partial<WideScene>>> = {
    distant: () => ({
      ...far,
      fill: random.between(0.43, 0.54),
      tilt: random.between(10, 32),
      shift: [random.between(-0.12, 0.12), random.between(-0.12, 0.12)],
    }),
    steep: () => ({
      tilt: random.between(28, 38),
      width: 800,
      height: 600,
      fill: random.between(0.56, 0.74),
    }),
    sleeve: () => ({ sleeve: random.between(0.7, 1.1) }),
    shadowed: () => ({ handShadow: random.between(0.45, 0.72) }),
    fingers: () => ({ fingers: random.whole(1, 3), fill: random.between(0.62, 0.8) }),
    sheen: () => ({ sheen: random.between(0.65, 1), tilt: random.between(10, 28) }),
    lowQuality: () => ({
      jpegQuality: random.whole(30, 48),
      earlierJpeg: random.whole(30, 60),
      noise: random.between(6, 13),
      motion: random.chance(0.5) ? random.between(2, 4) : 0,
    }),
    coloured: () => ({
      mixedLight: random.chance(0.5),
      cast: random.pick([
        [1.25, 0.55],
        [0.7, 1.2],
        [1.05, 0.6],
        [1.3, 1.1],
      ] as const),
      light: random.between(0.55, 0.95),
      noise: random.between(3, 7),
    }),
    moire: () => ({
      reshoot: true,
      width: 1024,
      height: 768,
      fill: random.between(0.66, 0.82),
      tilt: random.between(0, 10),
      rotation: random.between(-5, 5),
      blurSigma: 0.3,
    }),
    toner: () => ({ ...bed, copy: true, blurSigma: 0.4 }),
    darkLid: () => ({ ...bed, darkLid: true }),
    businessCard: () => ({ ...far, fill: 0.75 }),
    printedForm: () => ({ ...far, fill: 0.95 }),
    textScreen: () => ({
      ...random.pick([
        { width: 720, height: 1280 },
        { width: 1200, height: 800 },
      ]),
      noise: 0,
      blurSigma: 0,
    }),
  };
  return make[kind]?.() ?? {};
}
