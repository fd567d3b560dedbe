import { describe, expect, it } from 'vitest';
import { createHalt } from './halt';

function haltOver(settings: Map<string, string>) {
  const store = {
    setting: (name: string) => settings.get(name),
    setSetting: (name: string, value: string) => void settings.set(name, value),
  };
  return createHalt(store, (work) => work());
}

describe('records that lost what may have been paid for', () => {
  it('hold all cards with a code, over any number of starts, until a person lets them go on', () => {
    const settings = new Map([['queue.paused', 'profile.changesLost']]);
    for (let start = 0; start < 3; start++) {
      const halt = haltOver(settings);
      halt.recall();
      halt.mend();
      expect(halt.halted()).toBe(true);
      expect(halt.reason()).toEqual({ kind: 'stopped', code: 'profile.changesLost' });
    }
    const halt = haltOver(settings);
    halt.recall();
    halt.goOn();
    expect([halt.halted(), halt.reason()]).toEqual([false, undefined]);
    const next = haltOver(settings);
    next.recall();
    expect(next.halted()).toBe(false);
  });

  it('is no pause, and a pause is no such thing', () => {
    const halt = haltOver(new Map([['queue.paused', 'yes']]));
    halt.recall();
    expect(halt.reason()).toEqual({ kind: 'paused' });
    const other = haltOver(new Map([['queue.paused', 'anything else']]));
    other.recall();
    expect(other.halted()).toBe(false);
  });
});
