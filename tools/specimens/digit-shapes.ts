/**
 * Digits as they are pressed into cards, drawn for this project as strokes in a box 10 wide and 16 high: square
 * shoulders, even stroke, every digit as wide as the next, in the manner of the classic embossing wheels.
 */
const STROKES: Readonly<Record<string, string>> = {
  '0': 'M4 0H6C8.8 0 10 1.7 10 4.4V11.6C10 14.3 8.8 16 6 16H4C1.2 16 0 14.3 0 11.6V4.4C0 1.7 1.2 0 4 0Z',
  '1': 'M2 2.8L5.4 0V16M1.6 16H9',
  '2': 'M.2 3.2Q.4 0 3.2 0H7Q9.9 0 9.9 3V4.8Q9.9 7.2 7.4 8L2.8 9.5Q.2 10.4 .2 13V16H10',
  '3': 'M.4 2.9Q.6 0 3.2 0H6.8Q9.5 0 9.5 2.8V4.9Q9.5 7.5 6.8 7.5H4.2M6.8 7.5Q10 7.5 10 10.4V13Q10 16 7 16H3.2Q.2 16 .1 13',
  '4': 'M7.4 16V0H6.6L.1 10.9H10',
  '5': 'M9.3 0H1.2L.9 7.2Q2.4 6.2 4.8 6.2Q10 6.2 10 10.6V11.4Q10 16 5 16Q.9 16 .2 13.2',
  '6': 'M8.4 0Q0 2.4 0 10.4V13Q0 16 3 16H7Q10 16 10 13V10.4Q10 7.4 7 7.4H3Q.9 7.4 .2 9',
  '7': 'M.2 2.6V0H9.8V1.8L5.6 8.6Q4.2 11 4.2 16',
  '8': 'M3.4 0H6.6Q9.2 0 9.2 2.6V4.8Q9.2 7.3 6.6 7.3H3.4Q.8 7.3 .8 4.8V2.6Q.8 0 3.4 0ZM3 7.3H7Q10 7.3 10 10.2V13Q10 16 7 16H3Q0 16 0 13V10.2Q0 7.3 3 7.3Z',
  '9': 'M1.6 16Q10 13.6 10 5.6V3Q10 0 7 0H3Q0 0 0 3V5.6Q0 8.6 3 8.6H7Q9.1 8.6 9.8 7',
  '/': 'M1 16L9 0',
};

/** One digit centred on `x`, its foot on `y`; `height` and `weight` (of the stroke) in pixels. */
export function strokeDigit(digit: string, x: number, y: number, height: number, weight: number): string {
  const path = STROKES[digit];
  if (!path) throw new Error(`Expected a digit or a slash but received ${JSON.stringify(digit)}`);
  const scale = (height - weight) / 16;
  const left = x - 5 * scale;
  const top = y - height + weight / 2;
  return `<path d="${path}" transform="translate(${left.toFixed(2)} ${top.toFixed(2)}) scale(${scale.toFixed(4)})"
    fill="none" stroke="currentColor" stroke-width="${(weight / scale).toFixed(3)}" stroke-linecap="round" stroke-linejoin="round"/>`;
}
