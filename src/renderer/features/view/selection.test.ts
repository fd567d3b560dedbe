import { describe, expect, it } from 'vitest';
import type { CardId, ViewId } from '../../../shared/ids';
import {
  NOTHING,
  countSelected,
  everything,
  isSelected,
  seenOf,
  targetOf,
  toggle,
  withAll,
} from './selection';

const id = (value: number) => value as CardId;
const card = (value: number, revision = 5) => ({ id: id(value), revision });
const VIEW = 7 as ViewId;
const EVERYTHING = everything(12);

describe('selection', () => {
  it('selects and deselects one card', () => {
    const one = toggle(NOTHING, card(3));
    expect(isSelected(one, id(3))).toBe(true);
    expect(targetOf(one, VIEW, 10)).toEqual({ kind: 'cards', ids: [3] });
    expect(targetOf(toggle(one, card(3)), VIEW, 10)).toBeUndefined();
  });

  it('means everything but the cards taken out, whatever the view holds', () => {
    const most = toggle(EVERYTHING, card(3));
    expect(isSelected(most, id(3))).toBe(false);
    expect(isSelected(most, id(99_999))).toBe(true);
    expect(countSelected(most, 20_000)).toBe(19_999);
    expect(targetOf(most, VIEW, 20_000)).toEqual({ kind: 'view', viewId: 7, except: [3] });
  });

  it('puts cards back that were taken out of everything', () => {
    expect(withAll(toggle(EVERYTHING, card(3)), [card(3), card(4)])).toEqual(EVERYTHING);
  });

  it('leaves the value it was given as it was', () => {
    const one = toggle(NOTHING, card(3));
    withAll(one, [card(4)]);
    toggle(one, card(3));
    expect(one).toEqual({ kind: 'some', cards: new Map([[3, 5]]) });
    expect(countSelected(NOTHING, 10)).toBe(0);
  });

  it('is decided on as it was when it was selected', () => {
    const one = toggle(NOTHING, card(3, 5));
    expect(seenOf(one, VIEW, 10)).toEqual({ kind: 'cards', cards: [{ id: 3, revision: 5 }] });
    expect(seenOf(withAll(one, [card(3, 6)]), VIEW, 10)).toMatchObject({ cards: [{ id: 3, revision: 6 }] });
    expect(seenOf(toggle(EVERYTHING, card(3)), VIEW, 10)).toEqual({
      kind: 'view',
      viewId: 7,
      version: 12,
      except: [3],
    });
    expect(seenOf(NOTHING, VIEW, 10)).toBeUndefined();
  });

  it('aims at nothing when the view is empty', () => {
    expect(targetOf(EVERYTHING, VIEW, 0)).toBeUndefined();
  });
});
