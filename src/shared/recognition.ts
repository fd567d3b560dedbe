/** The words of recognition: what an engine is asked and what it answers. Source: BankCardOCR, version 2018-11-19. */

export const ENGINES = ['local', 'tencent'] as const;
export type EngineName = (typeof ENGINES)[number];

/** A field's name, in the order in which people read a card. */
export const FIELD_NAMES = ['cardNumber', 'bankInfo', 'cardType', 'cardName', 'validDate'] as const;
export type FieldName = (typeof FIELD_NAMES)[number];

/** Readings or values by field; a field that could not be read is absent. `cardNumber` is digits only. */
export type Fields = Readonly<Partial<Record<FieldName, string>>>;

/** -9110 date invalid, -9111 border incomplete, -9112 reflection, -9113 photocopy, -9114 re-shot from a screen. */
export const WARNING_CODES = [-9110, -9111, -9112, -9113, -9114] as const;
export type WarningCode = (typeof WARNING_CODES)[number];

/** The six switches of the request; all are off in the cloud's own defaults. */
export const SWITCHES = [
  'RetBorderCutImage',
  'RetCardNoImage',
  'EnableCopyCheck',
  'EnableReshootCheck',
  'EnableBorderCheck',
  'EnableQualityValue',
] as const;
export type SwitchName = (typeof SWITCHES)[number];
export type Switches = Readonly<Record<SwitchName, boolean>>;

/** A point in pixels of the prepared picture. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What the local engine knows beyond the cloud's answer; the desk's doubts are made of it. */
export interface LocalEvidence {
  /** The card's corners on the picture given: top left, top right, bottom right, bottom left of the upright card. */
  readonly quad?: readonly [Point, Point, Point, Point];
  /** Probability (0-1) of each digit of the number read, in order; a half at most where something but the picture chose it. */
  readonly digitConfidence: readonly number[];
  /** Log-probability between the first and the second candidate. */
  readonly margin?: number;
  /** Other numbers that were considered, best first, at most five. */
  readonly otherCandidates: readonly string[];
  readonly luhnPassed: boolean;
}

/** One engine's answer, normalised. The pictures are encoded JPEG. */
export interface Recognition {
  readonly requestId?: string;
  readonly fields: Fields;
  /** Given by current versions of the cloud beside CardType; shown, not checked. */
  readonly cardCategory?: string;
  /** The aligned card. */
  readonly borderCutImage?: Uint8Array;
  /** The strip with the number. */
  readonly cardNoImage?: Uint8Array;
  readonly warnings: readonly WarningCode[];
  /** 0-100, the lower the more blurred; 50 is the advised threshold. */
  readonly quality?: number;
  readonly evidence?: LocalEvidence;
  /** The answer as it came (JSON text), without the two pictures: kept with the attempt for ever. */
  readonly raw: string;
}
