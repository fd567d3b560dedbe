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

export interface Admitted {
  readonly picture: PreparedPicture;
  /** The bytes as they came must not be kept: this picture takes their place. */
  readonly painted: boolean;
}

export type NotAdmitted = 'picture.showsCvv' | 'picture.notLookedAt' | PaintFailure;

/** The picture as it may be kept, by what was seen of it. Undefined when the signal fired. */
export async function admit(
  tools: BackTools,
  picture: PreparedPicture,
  look: PictureLook,
  signal: CancelSignal,
): Promise<Result<Admitted, NotAdmitted> | undefined> {
  if (look.secrets.length === 0) {
    const seen = look.side === 'back' ? noted(picture, 'cardBack') : picture;
    return ok({ picture: seen, painted: false });
  }
  if (tools.cardBacks() === 'refuse') return fail('picture.showsCvv');
  const painted = await tools.pictureTool.paintOver(picture.prepared, look.secrets);
  if (!painted.ok) return painted;
  // Believed only when it is seen: a digit that shows beside the paint, or that was read only now.
  const again = await tools.looker.look(painted.value.prepared, signal);
  if (!again?.ok) return again;
  if (again.value.secrets.length > 0) return fail('picture.showsCvv');
  return ok({ picture: noted(painted.value, 'cvvPainted', picture.notes), painted: true });
}

export function noted(
  picture: PreparedPicture,
  note: IntakeNote,
  notes: readonly IntakeNote[] = picture.notes,
): PreparedPicture {
  return { ...picture, notes: [...notes, note] };
}
