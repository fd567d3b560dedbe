/** A picture that shows a CVV is not kept, or not as it came; whoever may look at it looks before anything is stored. */
import type { IntakeNote } from '../../shared/cards';
import { fail, ok, type Result } from '../../shared/result';
import type { Settings } from '../../shared/settings';
import type { CancelSignal } from '../recognition/ports';
import type { PaintFailure, PictureLook, PictureLooker, PictureTool, PreparedPicture } from './ports';

export interface BackTools {
  readonly looker: PictureLooker;
  readonly pictureTool: PictureTool;
  cardBacks(): Settings['cardBacks'];
}

export type NotAdmitted = 'picture.showsCvv' | 'picture.notLookedAt' | PaintFailure;

/** The picture as it may be kept, by what was seen of it. Undefined when the signal fired. */
export async function admit(
  tools: BackTools,
  picture: PreparedPicture,
  look: PictureLook,
  signal: CancelSignal,
): Promise<Result<PreparedPicture, NotAdmitted> | undefined> {
  if (look.secrets.length === 0) {
    return ok(look.side === 'back' ? noted(picture, 'cardBack') : picture);
  }
  if (tools.cardBacks() === 'refuse') return fail('picture.showsCvv');
  const painted = await tools.pictureTool.paintOver(picture.prepared, look.secrets);
  if (!painted.ok) return painted;
  // Believed only when it is seen: a digit that shows beside the paint, or that was read only now.
  const again = await tools.looker.look(painted.value.prepared, signal);
  if (!again?.ok) return again;
  if (again.value.secrets.length > 0) return fail('picture.showsCvv');
  return ok(noted(painted.value, 'cvvPainted', picture.notes));
}

export function noted(
  picture: PreparedPicture,
  note: IntakeNote,
  notes: readonly IntakeNote[] = picture.notes,
): PreparedPicture {
  return { ...picture, notes: [...notes, note] };
}
