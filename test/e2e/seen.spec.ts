/** What a reviewer sees is what gets approved: a number is shown as it stands, keys decide on cards to review, and the wall leaves doubts. */
import { cpSync } from 'node:fs';
import path from 'node:path';
import { expect, test, type Page } from '@playwright/test';
import type { CardId } from '../../src/shared/ids';
import { dropOn, folderOf, removeFolder, rowOf, startApplication, tab, type Running } from './application';

const PICTURES_WITHIN_MS = 120_000;

async function startWith(folder: string, toReview: number): Promise<Running> {
  const running = await startApplication();
  await dropOn(running.page, [folder]);
  await expect(tab(running.page, 'To review')).toHaveText(new RegExp(`\\D${toReview}$`), {
    timeout: PICTURES_WITHIN_MS,
  });
  return running;
}

async function endWith(running: Running, folder: string): Promise<void> {
  await running.app.close();
  removeFolder(folder);
  removeFolder(running.userData);
}

async function states({ invoke }: Running, count: number): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (let id = 1; id <= count; id++) {
    const detail = await invoke('cards:detail', { cardId: id });
    if (detail.ok) found.set(detail.value.row.name, detail.value.row.state);
  }
  return found;
}

const standing = async ({ invoke }: Running, id: CardId) => {
  const answer = await invoke('cards:reveal', { cardId: id });
  return answer.ok ? (answer.value.value ?? '') : '';
};

/** Approves the card that is open, warnings and all. */
async function approveOpen(page: Page): Promise<void> {
  await page.keyboard.press('a');
  const question = page.getByRole('alertdialog');
  const done = page.getByRole('status').filter({ hasText: '1 approved' });
  await expect(question.or(done).first()).toBeVisible();
  if (await question.isVisible()) await page.keyboard.press('a');
  await expect(done).toBeVisible();
}

test('the number on the screen is the one that stands, whatever came between', async () => {
  const folder = folderOf('flat-2.jpg');
  const running = await startWith(folder, 1);
  const { page } = running;
  const id = 1 as CardId;
  const read = await standing(running, id);
  const other = String((Number(read[0]) + 1) % 10) + read.slice(1);
  const shown = page.getByRole('region', { name: 'Card number' }).locator('.value');
  const shows = (number: string) =>
    expect.poll(async () => ((await shown.textContent()) ?? '').replaceAll(/\s/g, '') === number).toBe(true);
  const heading = page.getByRole('heading', { name: 'flat-2.jpg' });

  await rowOf(page, 'flat-2.jpg').dblclick();
  await expect(heading).toBeVisible();
  await page.getByRole('switch').press('Space');
  await page.getByRole('region', { name: 'Card', exact: true }).focus();
  await shows(read);
  await page.keyboard.press('e');
  await page.keyboard.press('q');
  await page.keyboard.press(other[0] ?? '');
  await page.keyboard.press('Enter');
  await shows(other);
  await page.keyboard.press('Control+z');
  await shows(read);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('grid')).toBeFocused();
  await page.keyboard.press('Enter');
  await shows(read);
  await page.keyboard.press('Control+Shift+z');
  await shows(other);
  await page.keyboard.press('t');
  await page.keyboard.type('seen');
  await page.keyboard.press('Control+Enter');
  await page.keyboard.press('a');
  await expect.poll(async () => (await states(running, 1)).get('flat-2.jpg')).toBe('approved');
  expect((await standing(running, id)) === other).toBe(true);
  await endWith(running, folder);
});

test('a chain of approvals goes over cards to review, and ends with all of them decided', async () => {
  // No card at all, two good ones and one that somebody has to look at.
  const folder = folderOf('idCard-1.jpg', 'busy-1.jpg', 'flat-2.jpg', 'expired-1.jpg');
  const running = await startWith(folder, 3);
  const { page } = running;
  await expect(tab(page, 'Failed')).toHaveText(/\D1$/);

  // Freshly opened, nothing touched: the riskiest has the focus.
  await expect(page.locator('.body > [role="row"]').first()).toHaveClass(/focused/);
  await page.locator('[data-column="name"] [data-head]').click();
  await page.getByRole('grid').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const heading = page.getByRole('region', { name: 'Card', exact: true }).getByRole('heading', { level: 2 });
  const passed: string[] = [];
  for (let card = 0; card < 3; card++) {
    passed.push((await heading.textContent()) ?? '');
    await approveOpen(page);
    if (card < 2) await expect(heading).not.toHaveText(passed.at(-1) ?? '');
  }
  expect(passed.toSorted()).toEqual(['busy-1.jpg', 'expired-1.jpg', 'flat-2.jpg']);
  await expect(page.getByText('Nothing else is left to review here')).toBeVisible();

  const before = await states(running, 4);
  const last = passed.at(-1) ?? '';
  await expect(heading).toHaveText(last);
  for (const key of ['s', 'a', 'h', 'r']) {
    await page.keyboard.press(key);
    await expect(page.getByText(/decided already.*Back to review/)).toBeVisible();
    await expect(page.getByRole('dialog')).toHaveCount(0);
    expect(await states(running, 4)).toEqual(before);
  }
  expect(before.get('idCard-1.jpg')).toBe('failed');

  // Taken back to review first, it can be decided otherwise.
  await page.keyboard.press('u');
  await expect.poll(async () => (await states(running, 4)).get(last)).toBe('pending');
  await page.keyboard.press('s');
  await expect.poll(async () => (await states(running, 4)).get(last)).toBe('rescan');
  await endWith(running, folder);
});

test('the wall approves what nobody has to look at, and leads to the rest', async () => {
  const folder = folderOf('busy-1.jpg', 'flat-2.jpg', 'rows-2.jpg', 'luhnFails-2.jpg');
  // The same card twice: one of the two is wrong.
  cpSync(path.resolve('resources/specimens', 'busy-2.jpg'), path.join(folder, 'duplicate-1.jpg'));
  cpSync(path.resolve('resources/specimens', 'busy-2.jpg'), path.join(folder, 'duplicate-2.jpg'));
  const running = await startWith(folder, 6);
  const { page } = running;
  await page.getByRole('grid').focus();
  await page.keyboard.press('w');
  const wall = page.getByRole('listbox', { name: 'Digit wall' });
  await expect(wall).toBeFocused();
  await expect(page.getByRole('button', { name: /^Approve 2 shown/ })).toBeEnabled();
  await expect(page.getByRole('button', { name: /^4 stay/ })).toBeVisible();
  await page.keyboard.press('a');
  await expect(page.getByRole('status').filter({ hasText: '2 approved' })).toBeVisible();
  const after = await states(running, 6);
  for (const name of ['busy-1.jpg', 'flat-2.jpg']) expect(after.get(name), name).toBe('approved');
  for (const name of ['rows-2.jpg', 'luhnFails-2.jpg', 'duplicate-1.jpg', 'duplicate-2.jpg'])
    expect(after.get(name), name).toBe('pending');

  // One key leads to what stays, one more opens it.
  await page.keyboard.press('Home');
  await page.keyboard.press('d');
  const focused = wall.locator('.focused');
  await expect(focused).toHaveClass(/stays/);
  await page.keyboard.press('Enter');
  const heading = page.getByRole('region', { name: 'Card', exact: true }).getByRole('heading', { level: 2 });
  await expect(heading).toHaveText(/rows-2|luhnFails-2|duplicate-/);
  await endWith(running, folder);
});
