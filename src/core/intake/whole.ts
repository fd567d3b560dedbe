/**
 * The bytes of a picture and what they were prepared to. A file that is still being written looks damaged until it is whole:
 * one that was changed lately is called bad only when the same bytes were read twice.
 */
import { fail, ok, type Result } from '../../shared/result';
import type { Card } from '../cards/ports';
import type { CancelSignal } from '../recognition/ports';
import type { IntakeFailure } from './formats';
import type { FileTool, PictureTool, PreparedPicture } from './ports';

export interface ReadPicture {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly prepared: Result<PreparedPicture, IntakeFailure>;
}
type Read = Result<ReadPicture, IntakeFailure>;

export interface WholeTools {
  readonly files: Pick<FileTool, 'mayGrow'>;
  readonly pictureTool: Pick<PictureTool, 'prepare' | 'sha256'>;
  bytesOf(card: Card, signal: CancelSignal): Promise<Result<Uint8Array, IntakeFailure>>;
}

/** A scanner writes a page within a minute; each try is a pause of the file tool's apart. */
const TRIES = 30;
/** What is said of a file that has not all of its bytes yet. */
const NOT_YET: readonly IntakeFailure[] = ['file.empty', 'file.changing'];

/** What is told of a picture that may not be whole yet, to tell whether more of it came; undefined: it is as good as it will get. */
function wanting(read: Read): string | undefined {
  if (!read.ok) return NOT_YET.includes(read.error.code) ? read.error.code : undefined;
  return read.value.prepared.ok ? undefined : read.value.sha256;
}

/** Answers undefined when the signal fired. */
export function createWhole({ files, pictureTool, bytesOf }: WholeTools) {
  async function readOnce(card: Card, signal: CancelSignal): Promise<Read | undefined> {
    const bytes = await bytesOf(card, signal);
    if (signal.aborted) return undefined;
    if (!bytes.ok) return bytes;
    const sha256 = pictureTool.sha256(bytes.value);
    const prepared = await pictureTool.prepare(bytes.value);
    return signal.aborted ? undefined : ok({ bytes: bytes.value, sha256, prepared });
  }

  return async (card: Card, signal: CancelSignal): Promise<Read | undefined> => {
    const { sourceKind, location } = card;
    let last: string | undefined;
    for (let tries = 1; tries <= TRIES; tries++) {
      const read = await readOnce(card, signal);
      const now = read && wanting(read);
      // Whole, bad for good, or bad twice in the same way.
      if (!read || now === undefined || now === last || sourceKind !== 'file') return read;
      if (location === undefined || !(await files.mayGrow(location, signal))) return read;
      last = now;
    }
    return fail('file.changing');
  };
}
