/** The desk is loaded when the page has its files: what is loaded holds the thread that hands them over. */
import { describe, expect, it } from 'vitest';
import { allArrived } from '../../src/main/windows/arrival';

describe('the files of the page', () => {
  function follow() {
    const seen = { times: 0 };
    return { ...allArrived(() => seen.times++), seen };
  }

  it('are all there when nothing is under way, and not when only the page itself is', () => {
    const { asked, arrived, seen } = follow();
    asked();
    expect(arrived('mainFrame')).toBe(false);
    asked();
    asked();
    asked();
    expect(arrived('stylesheet')).toBe(false);
    expect(arrived('script')).toBe(false);
    expect(seen.times).toBe(0);
    expect(arrived('script')).toBe(true);
    expect(seen.times).toBe(1);
  });

  it('are not all there while one that was asked for later is under way', () => {
    const { asked, arrived, seen } = follow();
    asked();
    asked();
    expect(arrived('script')).toBe(false);
    asked();
    expect(arrived('font')).toBe(false);
    expect(seen.times).toBe(0);
    expect(arrived('stylesheet')).toBe(true);
  });
});
