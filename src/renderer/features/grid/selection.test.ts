import { describe, expect, it } from 'vitest';
import type { CardId, ViewId } from '../../../shared/ids';
import { EVERYTHING, NOTHING, countSelected, isSelected, targetOf, toggle, withAll } from './selection';

const id = (value: number) => value as CardId;
const VIEW = 7 as ViewId;

describe('selection', () => {
  it('selects and deselects one card', () => {
    const one = toggle(NOTHING, id(3));
    expect(isSelected(one, id(3))).toBe(true);
    expect(targetOf(one, VIEW, 10)).toEqual({ kind: 'cards', ids: [3] });
    expect(targetOf(toggle(one, id(3)), VIEW, 10)).toBeUndefined();
  });

  it('means everything but the cards taken out, whatever the view holds', () => {
    const most = toggle(EVERYTHING, id(3));
    expect(isSelected(most, id(3))).toBe(false);
    expect(isSelected(most, id(99_999))).toBe(true);
    expect(countSelected(most, 20_000)).toBe(19_999);
    expect(targetOf(most, VIEW, 20_000)).toEqual({ kind: 'view', viewId: 7, except: [3] });
  });

  it('puts cards back that were taken out of everything', () => {
    expect(withAll(toggle(EVERYTHING, id(3)), [id(3), id(4)])).toEqual(EVERYTHING);
  });

  it('leaves the value it was given as it was', () => {
    const one = toggle(NOTHING, id(3));
    withAll(one, [id(4)]);
    toggle(one, id(3));
    expect(one).toEqual({ kind: 'some', ids: new Set([3]) });
    expect(countSelected(NOTHING, 10)).toBe(0);
  });

  it('aims at nothing when the view is empty', () => {
    expect(targetOf(EVERYTHING, VIEW, 0)).toBeUndefined();
  });
});
