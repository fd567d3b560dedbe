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
    // Haste is no fault of the card's, however often it is met.
    if (row.class === 'throttle') {
      expect([first.kind, spent.kind]).toEqual(['throttled', 'throttled']);
      return;
    }
    expect(first.kind).toBe(row.maxRetries > 0 ? 'retry' : 'failed');
    expect(spent).toMatchObject({
      kind: 'failed',
      code,
      stopsQueue: ['settings', 'account'].includes(row.class),
    });
  });

  it.each(Object.entries(table.codes).filter(([, row]) => row.class === 'transient'))(
    '%s costs no card anything while the service fails',
    (code) => {
      const before = { retries: 99, throttles: 99, lost: 1 };
      expect(judge(error(code), before, middle, 'service')).toMatchObject({ kind: 'unwell', code });
    },
  );

  it('risks a card for a failing service once more than for itself, and never again', () => {
    const lost = error('client.http5xx');
    expect(judge(lost, { ...FRESH, lost: 1 }, middle, 'service')).toEqual({
      kind: 'unwell',
      code: 'client.http5xx',
      maybeCharged: true,
    });
    expect(judge(lost, { ...FRESH, lost: 2 }, middle, 'service').kind).toBe('unknown');
  });

  it('judges an unknown code by its prefix, and one without any as what may be this card alone', () => {
    expect(classify('FailedOperation.SomethingNew').class).toBe('image');
    expect(classify('ResourceUnavailable.SomethingNew').class).toBe('account');
    expect(classify('NeverSeen')).toEqual({ class: 'transient', maxRetries: 1 });
    expect(classify('FailedOperationX')).toEqual({ class: 'transient', maxRetries: 1 });
    expect(judge(error('NeverSeen'), { ...FRESH, retries: 1 }, middle)).toMatchObject({
      kind: 'failed',
      stopsQueue: false,
    });
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
