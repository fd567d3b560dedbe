/** From a locked application to an open desk, whatever comes at once. */
import { describe, expect, it } from 'vitest';
import { fail, ok } from '../shared/result';
import type { Composition } from './compose';
import { createOpening } from './opening';

const never = new AbortController().signal;
const given = { keychain: Promise.resolve(undefined), passphrase: undefined };

/** Opens with `right`, as often as it is asked, each time after a turn. */
function opening() {
  const [opened, closed]: [Composition[], Composition[]] = [[], []];
  let asked = 0;
  const it = createOpening(
    async (_keychain, passphrase) => {
      await Promise.resolve();
      if (passphrase === undefined) return fail('profile.needsPassphrase');
      asked++;
      if (passphrase !== 'right') return fail('profile.wrongPassphrase');
      const made: Composition = {
        close: async () => void closed.push(made),
      } as unknown as Composition;
      return ok(made);
    },
    given,
    (composition) => void opened.push(composition),
    () => undefined,
  );
  return { it, opened, closed, asked: () => asked };
}

describe('unlocking', () => {
  it('opens the records once where it is asked for twice at once', async () => {
    const { it, opened, closed, asked } = opening();
    await it.open();
    expect(await Promise.all([it.unlock('right'), it.unlock('right')])).toEqual([
      ok({ kind: 'open' }),
      ok({ kind: 'open' }),
    ]);
    expect([asked(), opened.length]).toEqual([1, 1]);
    await it.close(never);
    expect(closed).toEqual(opened);
  });

  it('tells each of two that come at once what became of it', async () => {
    const { it } = opening();
    await it.open();
    const [wrong, right] = await Promise.all([it.unlock('wrong'), it.unlock('right')]);
    expect([wrong, right]).toMatchObject([{ error: { code: 'unlock.wrongPassphrase' } }, { ok: true }]);
    expect(it.lock()).toEqual({ kind: 'open' });
  });

  it('opens nothing more once it is to be closed, and closes what was just being opened', async () => {
    const { it, opened, closed, asked } = opening();
    await it.open();
    const unlocks = [it.unlock('right'), it.unlock('wrong')];
    await Promise.resolve();
    await it.close(never);
    await Promise.all(unlocks);
    expect([asked(), opened.length, closed.length]).toEqual([1, 0, 1]);
  });
});

describe('opening', () => {
  it.each([
    ['the computer fails', Object.assign(new Error('no'), { code: 'EMFILE' }), 'computer.exhausted'],
    ['something is wrong with it', new Error('no'), 'internal'],
  ])('resolves, and says so, where %s', async (_what, error, code) => {
    const it = createOpening(
      () => Promise.reject(error),
      given,
      () => undefined,
      () => undefined,
    );
    await it.open();
    expect(it.lock()).toEqual({ kind: 'cannotOpen', code });
  });
});
