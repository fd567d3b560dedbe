/** The cloud's credentials: from the environment, else from the keychain. They go in and never come back out but to sign. */
import type { Keychain } from './keychain';
import { fail, ok, type Result } from '../../shared/result';
import { CredentialsSchema, type Credentials, type CredentialsStatus } from '../../shared/settings';

export interface CredentialsKeeper {
  /** For signing only. */
  get(): Promise<Credentials | undefined>;
  status(): CredentialsStatus;
  store(credentials: Credentials): Promise<Result<CredentialsStatus, 'keychain.unavailable'>>;
  forget(): Promise<Result<CredentialsStatus, 'keychain.unavailable'>>;
}

/** One account for this user of the computer, whichever profile is open: window and command line sign alike. */
const ACCOUNT = 'tencent';

type Environment = Readonly<Record<string, string | undefined>>;

function fromEnvironment(environment: Environment): Credentials | undefined {
  const parsed = CredentialsSchema.safeParse({
    secretId: environment['TENCENTCLOUD_SECRET_ID'],
    secretKey: environment['TENCENTCLOUD_SECRET_KEY'],
    token: environment['TENCENTCLOUD_TOKEN'] || undefined,
  });
  return parsed.success ? parsed.data : undefined;
}

export async function createCredentials(
  environment: Environment,
  keychain: Keychain | undefined,
): Promise<CredentialsKeeper> {
  const fromOutside = fromEnvironment(environment);
  const text = fromOutside ? undefined : await keychain?.get(ACCOUNT);
  let stored: Credentials | undefined =
    text === undefined ? undefined : CredentialsSchema.parse(JSON.parse(text));

  function status(): CredentialsStatus {
    const current = fromOutside ?? stored;
    return {
      stored: current !== undefined,
      maskedSecretId: current && `${current.secretId.slice(0, 4)}…${current.secretId.slice(-4)}`,
      source: fromOutside ? 'environment' : stored ? 'keychain' : undefined,
      keychainAvailable: keychain !== undefined,
    };
  }

  async function change(
    next: Credentials | undefined,
  ): Promise<Result<CredentialsStatus, 'keychain.unavailable'>> {
    if (!keychain) return fail('keychain.unavailable');
    try {
      if (next) await keychain.set(ACCOUNT, JSON.stringify(next));
      else await keychain.remove(ACCOUNT);
    } catch (cause) {
      return fail('keychain.unavailable', undefined, cause);
    }
    stored = next;
    return ok(status());
  }

  return {
    get: async () => fromOutside ?? stored,
    status,
    store: (credentials) => change(credentials),
    forget: () => change(undefined),
  };
}
