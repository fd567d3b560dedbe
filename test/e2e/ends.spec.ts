/** Whatever ends the application (a signal, the system, a person): what was paid for is kept, and nothing is paid for twice. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import {
  dropOn,
  EMULATOR_CREDENTIALS,
  folderOf,
  removeFolder,
  startApplication,
  startEmulator,
  tab,
  temporaryFolder,
  type Running,
} from './application';

const NAMES = ['flat-1.jpg', 'flat-2.jpg', 'busy-1.jpg', 'busy-2.jpg', 'scanner-2.jpg', 'rotated-2.jpg'];
const SIGNALS = [
  ['SIGTERM', 143],
  ['SIGINT', 130],
  ['SIGHUP', 129],
] as const;
test.skip(process.platform === 'win32', 'Windows knows no signals');

function exitOf({ app }: Running): Promise<number | null> {
  const child = app.process();
  return new Promise((resolve) => child.once('exit', (code) => resolve(code)));
}

const partsIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    /part$|sealed$|named$/.test(name),
  );

async function systemEnds({ app }: Running): Promise<void> {
  await app.evaluate(({ powerMonitor }) => void powerMonitor.emit('shutdown', { preventDefault() {} }));
}
async function sessionEnds({ app }: Running): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }) =>
      void BrowserWindow.getAllWindows()[0]?.emit('query-session-end', { preventDefault() {} }),
  );
}

const ENDS: readonly (readonly [string, number, (running: Running) => unknown])[] = [
  ...SIGNALS.map(([name, code]) => [name, code, ({ app }: Running) => app.process().kill(name)] as const),
  ['a person', 0, ({ app }) => void app.evaluate(({ app: inside }) => inside.quit()).catch(() => undefined)],
];

/** The system gives seconds: what is not answered by then is called off, and known as perhaps paid. */
const SYSTEM: readonly (readonly [string, (running: Running) => Promise<void>])[] = [
  ['the system', systemEnds],
  ['the end of the session', sessionEnds],
];

for (const [what, code, end] of ENDS)
  test(`${what} ends a desk at work: every call is known, and none is made twice`, async () => {
    const pictures = folderOf(...NAMES);
    const temporary = temporaryFolder();
    const emulator = await startEmulator('--latency', '1200');
    const environment = { ...EMULATOR_CREDENTIALS, TMPDIR: temporary };
    const running = await startApplication({ environment });
    // Slow enough that calls are still to come, on any machine.
    await running.invoke('settings:change', { endpoint: emulator.url, callsPerSecond: 1 });
    const exit = exitOf(running);
    await dropOn(running.page, [pictures]);
    await expect(tab(running.page, 'All')).toHaveText(/6$/);
    await expect(tab(running.page, 'Taking in')).toHaveCount(0);
    await expect.poll(async () => (await emulator.calls()).length).toBeGreaterThan(1);
    end(running);
    expect(await exit).toBe(code);
    const answered = (await emulator.calls()).length;
    expect(answered).toBeLessThan(NAMES.length);
    expect(partsIn(path.join(running.userData, 'profile'))).toEqual([]);
    expect(readdirSync(temporary).filter((name) => /^cardproof-(?!rate)/.test(name))).toEqual([]);

    const again = await startApplication({ environment, userData: running.userData });
    await expect(tab(again.page, 'To review')).toHaveText(/6$/);
    await expect(tab(again.page, 'Failed')).toHaveText(/0$/);
    expect(await emulator.calls()).toHaveLength(NAMES.length);
    await again.app.close();
    emulator.stop();
    for (const made of [pictures, temporary, running.userData]) removeFolder(made);
  });

test('a signal ends a desk that asks for its passphrase, and one with a dialog of the system above it', async () => {
  const asking = await startApplication({ passphrase: '' });
  await expect(asking.page.getByRole('heading', { name: 'Choose a passphrase' })).toBeVisible();
  const first = exitOf(asking);
  asking.app.process().kill('SIGTERM');
  expect(await first).toBe(143);

  const choosing = await startApplication();
  const second = exitOf(choosing);
  void choosing.invoke('intake:chooseFiles', undefined).catch(() => undefined);
  await expect
    .poll(() => choosing.app.evaluate(({ BrowserWindow }) => BrowserWindow.getFocusedWindow() === null))
    .toBe(true);
  choosing.app.process().kill('SIGINT');
  expect(await second).toBe(130);
  for (const { userData } of [asking, choosing]) removeFolder(userData);
});

test('a second signal ends it at once, whatever is still under way', async () => {
  const pictures = folderOf('flat-1.jpg');
  const emulator = await startEmulator('--latency', '600000');
  const running = await startApplication({ environment: EMULATOR_CREDENTIALS });
  await running.invoke('settings:change', { endpoint: emulator.url, timeoutSeconds: 120 });
  await dropOn(running.page, [pictures]);
  await expect.poll(async () => (await emulator.calls()).length).toBeGreaterThan(0);
  const exit = exitOf(running);
  running.app.process().kill('SIGTERM');
  await expect
    .poll(() => running.app.windows().length === 0 || running.app.process().exitCode === null)
    .toBe(true);
  running.app.process().kill('SIGHUP');
  expect([129, 143]).toContain(await exit);
  emulator.stop();
  for (const made of [pictures, running.userData]) removeFolder(made);
});

for (const [what, end] of SYSTEM)
  test(`${what} waits for no answer that is late, and no card is lost`, async () => {
    const pictures = folderOf('flat-1.jpg', 'flat-2.jpg');
    const emulator = await startEmulator('--latency', '8000');
    const running = await startApplication({ environment: EMULATOR_CREDENTIALS });
    await running.invoke('settings:change', { endpoint: emulator.url });
    await dropOn(running.page, [pictures]);
    await expect.poll(async () => (await emulator.calls()).length).toBe(2);
    const exit = exitOf(running);
    void end(running).catch(() => undefined);
    expect(await exit).toBe(143);
    emulator.stop();
    const quick = await startEmulator();
    const again = await startApplication({
      environment: EMULATOR_CREDENTIALS,
      userData: running.userData,
    });
    await again.invoke('settings:change', { endpoint: quick.url });
    await expect(tab(again.page, 'To review')).toHaveText(/2$/);
    expect(await quick.calls()).toHaveLength(2);
    await again.app.close();
    quick.stop();
    for (const made of [pictures, running.userData]) removeFolder(made);
  });
