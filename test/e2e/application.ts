/** The packaged application, started as a user's would be, in a profile of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { _electron, type ElectronApplication, type Locator, type Page } from '@playwright/test';
import { PASSPHRASE } from '../helpers/many-cards';
import type { Bridge, ChannelName, Input, Output } from '../../src/shared/ipc';

export function packagedExecutable(variable: 'CARDPROOF_TESTABLE' | 'CARDPROOF_SHIPPING'): string {
  const folder = process.env[variable];
  if (!folder) throw new Error(`Expected ${variable}; run the stories with npm test`);
  const unpacked = readdirSync(folder).find((name) => name.endsWith('-unpacked') || name.startsWith('mac'));
  const inside = path.join(folder, unpacked ?? '');
  if (process.platform === 'darwin') return path.join(inside, 'CardProof.app/Contents/MacOS/CardProof');
  return path.join(inside, process.platform === 'win32' ? 'CardProof.exe' : 'cardproof');
}

export interface Running {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly userData: string;
  /** How long whoever looks at it waits for what is to come. */
  readonly waitMs: number;
  invoke<Name extends ChannelName>(name: Name, input: Input<Name>): Promise<Output<Name>>;
  /** As the power switch does. */
  kill(): Promise<void>;
}

export interface StartOptions {
  /** The Electron that runs what `npm run build` made, in place of the package. */
  readonly electron?: string;
  readonly userData?: string;
  readonly environment?: Readonly<Record<string, string>>;
  readonly language?: 'en' | 'zh-CN';
  /** Empty: the application has none and finds no keychain either, so that it asks. */
  readonly passphrase?: string;
  /** For whoever is no story, and has no configuration that says how long is waited. */
  readonly waitMs?: number;
}

/** As in playwright.config.ts. */
const STORY_WAIT_MS = 30_000;

export const temporaryFolder = (): string => mkdtempSync(path.join(os.tmpdir(), 'cardproof-e2e-'));
export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true });

export async function startApplication(options: StartOptions = {}): Promise<Running> {
  const userData = options.userData ?? temporaryFolder();
  const rootOnly = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const { passphrase = PASSPHRASE, waitMs = STORY_WAIT_MS } = options;
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(TENCENTCLOUD|CARDPROOF)_/.test(name)),
  );
  const app = await _electron.launch({
    executablePath: options.electron ?? packagedExecutable('CARDPROOF_TESTABLE'),
    // Playwright would make every window light; this one follows its settings and the system.
    colorScheme: null,
    timeout: waitMs,
    args: [
      ...rootOnly,
      '--disable-gpu',
      `--user-data-dir=${userData}`,
      `--lang=${options.language ?? 'en'}`,
      ...(options.electron ? [path.resolve('.')] : []),
    ],
    env: {
      ...(env as Record<string, string>),
      ...(passphrase === ''
        ? { DBUS_SESSION_BUS_ADDRESS: 'disabled:' }
        : { CARDPROOF_PASSPHRASE: passphrase }),
      LANG: options.language === 'zh-CN' ? 'zh_CN.UTF-8' : 'en_US.UTF-8',
      LANGUAGE: options.language === 'zh-CN' ? 'zh_CN' : 'en_US',
      ...options.environment,
    },
  });
  if (options.waitMs !== undefined) app.context().setDefaultTimeout(options.waitMs);
  const page = await app.firstWindow({ timeout: waitMs });
  await page.waitForLoadState('load');
  // The window is there before the records are: what follows may ask for them.
  await page.evaluate(() =>
    (window as unknown as { cardproof: Bridge }).cardproof.invoke('desk:info', undefined),
  );
  return {
    app,
    page,
    userData,
    waitMs,
    invoke: (name, input) =>
      page
        .evaluate(
          ([channel, given]) =>
            (window as unknown as { cardproof: Bridge }).cardproof.invoke(channel, given as never),
          [name, input] as const,
        )
        .then((reply) => {
          if ('refused' in reply) throw new Error(`${name} was refused: ${reply.refused.code}`);
          return reply.answered;
        }) as never,
    async kill() {
      const child = app.process();
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill('SIGKILL');
      await ended;
    },
  };
}

export const EMULATOR_CREDENTIALS = {
  TENCENTCLOUD_SECRET_ID: 'AKIDEMULATOR00000000',
  TENCENTCLOUD_SECRET_KEY: 'EMULATORemulatorEMULATOR',
};

export interface Emulator {
  readonly url: string;
  calls(): Promise<readonly { readonly n: number; readonly code?: string; readonly imageSha256?: string }[]>;
  stop(): void;
}

export async function startEmulator(...flags: string[]): Promise<Emulator> {
  const child: ChildProcess = spawn(
    process.execPath,
    [
      path.resolve('out/main/emulator.js'),
      ...['--port', '0'],
      ...['--secret-id', EMULATOR_CREDENTIALS.TENCENTCLOUD_SECRET_ID],
      ...['--secret-key', EMULATOR_CREDENTIALS.TENCENTCLOUD_SECRET_KEY],
      ...flags,
    ],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  // A story that fails does not come to its last lines.
  process.once('exit', () => child.kill());
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout?.once('data', (data: Buffer) => resolve(data.toString()));
    child.once('exit', (code) => reject(new Error(`the emulator ended with ${code}`)));
  });
  const { listening } = JSON.parse(line) as { listening: string };
  return {
    url: listening,
    calls: async () => (await fetch(`${listening}/_calls`)).json() as never,
    stop: () => void child.kill(),
  };
}

/** A folder with some of the bundled specimens, as a scanner would leave it. */
export function folderOf(...names: readonly string[]): string {
  const folder = temporaryFolder();
  for (const name of names) cpSync(path.resolve('resources/specimens', name), path.join(folder, name));
  return folder;
}

export const rowOf = (page: Page, name: string): Locator => page.getByRole('row').filter({ hasText: name });

/** A tab above the grid, such as `To review`, with its number of cards. */
export const tab = (page: Page, word: string): Locator =>
  page.getByRole('toolbar', { name: 'Filter by state' }).getByRole('button', { name: word });

export const countOn = async (page: Page, word: string): Promise<number> =>
  Number(/\d+$/.exec((await tab(page, word).textContent()) ?? '')?.[0]);

export interface Line {
  readonly url: string;
  /** From now on requests vanish on their way, as in a tunnel; answers to earlier ones still arrive. */
  swallow(): void;
  /** How many requests vanished. */
  swallowed(): number;
  cut(): void;
  mend(): Promise<void>;
  stop(): void;
}

/** A line to the emulator that can be cut and mended: what a network does. */
export async function startLine(target: string): Promise<Line> {
  const { port } = new URL(target);
  let swallowing = false;
  const open = new Set<net.Socket>();
  const lost = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    const onward = net.connect(Number(port), '127.0.0.1');
    for (const [one, other] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        open.delete(one);
        other.destroy();
      });
    }
    onward.pipe(socket);
    socket.on('data', (chunk) => {
      // Between two requests only, so that the emulator never waits for the second half of one.
      if (swallowing && chunk.subarray(0, 5).toString() === 'POST ') lost.add(socket);
      if (!lost.has(socket)) onward.write(chunk);
    });
  });
  const listen = (at: number) => new Promise<void>((resolve) => server.listen(at, '127.0.0.1', resolve));
  const cut = () => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  await listen(0);
  const place = server.address() as net.AddressInfo;
  return {
    url: `http://127.0.0.1:${place.port}`,
    swallow: () => void (swallowing = true),
    swallowed: () => lost.size,
    cut,
    mend() {
      swallowing = false;
      return listen(place.port);
    },
    stop: cut,
  };
}

/** Drops files or folders on the window, through the same way that a file manager's drag takes. */
export async function dropOn(page: Page, files: readonly string[]): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, x: 600, y: 400, data });
  }
  await session.detach();
}
