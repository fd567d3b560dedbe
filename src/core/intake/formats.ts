/** What a picture is, by its bytes; a name proves nothing. And what must be done to it before an engine may see it. */
import type { IntakeNote } from '../../shared/cards';

export type PictureFormat = 'jpeg' | 'png' | 'bmp' | 'webp' | 'tiff';

/** Codes of intake that end in a failed card; each has a sentence that says what to do. */
export type IntakeFailure =
  | 'file.empty'
  | 'file.gone'
  | 'file.cannotRead'
  | 'file.tooLarge'
  | 'file.changing'
  | 'file.notRegular'
  | 'folder.cannotRead'
  | 'link.notALink'
  | 'link.unreachable'
  | 'link.refused'
  | 'link.tooLarge'
  | 'picture.unknownFormat'
  | 'picture.heic'
  | 'picture.pdf'
  | 'picture.bmpKind'
  | 'picture.severalPages'
  | 'picture.damaged'
  | 'picture.tooManyPixels'
  | 'picture.showsCvv'
  | 'picture.notLookedAt'
  | 'intake.cancelled';

/** Bytes of one picture at most; scanners' uncompressed A4 at 600 dpi takes about 100 MB. */
export const MAX_FILE_BYTES = 128 * 1024 * 1024;
export const MAX_PIXELS = 100_000_000;
/** The API takes at most 7,000,000 base64 characters: four for every three bytes. */
export const MAX_PREPARED_BYTES = (7_000_000 / 4) * 3;
/** Advised by the API: 500 x 800 or more, either way up. */
export const ADVISED_SHORT_SIDE = 500;
export const ADVISED_LONG_SIDE = 800;

/** Of single pictures and of sequences. */
const HEIC_BRANDS = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'msf1'];

function starts(bytes: Uint8Array, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (bytes[at + index] !== text.charCodeAt(index)) return false;
  }
  return true;
}

/** Magic numbers: JPEG SOI, PNG signature, BITMAPFILEHEADER, RIFF/WEBP, TIFF and BigTIFF in both byte orders. */
export function sniff(bytes: Uint8Array): PictureFormat | IntakeFailure {
  if (bytes.length === 0) return 'file.empty';
  if (bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff) return 'jpeg';
  if (starts(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'png';
  if (starts(bytes, 0, 'RIFF') && starts(bytes, 8, 'WEBP')) return 'webp';
  if (['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].some((magic) => starts(bytes, 0, magic))) return 'tiff';
  if (starts(bytes, 0, 'BM') && bytes.length >= 26) return 'bmp';
  if (starts(bytes, 4, 'ftyp') && HEIC_BRANDS.some((brand) => starts(bytes, 8, brand))) {
    return 'picture.heic';
  }
  if (starts(bytes, 0, '%PDF-')) return 'picture.pdf';
  return 'picture.unknownFormat';
}

export interface PictureFacts {
  readonly format: PictureFormat;
  /** Upright, in pixels. */
  readonly width: number;
  readonly height: number;
  readonly byteLength: number;
  /** EXIF orientation other than 1. */
  readonly turned: boolean;
  /**
   * Plain 8-bit grey or RGB without transparency, in colours that need no profile: what every decoder reads alike. And all
   * else that came in the file is cut away for certain.
   */
  readonly plain: boolean;
}

export interface Preparation {
  /** False: the picture's own data go to the engine in the coding in which they came. */
  readonly encode: boolean;
  readonly notes: readonly IntakeNote[];
}

export function planPreparation(facts: PictureFacts): Preparation {
  const apiFormat = facts.format === 'jpeg' || facts.format === 'png';
  const encode = !apiFormat || facts.turned || !facts.plain || facts.byteLength > MAX_PREPARED_BYTES;
  const small =
    Math.min(facts.width, facts.height) < ADVISED_SHORT_SIDE ||
    Math.max(facts.width, facts.height) < ADVISED_LONG_SIDE;
  return {
    encode,
    notes: [...(small ? (['smallPicture'] as const) : []), ...(encode ? (['reencoded'] as const) : [])],
  };
}
