import { describe, expect, it } from 'vitest';
import { everyEngine } from '../../../test/helpers/scripted-engine';
import { createEngines } from './engines';
import type { EngineTraits, RecognitionEngine } from './ports';
import type { EngineName } from '../../shared/recognition';
import type { Settings } from '../../shared/settings';

const here: EngineTraits = { charges: false, overNetwork: false, needsCredentials: false, slots: 3 };
const cloud: EngineTraits = { charges: true, overNetwork: true, needsCredentials: true, slots: 10 };
const silent = () => new Promise<never>(() => undefined);
const engine = (name: EngineName, traits: EngineTraits): RecognitionEngine => ({
  name,
  traits,
  recognise: silent,
});

function engines(chosen: Settings['engine'], stored: boolean) {
  return createEngines({
    engines: everyEngine({ local: engine('local', here), tencent: engine('tencent', cloud) }),
    chosen: () => chosen,
    hasCredentials: (name) => stored && name === 'tencent',
  });
}

describe('engines', () => {
  it('sends cards to the engine that credentials are stored for, else to one that needs none', () => {
    expect(engines('auto', true).own()).toBe('tencent');
    expect(engines('auto', false).own()).toBe('local');
  });

  it('sends cards where a person chose, also where it cannot be asked: the queue then says why', () => {
    expect(engines('local', true).own()).toBe('local');
    expect(engines('tencent', false).own()).toBe('tencent');
  });

  it('gives another engine only where it can be asked', () => {
    expect(engines('auto', true).otherThan(['local'])).toBe('tencent');
    expect(engines('auto', false).otherThan(['local'])).toBeUndefined();
    expect(engines('auto', true).otherThan(['local', 'tencent'])).toBeUndefined();
  });
});
