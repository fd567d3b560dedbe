import { describe, expect, it } from 'vitest';
import type { FieldReading } from '../../../shared/cards';
import type { EngineName } from '../../../shared/recognition';
import { compare, enginesOf } from './compare';

const reading = (engine: EngineName, value: string): FieldReading => ({ engine, attemptId: 1, value });
const BOTH = ['local', 'tencent'] as const;

describe('a field that one engine read', () => {
  it('says nothing while its reading stands', () => {
    expect(compare({ value: '07/2030', readings: [reading('local', '07/2030')] }, ['local'])).toEqual({
      kind: 'quiet',
    });
    expect(compare({ readings: [] }, ['local'])).toEqual({ kind: 'quiet' });
  });
  it('keeps the reading in sight beside a correction', () => {
    expect(compare({ value: '08/2030', readings: [reading('local', '07/2030')] }, ['local'])).toEqual({
      kind: 'one',
      engine: 'local',
      value: '07/2030',
      alone: false,
    });
  });
  it('says so when the other engine read the card but not the field', () => {
    expect(compare({ value: '一卡通', readings: [reading('tencent', '一卡通')] }, BOTH)).toEqual({
      kind: 'one',
      engine: 'tencent',
      value: undefined,
      alone: true,
    });
  });
});

describe('a field that both engines read', () => {
  it('tells once what they agree on, and again only beside a correction', () => {
    const readings = BOTH.map((engine) => reading(engine, '借记卡'));
    expect(compare({ value: '借记卡', readings }, BOTH)).toEqual({ kind: 'both', value: undefined });
    expect(compare({ value: '贷记卡', readings }, BOTH)).toEqual({ kind: 'both', value: '借记卡' });
  });
  it('puts them side by side in one order and marks where they part', () => {
    const readings = [reading('tencent', '07/2030'), reading('local', '01/2030')];
    expect(compare({ value: '07/2030', readings }, BOTH)).toEqual({
      kind: 'apart',
      columns: [
        { engine: 'local', value: '01/2030', marks: [1] },
        { engine: 'tencent', value: '07/2030', marks: [1] },
      ],
    });
  });
});

describe('enginesOf', () => {
  it('names each engine once, in one order, whichever field it read', () => {
    const field = (name: 'cardType' | 'bankInfo', ...readings: FieldReading[]) => ({
      name,
      corrected: false,
      readings,
    });
    const fields = [
      field('bankInfo', reading('tencent', 'x')),
      field('cardType', reading('tencent', 'y'), reading('local', 'y')),
    ];
    expect(enginesOf({ fields })).toEqual(['local', 'tencent']);
  });
});
