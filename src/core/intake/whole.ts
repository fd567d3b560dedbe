/**
 * The bytes of a picture and what they were prepared to. A file that is still being written looks damaged until it is whole: one that
 * was changed lately is called bad only when the same bytes were read twice.
 */
import type { Result } from '../../shared/result';
import { fail } from '../../shared/result';
import type { Card } from '../cards/ports';
import type { CancelSignal } from '../recognition/ports';
import type { IntakeFailure } from './formats';
import type { FileTool, PictureTool, PreparedPicture } from './ports';

export interface Whole {
  readonly bytes: Result<Uint8Array, IntakeFailure>;
  /** Of the bytes that were read. */
  readonly sha256?: string;
  readonly prepared?: Result<PreparedPicture, IntakeFailure>;
}

export interface WholeTools {
  readonly files: Pick<FileTool, 'mayGrow'>;
  readonly pictureTool: Pick<PictureTool, 'prepare' | 'sha256'>;
  bytesOf(card: Card, signal: CancelSignal): Promise<Result<Uint8Array, IntakeFailure>>;
}

/** A scanner writes a page within a minute; each try is a pause of the file tool's apart. */
const TRIES = 30;
/** What is said of a file that has not all of its bytes yet. */
const NOT_YET: readonly IntakeFailure[] = ['file.empty', 'file.changing'];

export function createWhole({ files, pictureTool, bytesOf }: WholeTools) {
  async function readOnce(card: Card, signal: CancelSignal): Promise<Whole> {
    const bytes = await bytesOf(card, signal);
    if (!bytes.ok || signal.aborted) return { bytes };
    const sha256 = pictureTool.sha256(bytes.value);
    return { bytes, sha256, prepared: await pictureTool.prepare(bytes.value) };
  }

  /** Undefined: they are as good as they will get. */
  function wanting({ bytes, sha256, prepared }: Whole): string | undefined {
    if (!bytes.ok) return NOT_YET.includes(bytes.error.code) ? bytes.error.code : undefined;
    return prepared?.ok === false ? sha256 : undefined;
  }

  return async (card: Card, signal: CancelSignal): Promise<Whole> => {
    const location = card.sourceKind === 'file' ? card.location : undefined;
    let last = await readOnce(card, signal);
    for (let tries = 1; location !== undefined && !signal.aborted; tries++) {
      const before = wanting(last);
      if (before === undefined || !(await files.mayGrow(location, signal))) return last;
      if (tries === TRIES) return { bytes: fail('file.changing') };
      const next = await readOnce(card, signal);
      if (wanting(next) === before) return next;
      last = next;
    }
    return last;
  };
}
