/** From a locked application to an open desk: keychain, else passphrase; and what to say when it cannot be opened. */
import type { Keychain } from '../adapters/keychain/keychain';
import type { ProfileFailure } from '../adapters/files/profile';
import type { OpenFailure } from '../adapters/sqlite/database';
import { troubleOf } from '../core/environment/trouble';
import type { CancelSignal } from '../core/recognition/ports';
import type { LockState, Output } from '../shared/ipc';
import { fail, ok, type Result } from '../shared/result';
import type { Composition } from './compose';

export interface Opening {
  lock(): LockState;
  composition(): Composition | undefined;
  /** Tries without a passphrase, or with the one of the environment. Resolves in any case. */
  open(): Promise<void>;
  unlock(passphrase: string): Promise<Output<'desk:unlock'>>;
  /** Opens nothing more, and closes what was opened or is just being opened. */
  close(enough: CancelSignal): Promise<void>;
}

type Compose = (
  keychain: Keychain | undefined,
  passphrase: string | undefined,
) => Promise<Result<Composition, ProfileFailure | OpenFailure>>;

/** What was begun before the desk was loaded. */
export interface Given {
  readonly keychain: Promise<Keychain | undefined>;
  /** Of the environment. */
  readonly passphrase: string | undefined;
}

export function createOpening(
  compose: Compose,
  given: Given,
  opened: (composition: Composition) => void,
  log: (message: string, error?: unknown) => void,
): Opening {
  let lock: LockState = { kind: 'cannotOpen', code: 'desk.locked' };
  let composition: Composition | undefined;
  let keychain: Keychain | undefined;
  let closed = false;
  let underWay: Promise<unknown> = Promise.resolve();

  /** One after the other: of two that open the same records at once each would find them in use. */
  function attempt(
    passphrase: string | undefined,
    wanted: () => boolean = () => true,
  ): ReturnType<typeof attemptNow> {
    const attempting = underWay.then(() => (closed || !wanted() ? undefined : attemptNow(passphrase)));
    underWay = attempting.catch(() => undefined);
    return attempting;
  }

  const isLocked = () => lock.kind === 'passphrase' || lock.kind === 'newPassphrase';

  async function attemptNow(
    passphrase: string | undefined,
  ): Promise<ProfileFailure | OpenFailure | undefined> {
    const made = await compose(keychain, passphrase);
    if (made.ok) {
      composition = made.value;
      lock = { kind: 'open' };
      if (!closed) opened(made.value);
      return undefined;
    }
    const { code, cause } = made.error;
    if (code === 'profile.needsPassphrase' || code === 'profile.wrongPassphrase')
      lock = { kind: 'passphrase' };
    else if (code === 'profile.needsNewPassphrase' || code === 'profile.shortPassphrase')
      lock = { kind: 'newPassphrase' };
    else {
      lock = { kind: 'cannotOpen', code };
      log(`the profile did not open: ${code}`, cause);
    }
    return code;
  }

  return {
    lock: () => lock,
    composition: () => composition,
    async open() {
      try {
        keychain = await given.keychain;
        await attempt(given.passphrase);
      } catch (error) {
        // The window says so instead of waiting for it for ever.
        lock = { kind: 'cannotOpen', code: troubleOf(error) ?? 'internal' };
        log('the desk did not open', error);
      }
    },
    async unlock(passphrase) {
      const code = await attempt(passphrase, isLocked);
      if (code === 'profile.wrongPassphrase') return fail('unlock.wrongPassphrase');
      if (code === 'profile.shortPassphrase') return fail('unlock.tooShort');
      return ok(lock);
    },
    async close(enough) {
      closed = true;
      // Records that are just being brought to this version's shape are whole afterwards.
      await underWay;
      await composition?.close(enough);
    },
  };
}
