/** A Secret Service of the bench's own, where the system has what it takes: the keychain that the application finds. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';

export interface Keyring {
  /** For whoever is to find it. */
  readonly environment: Readonly<Record<string, string>>;
  close(): void;
}

/** Says its bus's address, unlocks a keyring behind it, and lasts until its input ends. */
const SERVICE =
  "eval $(printf 'pw\\n' | gnome-keyring-daemon --unlock --components=secrets 2>/dev/null); echo $DBUS_SESSION_BUS_ADDRESS; cat";

export async function openKeyring(home: string): Promise<Keyring | undefined> {
  if (process.platform !== 'linux' || !existsSync('/usr/bin/gnome-keyring-daemon')) return undefined;
  await mkdir(home, { recursive: true, mode: 0o700 });
  const child = spawn('dbus-run-session', ['--', 'bash', '-c', SERVICE], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { ...process.env, HOME: home, XDG_DATA_HOME: home, XDG_RUNTIME_DIR: home },
  });
  const address = await new Promise<string | undefined>((resolve) => {
    child.stdout.once('data', (data: Buffer) => resolve(data.toString().trim()));
    child.once('error', () => resolve(undefined));
    child.once('exit', () => resolve(undefined));
  });
  if (!address) return undefined;
  return {
    environment: { DBUS_SESSION_BUS_ADDRESS: address, CARDPROOF_PASSPHRASE: '' },
    close: () => child.stdin.end(),
  };
}
