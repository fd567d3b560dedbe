import { describe, expect, it } from 'vitest';
import type { CardRow } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';
import { PAGE_ROWS, WindowCache } from './window-cache';

const row = (id: number, revision = 1): CardRow =>
  ({ id, revision, name: `${id}.jpg`, state: 'pending' }) as unknown as CardRow;
const rows = (from: number, to: number) => Array.from({ length: to - from }, (_, at) => row(from + at + 1));
const idOf = (value: number) => value as CardId;

describe('WindowCache', () => {
  it('asks in whole pages for what is seen, and for nothing twice', () => {
    const cache = new WindowCache();
    const asked = cache.wanted({ from: 60, to: 110 }, 1000);
    expect(asked).toEqual({ from: 50, to: 150 });
    if (asked) cache.put(asked, rows(50, 150));
    expect(cache.wanted({ from: 60, to: 110 }, 1000)).toBeUndefined();
    expect(cache.rowAt(60)?.id).toBe(61);
  });

  it('never asks for more than one answer carries', () => {
    expect(new WindowCache().wanted({ from: 10, to: 900 }, 1000)).toEqual({ from: 0, to: 200 });
  });

  it('asks for nothing in an empty view or beyond its end', () => {
    const cache = new WindowCache();
    expect(cache.wanted({ from: 0, to: 40 }, 0)).toBeUndefined();
    expect(cache.wanted({ from: 400, to: 440 }, 120)).toBeUndefined();
  });

  it('shows rows that went stale until newer ones arrive, but asks again', () => {
    const cache = new WindowCache();
    cache.put({ from: 0, to: 50 }, rows(0, 50));
    cache.markStale();
    expect(cache.rowAt(3)?.id).toBe(4);
    expect(cache.wanted({ from: 0, to: 20 }, 100)).toEqual({ from: 0, to: 50 });
  });

  it('trusts only the range asked for last, since main patches no other', () => {
    const cache = new WindowCache();
    cache.put({ from: 0, to: 50 }, rows(0, 50));
    cache.put({ from: 500, to: 550 }, rows(500, 550));
    expect(cache.wanted({ from: 500, to: 540 }, 1000)).toBeUndefined();
    expect(cache.wanted({ from: 0, to: 40 }, 1000)).toEqual({ from: 0, to: 50 });
  });

  it('holds a bounded number of pages however far one scrolls', () => {
    const cache = new WindowCache();
    for (let page = 0; page < 100; page++) {
      const from = page * PAGE_ROWS;
      cache.put({ from, to: from + PAGE_ROWS }, rows(from, from + PAGE_ROWS));
    }
    expect(cache.heldPages).toBeLessThanOrEqual(8);
    expect(cache.rowAt(99 * PAGE_ROWS)?.id).toBe(99 * PAGE_ROWS + 1);
    expect(cache.rowAt(0)).toBeUndefined();
  });

  it('takes a changed row where it stands and never an older one', () => {
    const cache = new WindowCache();
    cache.put({ from: 0, to: 50 }, rows(0, 50));
    cache.patch([row(5, 3)]);
    expect(cache.rowAt(4)?.revision).toBe(3);
    cache.patch([row(5, 2), row(4000, 9)]);
    expect(cache.rowAt(4)?.revision).toBe(3);
  });

  it('finds a card it holds', () => {
    const cache = new WindowCache();
    cache.put({ from: 50, to: 100 }, rows(50, 100));
    expect(cache.indexOf(idOf(70))).toBe(69);
    expect(cache.indexOf(idOf(1))).toBeUndefined();
  });
});
