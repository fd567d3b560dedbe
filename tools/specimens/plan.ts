/** What a specimen is to look like, decided before anything is drawn. Lengths of the card are in card pixels (15 a mm). */
import type { CardNumber } from './numbers';

export const KINDS = [
  'flat',
  'embossed',
  'busy',
  'vertical',
  'rows',
  'rotated',
  'quarter',
  'perspective',
  'small',
  'sameColour',
  'dark',
  'scanner',
  'expired',
  'luhnFails',
  'blur',
  'motion',
  'noisy',
  'glare',
  'finger',
  'outside',
  'copy',
  'reshoot',
  'unreadable',
  'idCard',
  'membership',
  'table',
  'back',
  'backClean',
  'modernBack',
  'plate',
  'smallBack',
  'wornBack',
] as const;
export type PlainKind = (typeof KINDS)[number];

/** Harder kinds, drawn by wide/; the first ones are bank cards, the last six are what should be refused. */
export const WIDE_KINDS = [
  'worn',
  'cartoon',
  'photo',
  'lettering',
  'distant',
  'steep',
  'pale',
  'faces',
  'grouped',
  'dates',
  'sleeve',
  'shadowed',
  'fingers',
  'sheen',
  'lowQuality',
  'coloured',
  'moire',
  'toner',
  'darkLid',
  'scratched',
  'transport',
  'businessCard',
  'printedForm',
  'textScreen',
  'identity',
  'desk',
] as const;
export type WideKind = (typeof WIDE_KINDS)[number];
export type Kind = PlainKind | WideKind;

export const ART = [
  'sweep',
  'metal',
  'landscape',
  'guilloche',
  'bokeh',
  'ink',
  'facets',
  'dots',
  'band',
] as const;
export type Art = (typeof ART)[number];

export const TABLES = ['wood', 'cloth', 'paper', 'form', 'dark', 'stone', 'leather'] as const;
export type Table = (typeof TABLES)[number] | 'sameColour' | 'white';

export type Layout = 'classic' | 'modern' | 'portrait' | 'portraitRows';
/** `stroke` is the set of digit-shapes.ts; the others are the names of fonts. */
export type DigitFace = 'stroke' | 'Arimo' | 'DejaVu Sans Mono' | 'Cousine' | 'Noto Sans S Chinese';
export type DateStyle = 'validThru' | 'monthYear' | 'goodThru' | 'several';

export interface ValidDate {
  readonly month: number;
  readonly year: number;
}

export interface CardPlan {
  readonly purpose: 'bank' | 'id' | 'member' | 'back' | 'backClean' | 'modernBack';
  readonly account: CardNumber;
  readonly validDate?: ValidDate;
  readonly dateStyle: DateStyle;
  readonly layout: Layout;
  readonly art: Art;
  /** 0-360. */
  readonly hue: number;
  readonly embossed: boolean;
  readonly digits: DigitFace;
  /** Digits in each group. */
  readonly groups: readonly number[];
  readonly foil: 'gold' | 'silver' | 'none';
  /** How much of the foil is gone, 0-1. */
  readonly wear: number;
}

export interface ScenePlan {
  readonly width: number;
  readonly height: number;
  readonly table: Table;
  /** Degrees clockwise as seen. */
  readonly rotation: number;
  /** Degrees between the card and the picture plane, and the direction in which it falls away. */
  readonly tilt: number;
  readonly tiltTowards: number;
  /** Longer side of the card as a share of the picture's longest room for it. */
  readonly fill: number;
  /** Centre of the card off the centre of the picture, as a share of the picture. */
  readonly shift: readonly [number, number];
  readonly shadow: number;
  readonly light: number;
  /** Strength of a clipped highlight on the card; 0 for none. */
  readonly glare: number;
  readonly finger: boolean;
  /** Share of the card's height that lies outside the picture. */
  readonly outside: number;
  /** Gaussian, in pixels of the picture. */
  readonly blurSigma: number;
  /** Length of a straight shake in pixels of the picture. */
  readonly motion: number;
  /** Deviation in grey levels. */
  readonly noise: number;
  readonly jpegQuality: number;
  readonly copy: boolean;
  readonly reshoot: boolean;
  /** Red and blue gains of a lamp that is not white. */
  readonly cast: readonly [number, number];
}

export interface SpecimenPlan {
  readonly kind: PlainKind;
  readonly seed: string;
  /** Undefined for an empty table. */
  readonly card?: CardPlan;
  readonly scene: ScenePlan;
}
