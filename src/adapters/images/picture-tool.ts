/** Decodes, checks and prepares pictures with sharp, and with a decoder of its own for BMP, which sharp lacks. */
import { decode as decodeBmp } from 'bmp-ts';
import sharp, { type Sharp } from 'sharp';
import { fail, ok, type Result } from '../../shared/result';
import {
  MAX_PIXELS,
  MAX_PREPARED_BYTES,
  planPreparation,
  sniff,
  type IntakeFailure,
  type PictureFormat,
} from '../../core/intake/formats';
import type { PictureTool, PreparedPicture } from '../../core/intake/ports';
import { sha256 } from './sha256';

const THUMB_SIDE = 320;
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
  const { image, turned, plain } = opened.value;
  const [width, height] =
    turned > 4 ? [opened.value.height, opened.value.width] : [opened.value.width, opened.value.height];
  const plan = planPreparation({
    format,
    width,
    height,
    byteLength: bytes.length,
    turned: turned > 1,
    plain,
  });
  const upright = () => image().autoOrient().flatten({ background: '#ffffff' }).toColourspace('srgb');

  // Also the proof that the whole picture decodes: a truncated one fails here.
  const thumb = await upright()
    .resize(THUMB_SIDE, THUMB_SIDE, { fit: 'inside', withoutEnlargement: true })
    .jpeg({ quality: 80 })
    .toBuffer();
  if (!plan.encode) return ok({ format, prepared: bytes, width, height, thumb, notes: plan.notes });

  for (const { quality, side } of STEPS) {
    const resized = Number.isFinite(side)
      ? upright().resize(side, side, { fit: 'inside', withoutEnlargement: true })
      : upright();
    const { data, info } = await resized
      .jpeg({ quality, chromaSubsampling: '4:4:4' })
      .toBuffer({ resolveWithObject: true });
    if (data.length <= MAX_PREPARED_BYTES) {
      return ok({ format, prepared: data, width: info.width, height: info.height, thumb, notes: plan.notes });
    }
  }
  return fail('file.tooLarge');
}

interface Opened {
  readonly image: () => Sharp;
  /** As stored, before EXIF orientation. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation, 1 to 8; above 4 the sides are swapped. */
  readonly turned: number;
  readonly plain: boolean;
}

async function open(bytes: Uint8Array): Promise<Result<Opened, IntakeFailure>> {
  const image = () => sharp(bytes, { limitInputPixels: false, failOn: 'truncated' });
  const facts = await image().metadata();
  if (facts.width * facts.height > MAX_PIXELS) return fail('picture.tooManyPixels');
  return ok({
    image,
    width: facts.width,
    height: facts.height,
    turned: facts.orientation ?? 1,
    plain: facts.depth === 'uchar' && !facts.hasAlpha && (facts.space === 'srgb' || facts.space === 'b-w'),
  });
}

/** The header is judged before anything of the size that it claims is allocated. */
function openBmp(bytes: Uint8Array): Result<Opened, IntakeFailure> {
  const header = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = [Math.abs(header.readInt32LE(18)), Math.abs(header.readInt32LE(22))];
  if (width === 0 || height === 0) return fail('picture.damaged');
  if (width * height > MAX_PIXELS) return fail('picture.tooManyPixels');
  // Uncompressed rows must all be there; the decoder would fill up what is missing without a word.
  const [depth, compression] = [header.readUInt16LE(28), header.readUInt32LE(30)];
  const rowBytes = Math.ceil((width * depth) / 32) * 4;
  if (compression === 0 && header.readUInt32LE(10) + rowBytes * height > bytes.length)
    return fail('picture.damaged');
  const { data } = decodeBmp(header, { toRGBA: true });
  const image = () => sharp(data, { raw: { width, height, channels: 4 } }).removeAlpha();
  return ok({ image, width, height, turned: 1, plain: true });
}
