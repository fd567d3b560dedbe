import { describe, expect, it } from 'vitest';
import {
  GRID_COLUMN_NAMES,
  GridSchema,
  LEAST_WIDTH,
  MOST_WIDTH,
  StoredGridSchema,
  type ArrangedColumn,
} from '../../../shared/grid';
import {
  arranged,
  chosen,
  moved,
  pictureWidthOf,
  resized,
  restsOf,
  shownColumns,
  tracksOf,
  widthOf,
  widthsOf,
} from './columns';

const WIDE = 2000;
const names = (columns: readonly { readonly name: string }[]) => columns.map(({ name }) => name);
const shown = (stored: readonly ArrangedColumn[], width = WIDE) => names(shownColumns(stored, width));
const widened = (
  stored: readonly ArrangedColumn[],
  name: ArrangedColumn['name'],
  width: number | undefined,
) => resized(stored, shownColumns(stored, WIDE), new Map([[name, width]]));
const AT_FIRST = [
  'picture',
  'risk',
  'cardNumber',
  'bankInfo',
  'cardType',
  'validDate',
  'warnings',
  'state',
  'name',
];

describe('columns before a person arranged them', () => {
  it('stand as they always stood', () => {
    expect(shown([])).toEqual(AT_FIRST);
    expect(names(arranged([]))).toEqual([...GRID_COLUMN_NAMES]);
  });

  it('give way in a narrow window, the least needed first, until the rest fits', () => {
    expect(shown([], 880)).toEqual([
      'picture',
      'risk',
      'cardNumber',
      'bankInfo',
      'validDate',
      'warnings',
      'state',
    ]);
    expect(shown([], 805)).toEqual(['picture', 'risk', 'cardNumber', 'bankInfo', 'warnings', 'state']);
    expect(shown([], 560)).toEqual(['cardNumber', 'warnings', 'state']);
    expect(shown([], 1)).toEqual(['cardNumber', 'warnings', 'state']);
    for (const width of [560, 700, 805, 900, WIDE]) {
      expect(widthOf(shownColumns([], width))).toBeLessThanOrEqual(width);
    }
  });
});

describe('columns that a person arranged', () => {
  it('move before another one, or to the end', () => {
    expect(shown(moved([], 'state', 'bankInfo'))).toEqual([
      ...['picture', 'risk', 'cardNumber', 'state', 'bankInfo', 'cardType', 'validDate', 'warnings', 'name'],
    ]);
    expect(shown(moved([], 'picture', undefined)).at(-1)).toBe('picture');
    expect(moved([], 'state', 'state')).toEqual([]);
  });

  it('do not give way to one that is made wider', () => {
    expect(shown(widened([], 'bankInfo', 700), 1000)).toEqual(AT_FIRST);
  });

  it('still give way while only their order was changed', () => {
    expect(shown(moved([], 'state', 'bankInfo'), 560)).toEqual(['cardNumber', 'state', 'warnings']);
  });

  it('are shown as chosen, however narrow the window is', () => {
    const stored = chosen([], shownColumns([], WIDE), 'quality', true);
    expect(shown(stored)).toEqual([
      'picture',
      'risk',
      'cardNumber',
      'bankInfo',
      'cardType',
      'validDate',
      'quality',
      'warnings',
      'state',
      'name',
    ]);
    expect(shown(stored, 300)).toEqual(shown(stored));
    expect(shown(chosen(stored, shownColumns(stored, WIDE), 'bankInfo', false))).not.toContain('bankInfo');
  });

  it('keep what a narrow window showed when one is chosen there', () => {
    const stored = chosen([], shownColumns([], 560), 'validDate', true);
    expect(shown(stored)).toEqual(['cardNumber', 'validDate', 'warnings', 'state']);
  });

  it('never all go', () => {
    let stored: ArrangedColumn[] = [];
    for (const name of GRID_COLUMN_NAMES) stored = chosen(stored, shownColumns(stored, WIDE), name, false);
    expect(shown(stored)).toEqual(['name']);
  });

  it('have a width within bounds, and their first one again when it is taken away', () => {
    const widths = (width: number | undefined) => widened([], 'bankInfo', width);
    const bank = { name: 'bankInfo', hidden: false };
    expect(widths(1)).toContainEqual({ ...bank, width: 48 });
    expect(widths(99_999)).toContainEqual({ ...bank, width: MOST_WIDTH });
    expect(widths(120.4)).toContainEqual({ ...bank, width: 120 });
    expect(widened(widths(120), 'bankInfo', undefined)).toContainEqual(bank);
  });

  it('keep widths and choices while they are moved', () => {
    const stored = chosen(widened([], 'bankInfo', 120), shownColumns([], WIDE), 'cardType', false);
    const after = moved(stored, 'bankInfo', 'picture');
    expect(after[0]).toEqual({ name: 'bankInfo', width: 120, hidden: false });
    expect(after).toContainEqual({ name: 'cardType', hidden: true });
  });

  it('take in a column of a newer version behind the one that it follows at first', () => {
    const older = moved([], 'state', 'picture').filter(
      ({ name }) => name !== 'cardNumber' && name !== 'picture' && name !== 'risk',
    );
    expect(names(arranged(older)).slice(0, 3)).toEqual(['picture', 'risk', 'cardNumber']);
  });
});

const sum = (widths: readonly number[]) => widths.reduce((total, width) => total + width, 0);

describe('the tracks of a row', () => {
  it('share what is left among those that grow and have no width of their own', () => {
    const columns = shownColumns(widened([], 'bankInfo', 120), WIDE);
    // 2000 less 714 that have their width: 1286 in shares of 2.2, 1.2 and 1.2.
    expect(tracksOf(widthsOf(columns, WIDE))).toBe(
      '40px 76px 62px 216px 120px 82px 84px 615.03125px 335.484375px 335.46875px 34px',
    );
  });

  it('are never narrower than their least, and the others share what that leaves', () => {
    const columns = shownColumns(chosen([], shownColumns([], WIDE), 'cardName', true), WIDE);
    const widths = widthsOf(columns, 1190);
    const width = (name: string) => widths[columns.findIndex((column) => column.name === name) + 1];
    expect([width('bankInfo'), width('cardName'), width('name')]).toEqual([92, 110, 112]);
    expect(width('warnings')).toBeGreaterThan(138);
    expect(sum(widths)).toBe(1190);
  });

  it('have their least where there is no room', () => {
    const columns = shownColumns(widened([], 'bankInfo', 120), WIDE);
    expect(sum(widthsOf(columns, 300))).toBe(widthOf(columns));
  });

  it('leave the rest empty at the end where each has its width', () => {
    const all = new Map(AT_FIRST.map((name) => [name, 100] as const)) as Map<ArrangedColumn['name'], number>;
    const columns = shownColumns(resized([], shownColumns([], WIDE), all), WIDE);
    expect(tracksOf(widthsOf(columns, WIDE))).toMatch(/ 100px 100px 1060px$/);
  });

  it('fill the room and are never wider than it', () => {
    for (let room = 960; room < 2600; room += 37.25) {
      const widths = widthsOf(shownColumns([], room), room);
      expect(room - sum(widths)).toBeGreaterThanOrEqual(0);
      expect(room - sum(widths)).toBeLessThan(1 / 32);
    }
  });

  it('end where the browser has them end, to a 64th of a pixel', () => {
    // As laid out from `minmax(112px, 1.2fr)` and the like: the last one is a part narrower than the one before it.
    expect(widthsOf(shownColumns([], 1232), 1222).slice(-3)).toEqual([134.578125, 134.5625, 34]);
    expect(widthsOf(shownColumns([], 2352), 2342).slice(-3)).toEqual([374.578125, 374.5625, 34]);
    expect(widthsOf(shownColumns([], 1292), 1282).slice(-3)).toEqual([147.421875, 147.421875, 34]);
  });

  it('have a picture that is as wide as it may be, and no wider than its column', () => {
    expect(pictureWidthOf(shownColumns([], WIDE))).toBe(54);
    expect(pictureWidthOf(shownColumns(widened([], 'picture', 300), WIDE))).toBe(54);
    expect(pictureWidthOf(shownColumns(widened([], 'picture', LEAST_WIDTH), WIDE))).toBe(LEAST_WIDTH - 10);
    expect(pictureWidthOf([])).toBe(54);
  });

  it('keep picture and number in sight side by side', () => {
    expect([...restsOf(shownColumns([], WIDE))]).toEqual([
      ['picture', 40],
      ['cardNumber', 116],
    ]);
  });
});

describe('what is stored', () => {
  it('drops what this version does not know', () => {
    const stored = {
      columns: [
        { name: 'state', width: 90 },
        { name: 'aura' },
        { name: 'bankInfo', width: -4 },
        { name: 'state' },
        3,
      ],
    };
    expect(StoredGridSchema.parse(stored)).toEqual({ columns: [{ name: 'state', width: 90 }] });
    for (const broken of [7, null, { columns: 'x' }, {}]) {
      expect(StoredGridSchema.parse(broken)).toEqual({ columns: [] });
    }
  });

  it('takes each column once and within bounds from the window', () => {
    const refused = [
      [{ name: 'aura' }],
      [{ name: 'bankInfo' }, { name: 'bankInfo' }],
      [{ name: 'bankInfo', width: 9000 }],
      [{ name: 'bankInfo', width: 70.5 }],
    ];
    for (const columns of refused) expect(GridSchema.safeParse({ columns }).success).toBe(false);
    expect(GridSchema.safeParse({ columns: moved([], 'state', 'bankInfo') }).success).toBe(true);
  });
});
