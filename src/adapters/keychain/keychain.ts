/** The operating system's keychain, through keytar: an optional dependency, so its absence is a value here. */

/** One namespace of the keychain; secrets are looked up by account. */
export interface Keychain {
  get(account: string): Promise<string | undefined>;
  set(account: string, secret: string): Promise<void>;
  remove(account: string): Promise<void>;
}

const SERVICE = 'CardProof';
const PROBE = 'probe';

/** Undefined where there is no keychain that works (no Secret Service, keytar not built). */
export async function openKeychain(service = SERVICE): Promise<Keychain | undefined> {
  try {
    const { default: keytar } = await import('keytar');
    // Reading is not enough: a locked or absent service answers only when it is asked for something.
    await keytar.getPassword(service, PROBE);
    return {
      get: async (account) => (await keytar.getPassword(service, account)) ?? undefined,
      set: (account, secret) => keytar.setPassword(service, account, secret),
      remove: async (account) => void (await keytar.deletePassword(service, account)),
    };
  } catch {
    // No keytar or no service is how many machines are, not a fault: the window asks for a passphrase, the credentials' status says so.
    return undefined;
  }
}
