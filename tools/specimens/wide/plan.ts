/** What a specimen of the wide kinds is to look like, decided before anything is drawn. */
import type { CardNumber } from '../numbers';
import type { ScenePlan, ValidDate, WideKind } from '../plan';
import type { Art } from '../plan';
import type { StrokeFace } from './digits';

export type WideArt = Art | 'cartoon' | 'photo' | 'lettering' | 'lines' | 'pattern' | 'pale' | 'gilded';

/** Pictures that run right through the number. */
export const LOUD_ART: readonly WideArt[] = ['cartoon', 'photo', 'lettering', 'lines', 'pattern'];

/** Strokes of digits.ts, or the name of a font. */
export type WideFace =
  | StrokeFace
  | 'DejaVu Sans'
  | 'DejaVu Sans Condensed'
  | 'DejaVu Sans Light'
  | 'DejaVu Sans Mono'
  | 'Noto Sans S Chinese'
  | 'DejaVu Serif';

export type DateLabel = 'validThru' | 'goodThru' | 'validFrom' | 'memberSince' | 'chinese' | 'issued';

export interface PrintedDate {
  readonly label: DateLabel;
  readonly date: ValidDate;
}

export interface WideCard {
  readonly account: CardNumber;
  /** In the order in which they stand; `until` tells which one is the expiry. */
  readonly dates: readonly PrintedDate[];
  readonly until?: ValidDate;
  /** MM/YYYY where the usual is MM/YY. */
  readonly longYears: boolean;
  readonly art: WideArt;
  /** 0-360. */
  readonly hue: number;
  readonly embossed: boolean;
  readonly foil: 'gold' | 'silver' | 'none';
  /** Share of the foil that is gone, 0-1. */
  readonly wear: number;
  readonly face: WideFace;
  /** Width of a stroke as a share of the digit's height, for drawn faces. */
  readonly weight: number;
  /** 1 for the face's own width. */
  readonly stretch: number;
  /** Digits in each group. */
  readonly groups: readonly number[];
  /** Millimetres from digit to digit at most; long numbers are set closer. */
  readonly pitch: number;
  /** Contrast of flat digits with what is under them, 0-1. */
  readonly contrast: number;
  /** The first four digits once more, small, under the number. */
  readonly printedPrefix: boolean;
  /** 0-1. */
  readonly scratches: number;
  readonly dirt: number;
  /** Radians: where the light falls from on the relief. */
  readonly lightFrom: number;
}

export interface WideScene extends ScenePlan {
  /** Fingers at the edges of the card. */
  readonly fingers: number;
  /** Darkness (0-1) of the shadow of a hand or a phone. */
  readonly handShadow: number;
  /** Strength (0-1) of a wrinkled transparent sleeve around the card. */
  readonly sleeve: number;
  /** Strength of a window's or a lamp's bright reflection that may cross the number; 0 for none. */
  readonly sheen: number;
  /** Two lamps of different colours from two sides. */
  readonly mixedLight: boolean;
  /** The scanner's lid stood open: black around the card. */
  readonly darkLid: boolean;
  /** Quality (1-100) of a JPEG that the picture was saved as before. */
  readonly earlierJpeg?: number;
}

export interface WidePlan {
  readonly kind: WideKind;
  readonly seed: string;
  /** Undefined for what is no bank card. */
  readonly card?: WideCard;
  readonly scene: WideScene;
}
