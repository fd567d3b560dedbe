import type { IntakeNote, CutRegion } from '../../shared/cards';
import type { Point } from '../../shared/recognition';
import type { Result } from '../../shared/result';
import type { CancelSignal } from '../recognition/ports';
import type { IntakeFailure, PictureFormat } from './formats';

export interface PreparedPicture {
  readonly format: PictureFormat;
  /**
   * JPEG or PNG, upright, within the API's limits, and nothing but the picture: no metadata, no thumbnail, no further picture.
   * The very bytes given where nothing had to be done.
   */
  readonly prepared: Uint8Array;
  /** Of the prepared picture, in pixels. */
  readonly width: number;
  readonly height: number;
  /** JPEG, longest side 320. */
  readonly thumb: Uint8Array;
  readonly notes: readonly IntakeNote[];
}

/** Why a region of a picture could not be cut out. */
export type CutFailure = 'card.cutTooSmall' | 'picture.damaged' | 'file.tooLarge';

/** Why a picture could not be painted over. */
export type PaintFailure = 'picture.damaged' | 'file.tooLarge';

/** A part of a picture: top left, top right, bottom right, bottom left, as shares (0-1) of its width and height. */
export type Corners = readonly [Point, Point, Point, Point];

export interface PictureTool {
  prepare(bytes: Uint8Array): Promise<Result<PreparedPicture, IntakeFailure>>;
  /** A prepared picture turned and cut, as a JPEG within the API's limits. */
  cut(bytes: Uint8Array, region: CutRegion): Promise<Result<Uint8Array, CutFailure>>;
  /** A prepared picture with these parts under paint, prepared again: nothing of what was under it is left. */
  paintOver(bytes: Uint8Array, areas: readonly Corners[]): Promise<Result<PreparedPicture, PaintFailure>>;
  /** Rectangles of a picture as it came, with a little room around each, upright and prepared, in its own resolution. */
  takeApart(
    bytes: Uint8Array,
    cards: readonly Corners[],
  ): Promise<Result<readonly PreparedPicture[], PaintFailure>>;
  sha256(bytes: Uint8Array): string;
}

export interface PictureLook {
  readonly side: 'front' | 'back';
  /** Where a CVV is seen. */
  readonly secrets: readonly Corners[];
  /** Two or more cards that lie apart, in the order of reading; each has to be looked at for itself. Else none. */
  readonly cards: readonly Corners[];
}

/** Looks at a prepared picture before anything of it is kept. Undefined when the signal fired. */
export interface PictureLooker {
  /** Pictures that are looked at side by side; one where it does not say. */
  readonly slots?: number;
  look(
    bytes: Uint8Array,
    signal: CancelSignal,
  ): Promise<Result<PictureLook, 'picture.notLookedAt'> | undefined>;
}

export interface FoundFile {
  readonly path: string;
  readonly name: string;
}

export interface FileTool {
  kind(path: string): Promise<'file' | 'folder' | 'missing'>;
  name(path: string): string;
  /** The same place without symbolic links on the way; a symbolic link that is named itself stays one. */
  real(path: string): Promise<string>;
  /**
   * Every regular file below a folder, in the order of names; links are not followed, hidden and system files are passed over.
   * A folder that cannot be listed takes the place of its files: reading it says so. Never fails.
   */
  walk(folder: string): AsyncIterable<FoundFile>;
  read(path: string, maxBytes: number): Promise<Result<Uint8Array, IntakeFailure>>;
  /**
   * Whether a file was changed so lately that it may still be written; if so, resolves after a pause in which more of it may
   * come, or when the signal fires.
   */
  mayGrow(path: string, signal: CancelSignal): Promise<boolean>;
}

export interface LinkTool {
  fetch(url: string, maxBytes: number, signal: CancelSignal): Promise<Result<Uint8Array, IntakeFailure>>;
}
