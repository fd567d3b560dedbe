import sharp from 'sharp';
import { homographyBetween, rectangleQuad, type Quad } from './geometry';

/** An uncompressed RGB picture: three bytes a pixel, row by row. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** The longest side that is worth reading: digits of a card that fills the picture are then some 60 pixels high. */
const LONGEST_SIDE = 1600;
/** A bomb is refused before it is unpacked. */
const PIXEL_LIMIT = 120_000_000;

export interface DecodedPicture {
  readonly raster: Raster;
  /** Pixels of the picture as given (EXIF rotation applied) per pixel of the raster. */
  readonly scale: number;
}

/** How many threads decoding and resizing may use: by default as many as there are cores, in each process. */
export function usePictureThreads(threads: number): void {
  sharp.concurrency(threads);
}

/** Decodes what sharp can read; throws sharp's error when the bytes are no picture. */
export async function decodePicture(bytes: Uint8Array): Promise<DecodedPicture> {
  const source = sharp(bytes, { limitInputPixels: PIXEL_LIMIT, failOn: 'error' });
  const { width, height, orientation = 1 } = await source.metadata();
  const upright = orientation >= 5 ? { width: height, height: width } : { width, height };
  const { data, info } = await source
    .rotate()
    .flatten({ background: '#ffffff' })
    .resize({ width: LONGEST_SIDE, height: LONGEST_SIDE, fit: 'inside', withoutEnlargement: true })
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const raster = withThreeChannels(data, info.width, info.height, info.channels);
  return { raster, scale: upright.width / info.width };
}

function withThreeChannels(data: Uint8Array, width: number, height: number, channels: number): Raster {
  if (channels === 3) return { width, height, data };
  const rgb = new Uint8Array(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let c = 0; c < 3; c++) {
      rgb[pixel * 3 + c] = data[pixel * channels + (channels >= 3 ? c : 0)] as number;
    }
  }
  return { width, height, data: rgb };
}

/** Resizes to exactly the size given; the proportions may change. */
export async function resizeRaster(raster: Raster, width: number, height: number): Promise<Raster> {
  if (raster.width === width && raster.height === height) return raster;
  const data = await sharp(raster.data, { raw: { width: raster.width, height: raster.height, channels: 3 } })
    .resize(width, height, { fit: 'fill', kernel: 'cubic' })
    .raw()
    .toBuffer();
  return { width, height, data };
}

/** JPEG of quality 90. */
export async function encodeJpeg(raster: Raster): Promise<Uint8Array> {
  return sharp(raster.data, { raw: { width: raster.width, height: raster.height, channels: 3 } })
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** Takes the quadrilateral out of the picture and lays it flat; outside the picture is its nearest edge pixel. */
export function warpQuad(source: Raster, quad: Quad, width: number, height: number): Raster {
  const matrix = homographyBetween(rectangleQuad(width, height), quad);
  const data = new Uint8Array(width * height * 3);
  if (!matrix) return { width, height, data };
  const maxX = source.width - 1;
  const maxY = source.height - 1;
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0, i = 1] = matrix;
  let out = 0;
  // Written out and not through applyHomography: it runs for each of the card's 660,000 pixels.
  for (let y = 0.5; y < height; y++) {
    for (let x = 0.5; x < width; x++) {
      const w = g * x + h * y + i;
      const sourceX = (a * x + b * y + c) / w - 0.5;
      const sourceY = (d * x + e * y + f) / w - 0.5;
      sampleBilinear(source, clamp(sourceX, maxX), clamp(sourceY, maxY), data, out);
      out += 3;
    }
  }
  return { width, height, data };
}

function clamp(value: number, max: number): number {
  return value < 0 ? 0 : value > max ? max : value;
}

function sampleBilinear(source: Raster, x: number, y: number, target: Uint8Array, out: number): void {
  const { data, width, height } = source;
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const fx = x - x0;
  const fy = y - y0;
  const right = x0 + 1 < width ? 3 : 0;
  const down = y0 + 1 < height ? width * 3 : 0;
  const at = (y0 * width + x0) * 3;
  for (let c = 0; c < 3; c++) {
    const i = at + c;
    const top = (data[i] as number) * (1 - fx) + (data[i + right] as number) * fx;
    const bottom = (data[i + down] as number) * (1 - fx) + (data[i + down + right] as number) * fx;
    target[out + c] = top * (1 - fy) + bottom * fy + 0.5;
  }
}

/** Turns by 180 degrees. */
export function turnRaster(source: Raster): Raster {
  const { width, height } = source;
  const data = new Uint8Array(source.data.length);
  const last = width * height - 1;
  for (let pixel = 0; pixel <= last; pixel++) {
    const from = pixel * 3;
    const to = (last - pixel) * 3;
    data[to] = source.data[from] as number;
    data[to + 1] = source.data[from + 1] as number;
    data[to + 2] = source.data[from + 2] as number;
  }
  return { width, height, data };
}

/** Turns by 90 degrees clockwise: pixel (x, y) goes to (height - 1 - y, x). */
export function quarterTurn({ width, height, data }: Raster): Raster {
  const turned = new Uint8Array(data.length);
  for (let y = 0, from = 0; y < height; y++) {
    for (let x = 0; x < width; x++, from += 3) {
      const to = (x * height + height - 1 - y) * 3;
      turned[to] = data[from] as number;
      turned[to + 1] = data[from + 1] as number;
      turned[to + 2] = data[from + 2] as number;
    }
  }
  return { width: height, height: width, data: turned };
}

/** Blue, green and red as planes of floats, each value looked up in its plane's table of 256. */
export function fillPlanes(
  planes: Float32Array,
  { data, width, height }: Raster,
  [ofBlue, ofGreen, ofRed]: readonly Float32Array[],
): void {
  const plane = width * height;
  if (!ofBlue || !ofGreen || !ofRed) throw new Error('Expected three tables of levels');
  for (let at = 0, from = 0; at < plane; at++, from += 3) {
    planes[at] = ofBlue[data[from + 2] as number] as number;
    planes[plane + at] = ofGreen[data[from + 1] as number] as number;
    planes[2 * plane + at] = ofRed[data[from] as number] as number;
  }
}

/** Brightness (Rec. 601) as floats, one a pixel. */
export function toGrey(raster: Raster): Float32Array {
  const grey = new Float32Array(raster.width * raster.height);
  for (let i = 0, j = 0; i < grey.length; i++, j += 3) {
    grey[i] =
      0.299 * (raster.data[j] as number) +
      0.587 * (raster.data[j + 1] as number) +
      0.114 * (raster.data[j + 2] as number);
  }
  return grey;
}
