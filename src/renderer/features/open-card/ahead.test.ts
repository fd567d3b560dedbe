import { describe, expect, it } from 'vitest';
import type { CardDetail } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';
import { HeldDetails, positionsAround } from './ahead';

/** Nothing but what is looked at. */
const detail = (id: number, revision = 1) =>
  ({ row: { id, revision }, fields: [], attempts: [], history: [] }) as unknown as CardDetail;
const row = (id: number, revision = 1) => ({ id: id as CardId, revision });

describe('positionsAround', () => {
  it('takes two in both directions, the next one first', () => {
    expect(positionsAround(5, 20)).toEqual([6, 4, 7, 3]);
  });
  it('stays within the view', () => {
    expect(positionsAround(0, 20)).toEqual([1, 2]);
    expect(positionsAround(1, 3)).toEqual([2, 0]);
    expect(positionsAround(0, 1)).toEqual([]);
  });
});

describe('HeldDetails', () => {
  it('gives a card back only as it is now', () => {
    const held = new HeldDetails();
    held.put(detail(1, 4));
    expect(held.of(row(1, 4))?.row.id).toBe(1);
    expect(held.of(row(1, 5))).toBeUndefined();
    held.put(detail(1, 5));
    expect(held.of(row(1, 5))?.row.revision).toBe(5);
  });

  it('holds five cards at most and lets go what was not asked for longest', () => {
    const held = new HeldDetails();
    for (const id of [1, 2, 3, 4, 5]) held.put(detail(id));
    held.of(row(1));
    held.put(detail(6));
    expect([1, 2, 3, 4, 5, 6].filter((id) => held.of(row(id)))).toEqual([1, 3, 4, 5, 6]);
  });

  it('forgets what it is told to forget', () => {
    const held = new HeldDetails();
    held.put(detail(1));
    held.put(detail(2));
    held.drop(1 as CardId);
    expect(held.of(row(1))).toBeUndefined();
    held.clear();
    expect(held.of(row(2))).toBeUndefined();
  });
});
