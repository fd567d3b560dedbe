import { expect, it } from 'vitest';
import { faultName, faultOf, parseFaults } from './faults';

const hits = (rule: object) => {
  const rules = parseFaults(JSON.stringify([{ ...rule, fault: 'reset' }]));
  return [1, 2, 3, 4, 5, 6].filter((call) => faultOf(rules, call) !== undefined);
};

it.each([
  [{ call: 2 }, [2]],
  [{ calls: [1, 4] }, [1, 4]],
  [{ every: 3 }, [3, 6]],
  [{ from: 5 }, [5, 6]],
  [{ to: 2 }, [1, 2]],
  [{ every: 2, from: 3, to: 5 }, [4]],
  [{}, [1, 2, 3, 4, 5, 6]],
])('%j holds for calls %j', (rule, expected) => {
  expect(hits(rule)).toEqual(expected);
});

it('lets the first rule that holds decide', () => {
  const rules = parseFaults('[{"call":1,"fault":{"code":"InternalError"}},{"fault":"html"}]');
  expect([faultOf(rules, 1), faultOf(rules, 2)]).toEqual([{ code: 'InternalError' }, 'html']);
});

it.each([
  '{}',
  '[{"fault":"flood"}]',
  '[{"fault":{"status":200}}]',
  '[{"cal":1,"fault":"reset"}]',
  'no JSON',
])('refuses %s', (json) => expect(() => parseFaults(json)).toThrow());

it('names each fault', () => {
  expect(
    (['reset', { code: 'X' }, { delayMs: 1 }, { redirect: 307 }, { status: 502 }] as const).map(faultName),
  ).toEqual(['fault.reset', 'X', 'fault.delay', 'fault.307', 'fault.502']);
});
