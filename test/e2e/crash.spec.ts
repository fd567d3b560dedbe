/** The power goes in the middle of a batch: nothing is lost, and nothing that was recognised is recognised again. */
import { expect, test } from '@playwright/test';
import {
  countOn,
  dropOn,
  EMULATOR_CREDENTIALS,
  folderOf,
  removeFolder,
  rowOf,
  startApplication,
  startEmulator,
  startLine,
  tab,
} from './application';

const NAMES = [
  'flat-1.jpg',
  'flat-2.jpg',
  'busy-1.jpg',
  'busy-2.jpg',
  'scanner-2.jpg',
  'rotated-2.jpg',
  'vertical-2.jpg',
  'embossed-1.jpg',
];

test('a killed application goes on where it was', async () => {
  const pictures = folderOf(...NAMES);
  const emulator = await startEmulator('--latency', '300');
  const line = await startLine(emulator.url);
  const killed = await startApplication({ environment: EMULATOR_CREDENTIALS });
  // Slow enough that calls are still to come when the first cards are there, on any machine.
  await killed.invoke('settings:change', { endpoint: line.url, callsPerSecond: 1 });
  await dropOn(killed.page, [pictures]);
  await expect.poll(() => countOn(killed.page, 'To review')).toBeGreaterThan(1);
  line.swallow();
  await expect.poll(() => line.swallowed()).toBeGreaterThan(0);
  // Our own copies are taken in: the scanner's folder may be emptied meanwhile.
  await expect(tab(killed.page, 'All')).toHaveText(/8$/);
  await expect(tab(killed.page, 'Taking in')).toHaveCount(0);
  const answered = (await emulator.calls()).length;
  await expect.poll(() => countOn(killed.page, 'To review')).toBe(answered);
  expect(answered).toBeLessThan(NAMES.length);
  await killed.kill();
  line.cut();
  removeFolder(pictures);
  await line.mend();

  const again = await startApplication({ environment: EMULATOR_CREDENTIALS, userData: killed.userData });
  await expect(tab(again.page, 'To review')).toHaveText(/8$/);
  await expect(tab(again.page, 'Failed')).toHaveText(/0$/);
  for (const name of NAMES) await expect(rowOf(again.page, name)).toHaveCount(1);
  const recognised = (await emulator.calls()).filter(({ code }) => code === undefined);
  expect(recognised).toHaveLength(NAMES.length);
  expect(new Set(recognised.map(({ imageSha256 }) => imageSha256)).size).toBe(NAMES.length);

  await again.app.close();
  line.stop();
  emulator.stop();
  removeFolder(killed.userData);
});
