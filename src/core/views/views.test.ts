import { beforeEach, describe, expect, it } from 'vitest';
import { openMemoryDesk, type MemoryDesk } from '../../../test/helpers/memory-desk';
import type { Sort, ViewPatch } from '../../shared/cards';
import type { CardId, ViewId } from '../../shared/ids';
import { createViews, type Views } from './views';

const BY_RISK: Sort = { key: 'risk', descending: true };
const A_PATCH_MS = 100;

let desk: MemoryDesk;
let views: Views;
let patches: ViewPatch[];
let a: CardId, b: CardId, c: CardId;

beforeEach(() => {
  desk = openMemoryDesk();
  patches = [];
  views = createViews({ store: desk.store, clock: desk.clock, patch: (patch) => patches.push(patch) });
  [a, b, c] = ['a', 'b', 'c'].map((name, at) => desk.add(name, { score: 30 - at * 10 })) as [
    CardId,
    CardId,
    CardId,
  ];
});

const open = (...[filter = {}, sort = BY_RISK, group]: Partial<Parameters<Views['open']>>) =>
  views.open(filter, sort, group).viewId as ViewId;
/** As it will be told of. */
function change(id: CardId, what: Parameters<MemoryDesk['store']['change']>[1], inPlace = false): void {
  desk.store.change(id, what, desk.clock.now());
  views.changed([id], inPlace);
}
const shown = (viewId: ViewId) => views.rows(viewId, 0, 200).rows.map(({ id }) => id);

describe('an open view', () => {
  it('says how many it holds, and how many of its scope are in each state, whatever states it shows', () => {
    change(c, { state: { kind: 'rescan', by: 'An', at: 1 } });
    const state = views.open({ states: ['pending'] }, BY_RISK);
    expect(state).toMatchObject({ total: 2, revision: 1, version: 1 });
    expect(state.counts).toMatchObject({ pending: 2, rescan: 1 });
  });

  it('gives windows of its rows in its order, and the place of a card', () => {
    const viewId = open();
    expect(views.rows(viewId, 1, 3).rows.map(({ id }) => id)).toEqual([b, c]);
    expect(views.position(viewId, c)).toBe(2);
    expect(views.position(viewId, 99 as CardId)).toBeUndefined();
  });

  it('closes the one before: that one answers with nothing', () => {
    const before = open();
    open();
    expect(views.rows(before, 0, 9)).toEqual({ revision: 0, from: 0, rows: [] });
    expect(views.all(before, [])).toEqual([]);
    expect(views.position(before, a)).toBeUndefined();
    expect(views.around(before, a)).toEqual([]);
  });

  it('names all of its cards but some, and those after one before those ahead of it', () => {
    const viewId = open();
    expect(views.all(viewId, [b])).toEqual([a, c]);
    expect(views.around(viewId, b)).toEqual([c, a]);
    expect(views.around(viewId, 99 as CardId)).toEqual([a, b, c]);
  });

  it('masks a batch that is named by a number in its groups', () => {
    desk.store.renameBatch(desk.batchId, '6222021234567890');
    const [group] = views.open({}, BY_RISK, 'batch').groups ?? [];
    expect(group?.label).toContain('•');
    expect(group?.label).not.toContain('6222021234567890');
  });
});

it('knows when rows were asked for last', () => {
  expect(views.askedAt()).toBe(-Infinity);
  const viewId = open();
  desk.clock.advance(50);
  views.rows(viewId, 0, 9);
  const asked = desk.clock.monotonic();
  desk.clock.advance(50);
  expect(views.askedAt()).toBe(asked);
});

describe('a change', () => {
  it('is told a tenth of a second later, together with those that came meanwhile', () => {
    const viewId = open();
    views.rows(viewId, 0, 200);
    change(a, { note: 'x' });
    desk.clock.advance(A_PATCH_MS - 1);
    change(b, { note: 'y' });
    expect(patches).toEqual([]);
    desk.clock.advance(1);
    expect(patches.map(({ changed }) => changed.map(({ id }) => id))).toEqual([[a, b]]);
    desk.clock.advance(10 * A_PATCH_MS);
    expect(patches).toHaveLength(1);
  });

  it('brings only rows that were asked for last', () => {
    const viewId = open();
    views.rows(viewId, 0, 1);
    change(c, { note: 'x' });
    desk.clock.advance(A_PATCH_MS);
    expect(patches).toMatchObject([{ changed: [], total: 3, version: 2 }]);
  });

  it('moves a card to its new place, and the order has another revision', () => {
    const viewId = open();
    change(c, { score: 90 });
    desk.clock.advance(A_PATCH_MS);
    expect(patches).toMatchObject([{ revision: 2, version: 2 }]);
    expect(shown(viewId)).toEqual([c, a, b]);
  });

  it('by a person leaves the row where it is, unless it belongs there no more', () => {
    const viewId = open({ states: ['pending'] });
    change(c, { score: 90 }, true);
    desk.clock.advance(A_PATCH_MS);
    expect(shown(viewId)).toEqual([a, b, c]);
    change(b, { state: { kind: 'rescan', by: 'An', at: 1 } }, true);
    desk.clock.advance(A_PATCH_MS);
    expect(shown(viewId)).toEqual([a, c]);
  });

  it('by a person moves the row in groups: a card stands with its like', () => {
    const viewId = open({}, BY_RISK, 'bankInfo');
    change(c, { fields: { bankInfo: 'A bank' } }, true);
    desk.clock.advance(A_PATCH_MS);
    expect(shown(viewId)).toEqual([c, a, b]);
    expect(patches[0]?.groups).toMatchObject([
      { key: 'A bank', count: 1 },
      { key: '', count: 2 },
    ]);
  });

  it('of very many comes to the same order as when all is ordered anew', () => {
    const many = Array.from({ length: 150 }, (_none, at) => desk.add(`m${at}`, { score: at }));
    const viewId = open();
    for (const [at, id] of many.entries()) change(id, { score: (at * 37) % 150 });
    desk.clock.advance(A_PATCH_MS);
    expect(shown(viewId)).toEqual(desk.store.ids({}, BY_RISK));
  });

  it('of no open view, or of one that was closed, is told to nobody', () => {
    change(a, { note: 'x' });
    open();
    change(a, { note: 'y' });
    views.close();
    desk.clock.advance(A_PATCH_MS);
    expect(patches).toEqual([]);
  });
});

describe('what was seen of a view', () => {
  const same = (viewId: ViewId, version: number) => {
    const seen = views.seen(viewId, version, []);
    return seen.ids.filter((id) => seen.isSame(desk.card(id)));
  };

  it('is all of it while nothing changes', () => {
    expect(same(open(), 1)).toEqual([a, b, c]);
  });

  it('is without what changed since, told or not', () => {
    const viewId = open();
    change(a, { note: 'x' });
    expect(same(viewId, 1)).toEqual([b, c]);
    desk.clock.advance(A_PATCH_MS);
    expect(same(viewId, 1)).toEqual([b, c]);
    expect(same(viewId, 2)).toEqual([a, b, c]);
  });

  it('is without what came since', () => {
    const viewId = open();
    const d = desk.add('d', { score: 1 });
    views.changed([d]);
    desk.clock.advance(A_PATCH_MS);
    expect(views.all(viewId, [])).toContain(d);
    expect(same(viewId, 1)).not.toContain(d);
  });
});
