/** How many cards one screen of the digit wall holds, and where each stands: down a column first, as the eye slides. */
import { WALL_AT_ONCE } from '../../../shared/cards';

export const TILE_WIDTH_PX = 336;
export const TILE_HEIGHT_PX = 52;

export interface WallLayout {
  readonly columns: number;
  readonly rows: number;
}

export function wallLayout(widthPx: number, heightPx: number): WallLayout {
  const columns = Math.max(1, Math.floor(widthPx / TILE_WIDTH_PX));
  const rows = Math.max(1, Math.floor(heightPx / TILE_HEIGHT_PX));
  return { columns, rows: Math.min(rows, Math.floor(WALL_AT_ONCE / columns)) };
}

/** The first card of the screen that a card is on. */
export function screenStart(index: number, { columns, rows }: WallLayout): number {
  const capacity = columns * rows;
  return Math.floor(Math.max(0, index) / capacity) * capacity;
}
