/** What breaks on this computer costs the card that it broke at, if any: no other card, no answer and no attempt more. */
import { describe, expect, it } from 'vitest';
import type { CardId } from '../../src/shared/ids';
import { desksOfEachTest } from '../helpers/desks';
import { answer, failure, kindOf, list, pass, recover, SPECIMEN } from '../helpers/failing-desk';
import { eventually } from '../helpers/eventually';

const desk = desksOfEachTest();
const only = 1 as CardId;

describe('an engine that the computer cannot start', () => {
  it('has its card wait, and no attempt of it count', async () => {
    let fault: Error | undefined = failure('ENOMEM');
    const test = desk({
      local() {
        if (fault) throw fault;
        return answer();
      },
    });
    test.desk.start();
    await list(test, 2);
    await eventually(() =>
      expect(test.desk.queue.status()).toMatchObject({ kind: 'blocked', code: 'computer.exhausted' }),
    );
    expect(test.store.counts()).toMatchObject({ failed: 0 });
    fault = undefined;
    await recover(test, () => expect(test.store.counts().pending).toBe(2));
  });

  it('that breaks its promise fails its card and leaves no attempt open', async () => {
    const test = desk({
      local() {
        throw new Error('a defect');
      },
    });
    test.desk.start();
    await list(test, 1);
    await eventually(() => expect(test.store.counts().failed).toBe(1));
    expect(test.store.unfinishedAttempts()).toEqual([]);
    expect(test.store.card(only)?.state).toMatchObject({ code: 'internal' });
  });
});

describe('a stored picture that cannot be read', () => {
  it.each([
    ['ENOENT', 'at once'],
    ['EIO', 'when others can be read'],
  ])('%s fails its own card %s, and holds up no other', async (code) => {
    const bad = new Set<string | undefined>();
    const test = desk({
      local: () => answer(),
      pictures: (real) => ({
        ...real,
        async get(name) {
          if (bad.has(name)) throw failure(code);
          return real.get(name);
        },
      }),
    });
    test.desk.queue.pause();
    test.desk.start();
    await list(test, 3);
    await test.desk.intake.idle();
    bad.add(test.store.card(only)?.pictures.original);
    test.desk.queue.resume();
    await recover(test, () => expect(test.store.counts()).toMatchObject({ pending: 2, failed: 1 }));
    expect(test.store.card(only)?.state).toMatchObject({ code: 'picture.cannotOpen' });
  });
});

describe('a defect in what follows from an answer', () => {
  it('does not cost the answer', async () => {
    let broken = false;
    const test = desk({
      credentials: true,
      tencent: () => {
        broken = true;
        return answer();
      },
      store: (real) => ({
        ...real,
        change(id, change, at) {
          if (broken && change.fields) throw new Error('a defect');
          real.change(id, change, at);
        },
      }),
    });
    test.desk.start();
    await list(test, 1);
    await eventually(() => expect(test.store.counts().failed).toBe(1));
    expect(test.store.attempts(only)).toMatchObject([{ outcome: 'finished', fields: SPECIMEN }]);
  });
});

describe('records that are damaged', () => {
  it('are looked through while there is nothing else to do, and the finding is said and stands', async () => {
    let looks = 0;
    const test = desk({
      local: () => answer(),
      store: (real) => ({
        ...real,
        lookThrough() {
          looks++;
          return real.lookThrough();
        },
      }),
    });
    test.desk.start();
    await list(test, 2);
    await test.desk.queue.settled();
    test.clock.advance(60_000);
    const all = looks;
    expect(all).toBeGreaterThan(5);
    test.clock.advance(600_000);
    expect(looks).toBe(all);

    const lookThrough = () => {
      throw failure('SQLITE_CORRUPT');
    };
    const again = desk({ folder: test.crash(), store: (real) => ({ ...real, lookThrough }) });
    again.desk.start();
    expect(kindOf(again)).toBe('idle');
    again.clock.advance(60_000);
    expect(again.desk.queue.status()).toMatchObject({ kind: 'blocked', code: 'disk.damaged' });
    again.desk.queue.resume();
    await pass(again, 600_000);
    expect(kindOf(again)).toBe('blocked');
  });
});
