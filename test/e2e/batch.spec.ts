/** A reviewer's morning: a folder, a network that goes away, decisions by keyboard, and a sheet whose totals add up. */
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { readSheet } from 'read-excel-file/node';
import truths from '../../resources/specimens/truth.json' with { type: 'json' };
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
  temporaryFolder,
} from './application';

const NAMES = [
  'flat-1.jpg',
  'flat-2.jpg',
  'busy-1.jpg',
  'scanner-2.jpg',
  'expired-1.jpg',
  'perspective-1.jpg',
];
const CORRECT = '4289 1134 5678 9028';

test('a dropped folder becomes a sheet, though the network goes away in the middle', async () => {
  const [folder, pictures] = [temporaryFolder(), folderOf(...NAMES)];
  const emulator = await startEmulator('--latency', '300');
  const line = await startLine(emulator.url);
  const running = await startApplication({ environment: EMULATOR_CREDENTIALS });
  const { app, page } = running;
  const status = page.getByRole('region', { name: 'Recognition' });
  // One call a second, so that however fast the machine is, calls are still to come when the first card is there.
  await running.invoke('settings:change', { endpoint: line.url, callsPerSecond: 1 });

  await dropOn(page, [pictures]);
  await expect.poll(() => countOn(page, 'To review')).toBeGreaterThan(0);
  line.swallow();
  await expect.poll(() => line.swallowed()).toBeGreaterThan(0);
  const answered = (await emulator.calls()).length;
  await expect.poll(() => countOn(page, 'To review')).toBe(answered);
  line.cut();
  await expect(status).toContainText('Cloud out of reach');
  await expect(status).toContainText('next try in');
  await expect(tab(page, 'Failed')).toHaveText(/0$/);
  await line.mend();
  await status.getByRole('button', { name: 'Try again' }).click();
  await expect(tab(page, 'To review')).toHaveText(/6$/);
  await expect(status).toContainText('Idle');

  const recognised = (await emulator.calls()).filter(({ code }) => code === undefined);
  expect(recognised).toHaveLength(NAMES.length);
  expect(new Set(recognised.map(({ imageSha256 }) => imageSha256)).size).toBe(NAMES.length);

  // One number is corrected by keyboard alone; the reading stays beside it.
  await rowOf(page, 'flat-2.jpg').click();
  await page.keyboard.press('e');
  const editor = page.getByRole('textbox', { name: 'Card number' });
  await expect(editor).toBeFocused();
  await expect(editor).toContainText('4289113456789010');
  await page.keyboard.type(CORRECT.replaceAll(' ', ''));
  await expect(page.getByText('Differs from digit 15 on')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Card number' })).toContainText(CORRECT);
  await page.keyboard.press('Escape');
  await expect(rowOf(page, 'flat-2.jpg')).toContainText('Corrected');

  // A card with a warning is approved only after the warning was acknowledged.
  await rowOf(page, 'expired-1.jpg').click();
  await page.keyboard.press('a');
  await expect(page.getByRole('alertdialog', { name: /Date invalid/ })).toBeVisible();
  await expect(tab(page, 'Approved')).toHaveText(/0$/);
  await page.keyboard.press('a');
  await expect(rowOf(page, 'expired-1.jpg')).toContainText('Approved');

  await rowOf(page, 'perspective-1.jpg').click();
  await page.keyboard.press('r');
  await expect(page.getByRole('dialog', { name: /Reject because/ })).toBeVisible();
  await page.keyboard.press('2');
  await expect(rowOf(page, 'perspective-1.jpg')).toContainText('Unreadable');
  await page.keyboard.press('Control+z');
  await expect(rowOf(page, 'perspective-1.jpg')).toContainText('To review');
  await page.keyboard.press('Control+Shift+z');
  await expect(rowOf(page, 'perspective-1.jpg')).toContainText('Rejected');

  const sheet = path.join(folder, 'cards.xlsx');
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
  }, sheet);
  await page.getByRole('button', { name: 'Export', exact: true }).click();
  // Approved cards at first; how many are left out is seen, and they can be had.
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Export 1 card…' })).toBeVisible();
  await expect(dialog.getByText('5 cards left out')).toBeVisible();
  for (const state of ['To review', 'Rejected']) await dialog.getByText(state, { exact: true }).click();
  await page.getByRole('button', { name: 'Export 6 cards…' }).click();
  await expect(page.getByText('6 rows written: cards.xlsx')).toBeVisible();

  const [head = [], ...rows] = await readSheet(sheet, 1);
  const cell = (name: string, column: string) =>
    rows.find((row) => row[head.indexOf('File')] === name)?.[head.indexOf(column)];
  expect(rows).toHaveLength(NAMES.length);
  for (const name of NAMES) {
    const number = truths.find(({ file }) => file === name)?.cardNumber ?? '';
    const stands = name === 'flat-2.jpg' ? CORRECT.replaceAll(' ', '') : number;
    const masked = String(cell(name, 'Card number')).replaceAll(' ', '');
    expect(masked, name).toBe(stands.slice(0, 6) + '•'.repeat(stands.length - 10) + stands.slice(-4));
  }
  expect(cell('flat-2.jpg', 'Corrected')).toBe('Card number');
  expect(cell('expired-1.jpg', 'State')).toBe('Approved');
  expect(cell('expired-1.jpg', 'Warnings')).toContain('-9110');
  expect([cell('perspective-1.jpg', 'State'), cell('perspective-1.jpg', 'Reason')]).toEqual([
    'Rejected',
    'Unreadable',
  ]);
  const totals = new Map((await readSheet(sheet, 2)).slice(1).map(([word, ...counts]) => [word, counts]));
  expect(totals.get('To review')).toEqual([4, 4]);
  expect(totals.get('Approved')).toEqual([1, 1]);
  expect(totals.get('Rejected')).toEqual([1, 1]);
  expect(totals.get('Failed')).toEqual([0, 0]);
  expect(totals.get('Total')).toEqual([6, 6]);

  await app.close();
  line.stop();
  emulator.stop();
  for (const made of [folder, pictures, running.userData]) removeFolder(made);
});
