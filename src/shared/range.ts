/** A range of numbers as people type it into a column's filter: `50`, `<50`, `>=10`, `30-60`. */
export interface NumberRange {
  /** Both inclusive. */
  readonly least?: number;
  readonly most?: number;
}

const SIGN = /^(<=|>=|<|>|=|≤|≥|＜|＞)?\s*(\d{1,6})$/;
const BETWEEN = /^(\d{1,6})\s*(?:-|–|~|\.\.)\s*(\d{1,6})$/;

/** Undefined when it is none. */
export function parseRange(text: string): NumberRange | undefined {
  const between = BETWEEN.exec(text.trim());
  if (between) {
    const [one, other] = [Number(between[1]), Number(between[2])];
    return { least: Math.min(one, other), most: Math.max(one, other) };
  }
  const signed = SIGN.exec(text.trim());
  if (!signed) return undefined;
  const value = Number(signed[2]);
  switch (signed[1]) {
    case '<':
    case '＜':
      return { most: value - 1 };
    case '<=':
    case '≤':
      return { most: value };
    case '>':
    case '＞':
      return { least: value + 1 };
    case '>=':
    case '≥':
      return { least: value };
    default:
      return { least: value, most: value };
  }
}
