/**
 * More ways to shape a digit, drawn for this project as strokes in a box 10 wide and 16 high: one in the manner of
 * the Farrington 7B embossing wheels (a 6 with a long slanted top, a 7 with a hook, a 1 with a foot, round shoulders),
 * and one in the manner of OCR-B for flat printing.
 */
export type StrokeFace = 'farrington' | 'ocrB';

type Strokes = Readonly<Record<string, string>>;

const FARRINGTON: Strokes = {
  '0': 'M3.4 0H6.6Q9.6 0 9.6 3.4V12.6Q9.6 16 6.6 16H3.4Q.4 16 .4 12.6V3.4Q.4 0 3.4 0Z',
  '1': 'M2 2.8L5.2 0V16M1.4 16H9',
  '2': 'M.8 2.8Q.8 0 3.2 0H7Q9.4 0 9.4 2.6V5Q9.4 7.2 7.2 8.2L2.6 10.4Q.6 11.4 .6 13.4V16H9.6',
  '3': 'M.6 2.6Q.9 0 3.4 0H6.4Q9 0 9 2.6V4.6Q9 7.2 6.6 7.2H4M6.6 7.2Q9.6 7.2 9.6 10.2V12.8Q9.6 16 6.4 16H3.4Q.6 16 .4 13.2',
  '4': 'M4.4 0L.4 10.8H9.8M7 5.6V16',
  '5': 'M9 0H1.2V6.6H6.4Q9.6 6.6 9.6 9.8V12.6Q9.6 16 6.2 16H3.2Q.8 16 .4 13.8',
  '6': 'M3.6 0L1 6Q.4 7.8 .4 10V13Q.4 16 3.4 16H6.6Q9.6 16 9.6 13V10.6Q9.6 7.6 6.6 7.6H.7',
  '7': 'M.6 2.8V0H8.8V4.6Q8.8 6.8 7.4 8.8Q5.8 11.2 5.8 16',
  '8': 'M3.6 0H6.4Q8.8 0 8.8 2.4V4.6Q8.8 7 6.4 7.4Q9.6 7.8 9.6 10.8V13Q9.6 16 6.6 16H3.4Q.4 16 .4 13V10.8Q.4 7.8 3.6 7.4Q1.2 7 1.2 4.6V2.4Q1.2 0 3.6 0ZM3.6 7.4H6.4',
  '9': 'M6.4 16L9 10Q9.6 8.2 9.6 6V3Q9.6 0 6.6 0H3.4Q.4 0 .4 3V5.4Q.4 8.4 3.4 8.4H9.3',
  '/': 'M1 16L9 0',
};

const OCR_B: Strokes = {
  '0': 'M5 0Q9.2 0 9.2 8Q9.2 16 5 16Q.8 16 .8 8Q.8 0 5 0Z',
  '1': 'M2 3.2L5.6 0V16M2.4 16H8.8',
  '2': 'M1 2.6Q2.2 0 5 0Q9 0 9 4Q9 6.4 6.6 9L.8 16H9.4',
  '3': 'M1 0H8.8L4.6 6.4Q9.4 6.4 9.4 11Q9.4 16 4.8 16Q2 16 .8 14.2',
  '4': 'M6 0L.6 11.4H9.6M7.2 7V16',
  '5': 'M8.6 0H2V6.8Q3.2 6.2 4.6 6.2Q9.4 6.2 9.4 11Q9.4 16 4.6 16Q2.2 16 .8 14.6',
  '6': 'M6.8 0L2 7.2Q.6 9.4 .6 11.4Q.6 16 5 16Q9.4 16 9.4 11.4Q9.4 7.2 5 7.2Q2.8 7.2 1.6 8.8',
  '7': 'M.8 0H9.2L4 16',
  '8': 'M5 0Q8.6 0 8.6 3.6Q8.6 7 5 7.6Q1.4 7 1.4 3.6Q1.4 0 5 0ZM5 7.6Q9.6 8.2 9.6 11.8Q9.6 16 5 16Q.4 16 .4 11.8Q.4 8.2 5 7.6Z',
  '9': 'M3.2 16L8 8.8Q9.4 6.6 9.4 4.6Q9.4 0 5 0Q.6 0 .6 4.6Q.6 8.8 5 8.8Q7.2 8.8 8.4 7.2',
  '/': 'M1 16L9 0',
};

const FACES: Readonly<Record<StrokeFace, Strokes>> = { farrington: FARRINGTON, ocrB: OCR_B };

export interface StrokeShape {
  readonly height: number;
  /** Of the stroke, in the same pixels. */
  readonly weight: number;
  /** 1 for the face's own width, less for a condensed one. */
  readonly stretch: number;
}

/** One digit or slash centred on `x`, its foot on `y`. */
export function drawDigit(face: StrokeFace, digit: string, x: number, y: number, shape: StrokeShape): string {
  const path = FACES[face][digit];
  if (!path) throw new Error(`Expected a digit or a slash but received ${JSON.stringify(digit)}`);
  const scale = (shape.height - shape.weight) / 16;
  const across = scale * shape.stretch;
  const left = x - 5 * across;
  const top = y - shape.height + shape.weight / 2;
  return `<path d="${path}" transform="translate(${left.toFixed(2)} ${top.toFixed(2)}) scale(${across.toFixed(4)} ${scale.toFixed(4)})"
    fill="none" stroke="currentColor" stroke-width="${(shape.weight / scale).toFixed(3)}" stroke-linecap="round" stroke-linejoin="round"/>`;
}
