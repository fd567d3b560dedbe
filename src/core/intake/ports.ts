import type { IntakeNote, Piece } from '../../shared/cards';
import type { Result } from '../../shared/result';
import type { CancelSignal } from '../recognition/ports';
import type { IntakeFailure, PictureFormat } from './formats';

export interface PreparedPicture {
  readonly format: PictureFormat;
  /** JPEG or PNG, upright, within the API's limits. The very bytes given where nothing had to be done. */
  readonly prepared: Uint8Array;
  /** Of the prepared picture, in pixels. */
  readonly width: number;
  readonly height: number;
  /** JPEG, longest side 320. */
  readonly thumb: Uint8Array;
  readonly notes: readonly IntakeNote[];
}

/** Why a piece of a picture could not be cut out. */
export type CutFailure = 'card.cutTooSmall' | 'picture.damaged' | 'file.tooLarge';

export interface PictureTool {
  prepare(bytes: Uint8Array): Promise<Result<PreparedPicture, IntakeFailure>>;
  /** A prepared picture turned and cut, as a JPEG within the API's limits. */
  cut(bytes: Uint8Array, piece: Piece): Promise<Result<Uint8Array, CutFailure>>;
  sha256(bytes: Uint8Array): string;
}

export interface FoundFile {
  readonly path: string;
  readonly name: string;
}

export interface FileTool {
  kind(path: string): Promise<'file' | 'folder' | 'missing'>;
  name(path: string): string;
  /** Every regular file below a folder, in the order of names; links are not followed, hidden and system files are passed over. */
  walk(folder: string): AsyncIterable<FoundFile>;
  read(path: string, maxBytes: number): Promise<Result<Uint8Array, IntakeFailure>>;
}

export interface LinkTool {
  fetch(url: string, maxBytes: number, signal: CancelSignal): Promise<Result<Uint8Array, IntakeFailure>>;
}
