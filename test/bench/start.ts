/**
 * From the start of the process to a window that can be used, against an empty window of the same Electron: where a passphrase
 * opens the records, and where the keychain has their key. Our own marks say where the time goes.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { _electron } from '@playwright/test';
import { median, timed, type Figure } from './figure';
import { LONGEST_WAIT_MS } from './patience';
import { openKeyring } from './keyring';
import { CATEGORIES, stopTracing, tableOf, type TracePart } from './trace';

const ROUNDS = 5;
const EMPTY = `import { app, BrowserWindow } from 'electron';
app.whenReady().then(() => {
  const window = new BrowserWindow({ show: false });
  window.once('ready-to-show', () => window.show());
  void window.loadURL('data:text/html,<h1>empty</h1>');
});`;

/** Ours, recorded from the moment on from which Electron can record. */
const RECORDED = `import { app, contentTracing } from 'electron';
import ${JSON.stringify(pathToFileURL(path.resolve('out/main/index.js')))};
app.whenReady().then(() => contentTracing.startRecording({ included_categories: ${JSON.stringify(CATEGORIES)} }));`;

/** In the order in which they usually come; the key may come before any of the others. */
const MARKS = ['entry', 'modules', 'ready', 'page', 'question', 'key', 'database'] as const;
type Marks = ReadonlyMap<string, number>;

interface Start {
  readonly folder: string;
  readonly userData: string;
  readonly usable: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** Until it is usable. */
async function launch({ folder, userData, usable, environment }: Start) {
  const rootOnly = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath: process.env['CARDPROOF_ELECTRON'] ?? '',
    timeout: LONGEST_WAIT_MS,
    args: [...rootOnly, '--disable-gpu', `--user-data-dir=${userData}`, folder],
    env: { ...(process.env as Record<string, string>), ...environment },
  });
  const page = await app.firstWindow({ timeout: LONGEST_WAIT_MS });
  // Looked for at each frame. A locator is looked for after 20, 50, 100, 100 ms and then twice a second: that was the figure.
  await page.waitForFunction(
    (selector) => [...document.querySelectorAll(selector)].some((one) => one.getClientRects().length > 0),
    usable,
    { timeout: LONGEST_WAIT_MS },
  );
  return { app, usableAt: Date.now() };
}

/** Milliseconds since the process began, by mark. */
async function open(start: Start): Promise<Marks> {
  const { app, usableAt } = await launch(start);
  const marks = await app.evaluate(() => ({
    origin: performance.timeOrigin,
    marks: performance.getEntriesByType('mark').map(({ name, startTime }) => [name, startTime] as const),
  }));
  // Killed, not closed: ending is not part of the figure.
  app.process().kill('SIGKILL');
  return new Map([...marks.marks, ['usable', usableAt - marks.origin]]);
}

/** Ours and the empty window in turns, so that what else the machine does falls on both. */
async function figuresOf(name: string, ours: Start, peer: Start): Promise<Figure[]> {
  await open(ours);
  await open(peer);
  const times = { ours: [] as number[], peer: [] as number[] };
  const marks: Marks[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    times.ours.push(await timed(async () => marks.push(await open(ours))));
    times.peer.push(await timed(() => open(peer)));
  }
  const [own, empty] = [median(times.ours), median(times.peer)];
  return [
    { name: `start.${name}.usable`, ours: own, peer: empty, unit: 'ms', ratio: own / empty },
    ...[...MARKS, 'usable'].map((mark) => ({
      name: `start.${name}: ${mark}, since the process began`,
      ours: median(marks.flatMap((one) => one.get(mark) ?? [])),
      unit: 'ms',
    })),
  ];
}

/** Where the time of one start goes, of one that has a profile already. */
async function partsOf(recorded: Start): Promise<readonly TracePart[]> {
  await open(recorded);
  const { app } = await launch(recorded);
  const parts = await stopTracing(app);
  app.process().kill('SIGKILL');
  return parts;
}

/** An application of one file in a folder of its own. */
async function applicationIn(folder: string, main: string): Promise<string> {
  await mkdir(folder);
  await writeFile(
    path.join(folder, 'package.json'),
    '{"name":"bench","version":"1.0.0","type":"module","main":"main.js"}',
  );
  await writeFile(path.join(folder, 'main.js'), main);
  return folder;
}

export async function benchStart(trace: boolean): Promise<Figure[]> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cardproof-bench-'));
  const keyring = await openKeyring(path.join(folder, 'keyring'));
  try {
    const empty = await applicationIn(path.join(folder, 'empty'), EMPTY);
    const start = (name: string, environment: Start['environment']): Start => ({
      folder: path.resolve('.'),
      userData: path.join(folder, name),
      usable: 'button:enabled',
      environment,
    });
    const peer = { folder: empty, userData: path.join(folder, 'peer'), usable: 'h1', environment: {} };
    const passphrase = start('passphrase', {
      CARDPROOF_PASSPHRASE: 'a passphrase for the bench',
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
    });
    const kept = keyring && start('keychain', keyring.environment);
    if (trace) {
      const recorded = await applicationIn(path.join(folder, 'recorded'), RECORDED);
      for (const one of [passphrase, kept])
        if (one)
          console.log(tableOf(path.basename(one.userData), await partsOf({ ...one, folder: recorded })));
    }
    return [
      ...(await figuresOf('passphrase', passphrase, peer)),
      // A machine without a Secret Service has no such start.
      ...(kept ? await figuresOf('keychain', kept, peer) : []),
    ];
  } finally {
    keyring?.close();
    // What was killed may write for a moment yet.
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}
