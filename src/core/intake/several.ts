/** Cards that lie apart on one picture, each taken out of it and admitted for itself. */
import { ok, type Result } from '../../shared/result';
import type { CancelSignal } from '../recognition/ports';
import { admit, noted, type BackTools, type NotAdmitted } from './backs';
import type { Corners, PreparedPicture } from './ports';

export type Piece = Result<PreparedPicture, NotAdmitted>;

/** `plate.jpg (2/4)` */
export function pieceName(name: string, at: number, of: number): string {
  return `${name} (${at + 1}/${of})`;
}

/** In the order of `cards`. One that shows a CVV is refused alone; where one cannot be looked at, none is taken. */
export async function takeApart(
  tools: BackTools,
  bytes: Uint8Array,
  cards: readonly Corners[],
  signal: CancelSignal,
): Promise<Result<readonly Piece[], NotAdmitted> | undefined> {
  const pictures = await tools.pictureTool.takeApart(bytes, cards);
  if (!pictures.ok) return pictures;
  const pieces: Piece[] = [];
  for (const picture of pictures.value) {
    const looked = await tools.looker.look(picture.prepared, signal);
    if (!looked?.ok) return looked;
    const piece = await admit(tools, noted(picture, 'piece'), looked.value, signal);
    if (!piece) return undefined;
    if (!piece.ok && piece.error.code === 'picture.notLookedAt') return piece;
    pieces.push(piece);
  }
  return ok(pieces);
}
