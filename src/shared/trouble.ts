/** What may be wrong with the computer, and with no card. Sentences: messages/codes.ts. */
export const TROUBLE_CODES = [
  'disk.full',
  'disk.readOnly',
  'disk.failed',
  /** The records themselves are not what was written: no waiting mends that. */
  'disk.damaged',
  'computer.exhausted',
] as const;
export type TroubleCode = (typeof TROUBLE_CODES)[number];
