/** The keychain adapter against a real Secret Service: on Linux one is started for this test alone. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const STORY = `
import { openKeychain } from ${JSON.stringify(path.resolve('src/adapters/keychain/keychain'))};
import { createCredentials } from ${JSON.stringify(path.resolve('src/adapters/keychain/credentials'))};
import { openProfileKeys } from ${JSON.stringify(path.resolve('src/adapters/files/profile'))};
const keychain = await openKeychain('CardProof test');
if (!keychain) { process.stdout.write(JSON.stringify({ keychain: false })); process.exit(0); }
const folder = process.argv[2];
const made = await openProfileKeys(folder, keychain, undefined);
const again = await openProfileKeys(folder, keychain, undefined);
const first = await createCredentials({}, keychain);
await first.store({ secretId: 'AKIDFAKE0000000000', secretKey: 'FAKEfakeFAKEfake' });
const second = await createCredentials({}, keychain);
const read = await second.get();
await second.forget();
const third = await createCredentials({}, keychain);
process.stdout.write(JSON.stringify({
  keychain: true,
  sameKey: made.ok && again.ok && made.value.databaseKeyHex === again.value.databaseKeyHex,
  read,
  status: second.status(),
  stored: first.status(),
  forgotten: await third.get() === undefined,
}));
`;

function tell(withService: boolean): Record<string, unknown> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'cardproof-keychain-'));
  try {
    const script = path.join(folder, 'story.mts');
    writeFileSync(script, STORY);
    const node = `${process.execPath} --import tsx ${script} ${path.join(folder, 'profile')}`;
    const unlock = "eval $(printf 'pw\\n' | gnome-keyring-daemon --unlock --components=secrets 2>/dev/null)";
    const env: NodeJS.ProcessEnv = {
      ...process.env,
      HOME: folder,
      XDG_DATA_HOME: folder,
      XDG_RUNTIME_DIR: folder,
    };
    delete env['DBUS_SESSION_BUS_ADDRESS'];
    const ran = withService
      ? spawnSync('dbus-run-session', ['--', 'bash', '-c', `${unlock}; ${node}`], { encoding: 'utf8', env })
      : spawnSync('bash', ['-c', node], { encoding: 'utf8', env });
    if (ran.status !== 0) throw new Error(ran.stderr);
    return JSON.parse(ran.stdout) as Record<string, unknown>;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe.runIf(process.platform === 'linux' && existsSync('/usr/bin/gnome-keyring-daemon'))(
  'keychain',
  () => {
    it('keeps the key of a profile and the credentials, and forgets them', () => {
      expect(tell(true)).toEqual({
        keychain: true,
        sameKey: true,
        read: { secretId: 'AKIDFAKE0000000000', secretKey: 'FAKEfakeFAKEfake' },
        stored: { stored: true, maskedSecretId: 'AKID…0000', source: 'keychain', keychainAvailable: true },
        status: { stored: false, keychainAvailable: true },
        forgotten: true,
      });
    });

    it('is absent, not broken, where there is no Secret Service', () => {
      expect(tell(false)).toEqual({ keychain: false });
    });
  },
);
