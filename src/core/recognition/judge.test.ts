import { describe, expect, it } from 'vitest';
import table from '../../shared/error-codes.json';
import { classify } from './errors';
import { judge, type AttemptsBefore } from './judge';

const FRESH: AttemptsBefore = { retries: 0, throttles: 0, lost: 0 };
const middle = () => 0.5;
const error = (code: string, sent = true) => ({ kind: 'error', code, sent }) as const;

describe('judgement of an answer', () => {
  it.each(Object.entries(table.codes))('%s is handled as the table says', (code, row) => {
    const first = judge(error(code), FRESH, middle);
    const spent = judge(
      error(code),
      { ...FRESH, retries: row.maxRetries, throttles: row.maxRetries },
      middle,
    );
    if (row.class === 'throttle') expect(first.kind).toBe('throttled');
    else expect(first.kind).toBe(row.maxRetries > 0 ? 'retry' : 'failed');
    expect(spent.kind).toBe('failed');
    expect(spent).toMatchObject({
      code,
      stopsQueue: ['settings', 'account', 'throttle'].includes(row.class),
    });
  });

  it('judges an unknown code by its prefix, and one without any as a matter of settings', () => {
    expect(classify('FailedOperation.SomethingNew').class).toBe('image');
    expect(classify('ResourceUnavailable.SomethingNew').class).toBe('account');
    expect(classify('NeverSeen').class).toBe('settings');
    expect(classify('FailedOperationX').class).toBe('settings');
  });

  it('repeats a call whose answer was lost once in the life of a card, then asks a person', () => {
    const lost = error('client.timeout');
    expect(judge(lost, FRESH, middle)).toMatchObject({ kind: 'retry', maybeCharged: true });
    expect(judge(lost, { ...FRESH, lost: 1 }, middle)).toMatchObject({ kind: 'unknown', maybeCharged: true });
  });

  it('does not blame the card for a network that is down', () => {
    expect(judge(error('client.network', false), { retries: 9, throttles: 9, lost: 9 }, middle)).toEqual({
      kind: 'unreachable',
      code: 'client.network',
    });
  });

  it('waits longer with each retry, under the cap, anywhere below it by chance', () => {
    const delay = (retries: number, random: () => number) => {
      const outcome = judge(error('InternalError'), { ...FRESH, retries }, random);
      return outcome.kind === 'retry' ? outcome.delayMs : undefined;
    };
    expect([delay(0, middle), delay(1, middle), delay(2, middle)]).toEqual([250, 500, 1000]);
    expect(delay(0, () => 0)).toBe(0);
    const throttled = judge(error('RequestLimitExceeded'), { ...FRESH, throttles: 4 }, () => 0.999);
    expect(throttled).toMatchObject({
      kind: 'throttled',
      delayMs: expect.toSatisfy((ms: number) => ms <= 17_000),
    });
  });

  it('calls a cancelled call possibly charged only when it had left', () => {
    expect(judge({ kind: 'cancelled', sent: true }, FRESH, middle)).toEqual({
      kind: 'cancelled',
      maybeCharged: true,
    });
    expect(judge({ kind: 'cancelled', sent: false }, FRESH, middle)).toEqual({
      kind: 'cancelled',
      maybeCharged: false,
    });
  });
});
