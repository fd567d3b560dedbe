/** Whatever ends a process: once, in order, within a bound. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CancelSignal } from '../core/recognition/ports';
import { createEnding, HUNG, SAME_ACT_MS, SYSTEM_ENDS, USUAL } from './ending';

let codes: number[];
let said: string[];
let enough: CancelSignal | undefined;
let closed: () => void;
let closes: number;
beforeEach(() => {
  vi.useFakeTimers();
  [codes, said, enough, closes] = [[], [], undefined, 0];
});
afterEach(() => vi.useRealTimers());

function ending(how: 'closes' | 'fails' | 'waits' = 'waits') {
  return createEnding({
    close(signal) {
      closes++;
      enough = signal;
      if (how === 'fails') return Promise.reject(new Error('no'));
      return how === 'closes' ? Promise.resolve() : new Promise<void>((resolve) => (closed = resolve));
    },
    exit: (code) => void codes.push(code),
    log: (message) => void said.push(message),
  });
}
const turn = () => vi.advanceTimersByTimeAsync(0);

describe('an end', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('by %s closes first and has code %i', async (name, code) => {
    const it = ending();
    it.signal(name);
    await turn();
    expect([closes, codes]).toEqual([1, []]);
    closed();
    await turn();
    expect(codes).toEqual([code]);
  });

  it('comes also where closing fails, and says so', async () => {
    ending('fails').begin(0);
    await turn();
    expect([codes, said]).toEqual([[0], ['closing failed']]);
  });

  it('is begun once, whatever else asks for it', async () => {
    const it = ending();
    it.begin(0);
    it.begin(7);
    it.signal('SIGTERM');
    closed();
    await turn();
    expect([closes, codes]).toEqual([1, [0]]);
  });

  it('is at once at the second signal', async () => {
    const it = ending();
    it.signal('SIGTERM');
    await vi.advanceTimersByTimeAsync(SAME_ACT_MS);
    it.signal('SIGINT');
    expect(codes).toEqual([130]);
  });

  it.each([
    ['SIGTERM', 'SIGTERM'],
    ['SIGTERM', 'SIGHUP'],
  ] as const)('is in order where one act is said twice, as %s and %s', async (first, second) => {
    const it = ending();
    it.signal(first);
    await vi.advanceTimersByTimeAsync(SAME_ACT_MS - 1);
    it.signal(second);
    expect(codes).toEqual([]);
    closed();
    await turn();
    expect(codes).toEqual([143]);
  });

  it('waits for calls as long as one may take, and for a closing that hangs not for ever', async () => {
    ending().begin(0);
    await vi.advanceTimersByTimeAsync(USUAL.calls - 1);
    expect(enough?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect([enough?.aborted, codes]).toEqual([true, []]);
    await vi.advanceTimersByTimeAsync(USUAL.all - USUAL.calls);
    expect(codes).toEqual([HUNG]);
    expect(said).toEqual([expect.stringContaining('broken off')]);
  });

  it('takes no longer than the system gives, also when it was begun before', async () => {
    const it = ending();
    it.begin(0);
    it.begin(143, SYSTEM_ENDS);
    await vi.advanceTimersByTimeAsync(SYSTEM_ENDS.calls);
    expect([enough?.aborted, codes]).toEqual([true, []]);
    await vi.advanceTimersByTimeAsync(SYSTEM_ENDS.all - SYSTEM_ENDS.calls);
    expect(codes).toEqual([HUNG]);
    await vi.advanceTimersByTimeAsync(USUAL.all);
    expect(codes).toEqual([HUNG]);
  });
});
