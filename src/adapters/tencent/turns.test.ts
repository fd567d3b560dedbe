import { describe, expect, it } from 'vitest';
import { createTestClock } from '../../../test/helpers/clock';
import { keptInMemory } from '../../core/queue/rate-budget';
import { createTurns } from './turns';

const SERVICE = { secretId: 'AKIDinvented0001', endpoint: 'https://here' };
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Callers with one call a second between them; each is noted when it has its turn, or none. */
function callers() {
  const clock = createTestClock();
  let asked = 0;
  const turns = createTurns(clock, () => {
    const kept = keptInMemory();
    return { ...kept, change: (act) => (asked++, kept.change(act)) };
  });
  const came: [string, boolean][] = [];
  return {
    came,
    /** How often the budget was asked since the last time. */
    asks() {
      const before = asked;
      asked = 0;
      return before;
    },
    call(name: string, calls = 1) {
      const canceller = new AbortController();
      void turns(canceller.signal, calls, SERVICE).then((turn) => {
        came.push([name, turn !== undefined]);
        turn?.left();
      });
      return canceller;
    },
    async pass(ms: number) {
      for (let at = 0; at < ms; at += 50) {
        clock.advance(50);
        await settled();
      }
    },
  };
}

describe('turns of calls', () => {
  it('come in the order in which they were asked for', async () => {
    const { came, call, pass } = callers();
    for (const name of ['first', 'second', 'third']) call(name);
    await pass(5_000);
    expect(came).toEqual([
      ['first', true],
      ['second', true],
      ['third', true],
    ]);
  });

  it('ask the budget, which others share, no oftener however many wait', async () => {
    const asksOf = async (waiting: number) => {
      const { call, pass, asks } = callers();
      call('first');
      await settled();
      for (let at = 0; at < waiting; at++) call(`${at}`);
      await settled();
      asks();
      await pass(1_000);
      return asks();
    };
    expect(await asksOf(20)).toBe(await asksOf(1));
  });

  it('are given up at once, wherever they wait, and those behind lose and gain nothing by it', async () => {
    const { came, call, pass, asks } = callers();
    call('first');
    await settled();
    const [second, third, fourth] = [call('second'), call('third'), call('fourth')];
    call('fifth');
    await settled();
    asks();
    third.abort();
    await settled();
    expect(came).toEqual([
      ['first', true],
      ['third', false],
    ]);
    // It is still the second who asks.
    expect(asks()).toBe(0);
    second.abort();
    fourth.abort();
    await settled();
    expect(new Map(came.slice(2))).toEqual(
      new Map([
        ['fourth', false],
        ['second', false],
      ]),
    );
    await pass(1_100);
    expect(came.at(-1)).toEqual(['fifth', true]);
  });
});
