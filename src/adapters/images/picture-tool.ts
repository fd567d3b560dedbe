/** Decodes, checks and prepares pictures with sharp, and BMP, which sharp does not know, with a reader of our own. */
import sharp, { type Sharp } from 'sharp';
import type { CutRegion } from '../../shared/cards';
import { fail, ok, type Result } from '../../shared/result';
import {
  MAX_PIXELS,
  MAX_PREPARED_BYTES,
  planPreparation,
  sniff,
  type IntakeFailure,
  type PictureFormat,
} from '../../core/intake/formats';
import type {
  Corners,
  CutFailure,
  PaintFailure,
  PictureTool,
  PreparedPicture,
} from '../../core/intake/ports';
import { readBmp } from './bmp';
import { ownJpegData } from './jpeg-data';
import { ownPngData } from './png-data';
import { sha256 } from './sha256';

const THUMB_SIDE = 320;
/** No engine reads a card that is smaller. */
const LEAST_CUT_PX = 100;
/** What a colour profile does is seen on so small a picture, as a difference of more than so many of 256 steps. */
const PROFILE_SIDE = 320;
const PROFILE_SHOWS = 4;
/** How libjpeg's warnings begin that tell of lost or changed data; it shows something all the same. */
const DAMAGED = /Corrupt JPEG data|premature end of JPEG/i;
/** More would hardly fit the API's limit, and takes seconds to try. */
const LOSSLESS_PIXELS = 10_000_000;
const WHITE = '#ffffff';
/** What digits are painted over with: plainly no part of a card. */
const PAINT = '#101010';
/** Tried in turn until the picture fits: JPEG quality, and the longest side in pixels. Text stays readable in all. */
const STEPS = [
  { quality: 92, side: Infinity },
  { quality: 88, side: 4000 },
  { quality: 85, side: 3000 },
  { quality: 80, side: 2400 },
] as const;

export const pictureTool: PictureTool = {
  sha256,

  async prepare(bytes) {
    const format = sniff(bytes);
    if (!isFormat(format)) return fail(format);
    try {
      return await prepare(bytes, format);
    } catch (cause) {
      // Whatever a decoder throws at hostile bytes means one thing to the person: this file cannot be read.
      return fail('picture.damaged', undefined, cause);
    }
  },

  async paintOver(bytes, areas) {
    try {
      return await paintOver(bytes, areas);
    } catch (cause) {
      return fail('picture.damaged', undefined, cause);
    }
  },

  async takeApart(bytes, cards) {
    try {
      return await takeApart(bytes, cards);
    } catch (cause) {
      return fail('picture.damaged', undefined, cause);
    }
  },

  async cut(bytes, region) {
    try {
      return await cutOut(bytes, region);
    } catch (cause) {
      return fail('picture.damaged', undefined, cause);
    }
  },
};

function isFormat(sniffed: PictureFormat | IntakeFailure): sniffed is PictureFormat {
  return !sniffed.includes('.');
}

async function prepare(
  bytes: Uint8Array,
  format: PictureFormat,
): Promise<Result<PreparedPicture, IntakeFailure>> {
  const opened = format === 'bmp' ? openBmp(bytes) : await open(bytes);
  if (!opened.ok) return opened;
  const { image, turned } = opened.value;
  const [width, height] =
    turned > 4 ? [opened.value.height, opened.value.width] : [opened.value.width, opened.value.height];
  const found = await ownPicture(bytes, format, opened.value);
  if (!found.ok) return found;
  const own = found.value;
  const plan = planPreparation({
    format,
    width,
    height,
    byteLength: own?.bytes.length ?? bytes.length,
    turned: turned > 1,
    plain: own !== undefined,
  });
  if (own && !plan.encode)
    return ok({ format, prepared: own.bytes, width, height, thumb: own.thumb, notes: plan.notes });

  const upright = () => image().autoOrient().flatten({ background: WHITE }).toColourspace('srgb');
  // Also the proof that the whole picture decodes: a truncated one fails here.
  const thumb = await thumbOf(upright());
  const lossless = format !== 'jpeg' && width * height <= LOSSLESS_PIXELS;
  const encoded = (lossless && (await asPng(upright))) || (await withinLimits(upright));
  if (!encoded) return fail('file.tooLarge');
  const { data, info } = encoded;
  return ok({ format, prepared: data, width: info.width, height: info.height, thumb, notes: plan.notes });
}

interface OwnPicture {
  /** In the coding in which it came, without whatever else the file holds. */
  readonly bytes: Uint8Array;
  readonly thumb: Uint8Array;
}

/** Undefined: only encoding it anew makes certain that it is plain and that nothing else is kept. */
async function ownPicture(
  bytes: Uint8Array,
  format: PictureFormat,
  { plain, turned, profile }: Opened,
): Promise<Result<OwnPicture | undefined, IntakeFailure>> {
  const own =
    format === 'jpeg' ? ownJpegData(bytes) : format === 'png' ? await ownPngData(bytes) : ok(undefined);
  if (!own.ok) return own;
  if (!own.value || !plain || turned > 1 || (profile && (await profileShows(bytes)))) return ok(undefined);
  try {
    const thumb = await thumbOf(sharp(own.value, { limitInputPixels: false, failOn: 'warning' }));
    // A picture of which nothing was cut away is the caller's own.
    return ok({ bytes: Buffer.compare(own.value, bytes) === 0 ? bytes : own.value, thumb });
  } catch (cause) {
    if (cause instanceof Error && DAMAGED.test(cause.message))
      return fail('picture.damaged', undefined, cause);
    // The decoder is not content with every byte. If it cannot read the picture at all, encoding it anew says so.
    return ok(undefined);
  }
}

/** Whether a colour profile makes the picture look different: it goes with the rest, and is reckoned in before where it matters. */
async function profileShows(bytes: Uint8Array): Promise<boolean> {
  const seen = (ignoreIcc: boolean) =>
    sharp(bytes, { limitInputPixels: false, failOn: 'truncated', ignoreIcc })
      .resize(PROFILE_SIDE, PROFILE_SIDE, { fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .raw()
      .toBuffer();
  const [withProfile, without] = [await seen(false), await seen(true)];
  return (
    withProfile.length !== without.length ||
    withProfile.some((value, at) => Math.abs(value - (without[at] ?? 0)) > PROFILE_SHOWS)
  );
}

function thumbOf(image: Sharp): Promise<Buffer> {
  return image
    .resize(THUMB_SIDE, THUMB_SIDE, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 80 })
    .toBuffer();
}

/** The thumbnail is made of what was painted. */
async function paintOver(
  bytes: Uint8Array,
  areas: readonly Corners[],
): Promise<Result<PreparedPicture, PaintFailure>> {
  const opened = await open(bytes);
  if (!opened.ok) return fail('picture.damaged');
  const { image, width, height } = opened.value;
  const shapes = areas.map(
    (corners) => `<polygon points="${corners.map(({ x, y }) => `${x * width},${y * height}`).join(' ')}"/>`,
  );
  const cover = Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" fill="${PAINT}">${shapes.join('')}</svg>`,
  );
  const painted = await image()
    .flatten({ background: WHITE })
    .toColourspace('srgb')
    .composite([{ input: cover }])
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  const { channels } = painted.info;
  const again = () => sharp(painted.data, { raw: { width, height, channels } });
  const encoded = await withinLimits(again);
  if (!encoded) return fail('file.tooLarge');
  const { data, info } = encoded;
  const thumb = await thumbOf(again());
  return ok({ format: 'jpeg', prepared: data, width: info.width, height: info.height, thumb, notes: [] });
}

/** Pixel for pixel; undefined when it is too large for the API. */
async function asPng(image: () => Sharp) {
  const encoded = await image().png().toBuffer({ resolveWithObject: true });
  return encoded.data.length <= MAX_PREPARED_BYTES ? encoded : undefined;
}

/** As a JPEG that the API takes; undefined when even the smallest is too large. */
async function withinLimits(image: () => Sharp) {
  for (const { quality, side } of STEPS) {
    const resized = Number.isFinite(side)
      ? image().resize(side, side, { fit: 'inside', withoutEnlargement: true })
      : image();
    const encoded = await resized
      .jpeg({ quality, chromaSubsampling: '4:4:4' })
      .toBuffer({ resolveWithObject: true });
    if (encoded.data.length <= MAX_PREPARED_BYTES) return encoded;
  }
  return undefined;
}

async function cutOut(bytes: Uint8Array, { angle, cut }: CutRegion): Promise<Result<Uint8Array, CutFailure>> {
  const opened = await open(bytes);
  if (!opened.ok) return fail('picture.damaged');
  const { image, width, height } = opened.value;
  const box = turnedBox(width, height, angle);
  const left = Math.min(Math.round(cut.left * box.width), box.width - 1);
  const top = Math.min(Math.round(cut.top * box.height), box.height - 1);
  const rectangle = {
    left,
    top,
    width: Math.min(Math.round(cut.width * box.width), box.width - left),
    height: Math.min(Math.round(cut.height * box.height), box.height - top),
  };
  if (Math.min(rectangle.width, rectangle.height) < LEAST_CUT_PX) {
    return fail('card.cutTooSmall', { min: LEAST_CUT_PX });
  }
  const encoded = await withinLimits(() =>
    image()
      .flatten({ background: WHITE })
      .toColourspace('srgb')
      .rotate(angle, { background: WHITE })
      .extract(rectangle),
  );
  return encoded ? ok(encoded.data) : fail('file.tooLarge');
}

async function takeApart(
  bytes: Uint8Array,
  cards: readonly Corners[],
): Promise<Result<readonly PreparedPicture[], PaintFailure>> {
  const opened = sniff(bytes) === 'bmp' ? openBmp(bytes) : await open(bytes);
  if (!opened.ok) return fail('picture.damaged');
  const { image, turned } = opened.value;
  const [width, height] =
    turned > 4 ? [opened.value.height, opened.value.width] : [opened.value.width, opened.value.height];
  const pieces: PreparedPicture[] = [];
  for (const corners of cards) {
    const { outer, angle, inner } = layFlat(corners, width, height);
    const cut = await image()
      .autoOrient()
      .flatten({ background: WHITE })
      .toColourspace('srgb')
      .extract(outer)
      .raw()
      .toBuffer({ resolveWithObject: true });
    const piece = () =>
      sharp(cut.data, { raw: cut.info }).rotate(angle, { background: WHITE }).extract(inner);
    const encoded = await withinLimits(piece);
    if (!encoded) return fail('file.tooLarge');
    const { data, info } = encoded;
    const facts = {
      format: 'jpeg',
      width: info.width,
      height: info.height,
      byteLength: data.length,
    } as const;
    const { notes } = planPreparation({ ...facts, turned: false, plain: true });
    pieces.push({ ...facts, prepared: data, thumb: await thumbOf(sharp(data)), notes });
  }
  return ok(pieces);
}

/** Room around a card, as a share of its longer side: the engine looks for its edges. */
const PIECE_ROOM = 0.03;
/** Degrees; less than that is not worth reckoning every pixel anew. */
const LEAST_TURN = 0.2;

/** The upright box to cut out first, by how much to turn it, and what to cut out of that. */
function layFlat([a, b, c, d]: Corners, width: number, height: number) {
  const [dx, dy] = [(b.x - a.x) * width, (b.y - a.y) * height];
  const long = Math.hypot(dx, dy);
  const short = Math.hypot((d.x - a.x) * width, (d.y - a.y) * height);
  const room = 2 * PIECE_ROOM * Math.max(long, short);
  const [pieceWidth, pieceHeight] = [long + room, short + room];
  const degrees = (Math.atan2(dy, dx) * 180) / Math.PI;
  const angle = Math.abs(degrees) < LEAST_TURN ? 0 : -degrees;
  const box = turnedBox(pieceWidth, pieceHeight, angle);
  const centre = { x: ((a.x + c.x) / 2) * width, y: ((a.y + c.y) / 2) * height };
  const outer = within(centre, box, width, height);
  const turned = turnedBox(outer.width, outer.height, angle);
  const radians = (angle * Math.PI) / 180;
  const offX = centre.x - outer.left - outer.width / 2;
  const offY = centre.y - outer.top - outer.height / 2;
  const middle = {
    x: turned.width / 2 + offX * Math.cos(radians) - offY * Math.sin(radians),
    y: turned.height / 2 + offX * Math.sin(radians) + offY * Math.cos(radians),
  };
  return {
    outer,
    angle,
    inner: within(middle, { width: pieceWidth, height: pieceHeight }, turned.width, turned.height),
  };
}

/** A box around a point, in whole pixels, as far as the picture reaches. */
function within(
  centre: { readonly x: number; readonly y: number },
  box: { readonly width: number; readonly height: number },
  width: number,
  height: number,
) {
  const left = Math.max(0, Math.floor(centre.x - box.width / 2));
  const top = Math.max(0, Math.floor(centre.y - box.height / 2));
  const right = Math.min(width, Math.ceil(centre.x + box.width / 2));
  const bottom = Math.min(height, Math.ceil(centre.y + box.height / 2));
  return { left, top, width: right - left, height: bottom - top };
}

/** The upright box around a turned picture. The decoder rounds its corners: what it surely has is a pixel less a side. */
function turnedBox(width: number, height: number, angle: number): { width: number; height: number } {
  if (angle % 90 === 0) return angle % 180 === 0 ? { width, height } : { width: height, height: width };
  const radians = (angle * Math.PI) / 180;
  const [cos, sin] = [Math.abs(Math.cos(radians)), Math.abs(Math.sin(radians))];
  return {
    width: Math.floor(width * cos + height * sin) - 1,
    height: Math.floor(width * sin + height * cos) - 1,
  };
}

interface Opened {
  readonly image: () => Sharp;
  /** As stored, before EXIF orientation. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation, 1 to 8; above 4 the sides are swapped. */
  readonly turned: number;
  readonly plain: boolean;
  /** Has a colour profile. */
  readonly profile: boolean;
}

async function open(bytes: Uint8Array): Promise<Result<Opened, IntakeFailure>> {
  const image = () => sharp(bytes, { limitInputPixels: false, failOn: 'truncated' });
  const facts = await image().metadata();
  if (facts.width * facts.height > MAX_PIXELS) return fail('picture.tooManyPixels');
  // One record is one picture: further pages would be dropped without a word, or kept without a look.
  if ((facts.pages ?? 1) > 1) return fail('picture.severalPages');
  return ok({
    image,
    profile: facts.hasProfile,
    width: facts.width,
    height: facts.height,
    turned: facts.orientation ?? 1,
    plain: facts.depth === 'uchar' && !facts.hasAlpha && (facts.space === 'srgb' || facts.space === 'b-w'),
  });
}

function openBmp(bytes: Uint8Array): Result<Opened, IntakeFailure> {
  const read = readBmp(bytes);
  if (!read.ok) return read;
  const { rgb, width, height } = read.value;
  const image = () => sharp(rgb, { raw: { width, height, channels: 3 } });
  return ok({ image, width, height, turned: 1, plain: true, profile: false });
}
