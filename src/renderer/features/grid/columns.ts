/** The grid's columns: what they are at first, and what a person made of them. */
import type { Sort } from '../../../shared/cards';
import {
  GRID_COLUMN_NAMES,
  LEAST_WIDTH,
  MOST_WIDTH,
  type ArrangedColumn,
  type GridColumnName,
} from '../../../shared/grid';
import type { MessageKey } from '../../../shared/messages/window/zh-CN';
import type { SheetColumn } from '../../../shared/sheet';

/** The word over it: one of the sheet's, or among the window's own texts. */
type Headed = { readonly word: SheetColumn } | { readonly key: MessageKey };

type Trait = Headed & {
  readonly sort?: Sort['key'];
  /** Pixels, with the space at both sides; where it grows, the least. */
  readonly width: number;
  /** Its share of what is left. */
  readonly grows?: number;
  /** Only shown when a person asks for it. */
  readonly onDemand?: boolean;
  /** Stays in sight while the others are scrolled sideways. */
  readonly sticks?: boolean;
  /** The higher, the sooner it gives way in a narrow window; absent: never. */
  readonly givesWay?: number;
};

const TRAITS: Readonly<Record<GridColumnName, Trait>> = {
  picture: { key: 'grid.picture', width: 76, sticks: true, givesWay: 2 },
  risk: { word: 'risk', sort: 'risk', width: 62, givesWay: 1 },
  cardNumber: { word: 'cardNumber', sort: 'cardNumber', width: 216, sticks: true },
  bankInfo: { word: 'bankInfo', sort: 'bankInfo', width: 92, grows: 1, givesWay: 3 },
  cardType: { word: 'cardType', sort: 'cardType', width: 82, givesWay: 5 },
  cardName: { word: 'cardName', sort: 'cardName', width: 110, grows: 1, onDemand: true },
  validDate: { word: 'validDate', sort: 'validDate', width: 84, givesWay: 4 },
  quality: { word: 'quality', sort: 'quality', width: 84, onDemand: true },
  warnings: { word: 'doubts', sort: 'warnings', width: 138, grows: 2.2 },
  state: { word: 'state', sort: 'state', width: 112, grows: 1.2 },
  name: { word: 'name', sort: 'name', width: 112, grows: 1.2, givesWay: 6 },
  batch: { word: 'batch', sort: 'batch', width: 130, grows: 1, onDemand: true },
  engine: { word: 'engine', sort: 'engine', width: 120, onDemand: true },
  assignedTo: { key: 'grid.assignedTo', sort: 'assignedTo', width: 110, onDemand: true },
  takenIn: { key: 'grid.takenIn', sort: 'takenIn', width: 132, onDemand: true },
  updated: { key: 'grid.updated', sort: 'updated', width: 132, onDemand: true },
};

export type GridColumn = Trait & {
  readonly name: GridColumnName;
  readonly hidden: boolean;
  /** Pixels that a person chose. */
  readonly chosenWidth?: number;
};

/** The column for selecting, before the others. */
export const CHECK_PX = 40;
/** Beyond the last column, where the button for choosing columns is. */
export const END_PX = 34;

export const least = (column: GridColumn): number => column.chosenWidth ?? column.width;

/**
 * All columns in the order a person gave them. One that the arrangement does not know (it came with a newer version)
 * stands behind the one that it follows at first.
 */
export function arranged(stored: readonly ArrangedColumn[]): readonly GridColumn[] {
  const names = stored.map(({ name }) => name);
  for (const [at, name] of GRID_COLUMN_NAMES.entries()) {
    if (names.includes(name)) continue;
    const before = GRID_COLUMN_NAMES[at - 1];
    names.splice(before === undefined ? 0 : names.indexOf(before) + 1, 0, name);
  }
  return names.map((name) => {
    const own = stored.find((one) => one.name === name);
    const hidden = own?.hidden ?? TRAITS[name].onDemand === true;
    return { ...TRAITS[name], name, hidden, chosenWidth: own?.width };
  });
}

/** Whether a person chose what is shown; until then columns give way in a narrow window. */
const isChosen = (stored: readonly ArrangedColumn[]): boolean =>
  stored.some(({ hidden }) => hidden !== undefined);

export function shownColumns(stored: readonly ArrangedColumn[], windowPx: number): readonly GridColumn[] {
  let shown = arranged(stored).filter(({ hidden }) => !hidden);
  if (isChosen(stored)) return shown;
  const leaving = shown
    .filter(({ givesWay }) => givesWay !== undefined)
    .sort((one, other) => (other.givesWay ?? 0) - (one.givesWay ?? 0));
  for (const { name } of leaving) {
    if (widthOf(shown) <= windowPx) break;
    shown = shown.filter((column) => column.name !== name);
  }
  return shown;
}

/** The least width of a row, in pixels. */
export function widthOf(shown: readonly GridColumn[]): number {
  return shown.reduce((sum, column) => sum + least(column), CHECK_PX + END_PX);
}

interface Track {
  readonly least: number;
  /** Of what is left; 0: it stays at its least. */
  readonly share: number;
}

function tracksWanted(shown: readonly GridColumn[]): readonly Track[] {
  const shareOf = ({ grows, chosenWidth }: GridColumn) => (chosenWidth === undefined ? (grows ?? 0) : 0);
  const columns = shown.map((column) => ({ least: least(column), share: shareOf(column) }));
  // Where nothing grows, what is left stays empty at the end.
  const end = { least: END_PX, share: columns.some(({ share }) => share > 0) ? 0 : 1 };
  return [{ least: CHECK_PX, share: 0 }, ...columns, end];
}

/** Layout knows no finer parts of a pixel. */
const PARTS = 64;

/**
 * How wide each track of a row is, from the column for selecting to the end behind the last one, in a grid with so much
 * room. What grows shares what is left, but none is narrower than its least. What `minmax(least, share fr)` comes to, but for
 * a 64th of a pixel.
 */
export function widthsOf(shown: readonly GridColumn[], roomPx: number): readonly number[] {
  const tracks = tracksWanted(shown);
  const shareOf = new Map(tracks.map((track) => [track, track.share]));
  for (;;) {
    const growing = tracks.filter((track) => shareOf.get(track));
    const held = tracks.reduce((sum, track) => sum + (shareOf.get(track) ? 0 : track.least), 0);
    const unit = (roomPx - held) / growing.reduce((sum, { share }) => sum + share, 0);
    // What would get less than its least takes that first, and the others share anew.
    const narrow = growing.filter(({ share, least: own }) => share * unit < own);
    for (const track of narrow) shareOf.set(track, 0);
    if (narrow.length > 0) continue;
    return inParts(tracks, shareOf, unit);
  }
}

/**
 * What grows is cut to whole parts, and what one track loses the next one gets. Rounded as the browser does: where the last would
 * have all of its parts but for the error of the machine's numbers it has one less, and a name there may end a letter earlier.
 */
function inParts(
  tracks: readonly Track[],
  shareOf: ReadonlyMap<Track, number>,
  unit: number,
): readonly number[] {
  let lost = 0;
  return tracks.map((track) => {
    if (!shareOf.get(track)) return track.least;
    const exact = track.share * unit * PARTS + lost;
    const whole = Math.floor(exact);
    lost = exact - whole;
    return whole / PARTS;
  });
}

/** The tracks of each row as CSS. They are in pixels: shares would have each row laid out to find what they come to. */
export function tracksOf(widths: readonly number[]): string {
  return widths.map((width) => `${width}px`).join(' ');
}

/** As wide as the picture in a row is at most, and what its cell has at both sides of it. */
const PICTURE_PX = 54;
const PICTURE_ASIDE_PX = 10;

/**
 * How wide the picture in a row is. In pixels and not as a share of its cell: a share would have the row laid out again when the
 * picture comes.
 */
export function pictureWidthOf(shown: readonly GridColumn[]): number {
  const column = shown.find(({ name }) => name === 'picture');
  return column ? Math.min(PICTURE_PX, least(column) - PICTURE_ASIDE_PX) : PICTURE_PX;
}

/** Where the columns that stay in sight come to rest, in pixels from the left. */
export function restsOf(shown: readonly GridColumn[]): ReadonlyMap<GridColumnName, number> {
  const rests = new Map<GridColumnName, number>();
  let left = CHECK_PX;
  for (const column of shown.filter(({ sticks }) => sticks)) {
    rests.set(column.name, left);
    left += least(column);
  }
  return rests;
}

// --- what a person does ----------------------------------------------------------------------------------------------

const keep = (columns: readonly GridColumn[], stored: readonly ArrangedColumn[]): ArrangedColumn[] =>
  columns.map(({ name, chosenWidth }) => {
    const hidden = stored.find((one) => one.name === name)?.hidden;
    return {
      name,
      ...(chosenWidth === undefined ? {} : { width: chosenWidth }),
      ...(hidden === undefined ? {} : { hidden }),
    };
  });

/** What is seen now is from now on the person's choice. */
const asSeen = (columns: readonly ArrangedColumn[], shown: readonly GridColumn[]): ArrangedColumn[] =>
  columns.map((column) => ({ ...column, hidden: !shown.some(({ name }) => name === column.name) }));

/** Widths in pixels; undefined: as at first. No other column gives way for it. */
export function resized(
  stored: readonly ArrangedColumn[],
  shown: readonly GridColumn[],
  widths: ReadonlyMap<GridColumnName, number | undefined>,
): ArrangedColumn[] {
  const columns = arranged(stored).map((column) => {
    if (!widths.has(column.name)) return column;
    const width = widths.get(column.name);
    const bounded = width && Math.round(Math.min(MOST_WIDTH, Math.max(LEAST_WIDTH, width)));
    return { ...column, chosenWidth: bounded };
  });
  return asSeen(keep(columns, stored), shown);
}

/** `name` comes to stand before `before`, or at the end. */
export function moved(
  stored: readonly ArrangedColumn[],
  name: GridColumnName,
  before: GridColumnName | undefined,
): ArrangedColumn[] {
  const columns = arranged(stored);
  const column = columns.find((one) => one.name === name);
  if (!column || before === name) return [...stored];
  const others = columns.filter((one) => one !== column);
  const at = before === undefined ? others.length : others.findIndex((one) => one.name === before);
  return keep([...others.slice(0, at), column, ...others.slice(at)], stored);
}

/** Shows or hides one; one column always stays. */
export function chosen(
  stored: readonly ArrangedColumn[],
  shown: readonly GridColumn[],
  name: GridColumnName,
  on: boolean,
): ArrangedColumn[] {
  const columns = arranged(stored);
  const seen = columns.filter((one) =>
    one.name === name ? on : shown.some((other) => other.name === one.name),
  );
  return seen.length === 0 ? [...stored] : asSeen(keep(columns, stored), seen);
}
