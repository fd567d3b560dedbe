/** Several people at one desk: each signs in, and finds nothing of the one before. */
import { expect, test } from '@playwright/test';
import { dropOn, folderOf, removeFolder, rowOf, startApplication, tab } from './application';

const WHOLE_NUMBER = /\d{4} ?\d{4} ?\d{4} ?\d{4}/;

test('a single user meets nobody, adds colleagues, and from then on each signs in', async () => {
  const first = await startApplication();
  const { page } = first;
  const pictures = folderOf('flat-2.jpg', 'busy-1.jpg', 'idCard-1.jpg');
  await dropOn(page, [pictures]);
  await expect(tab(page, 'To review')).toHaveText(/2$/, { timeout: 60_000 });
  await expect(page.getByRole('button', { name: 'Sign out' })).toHaveCount(0);

  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('tab', { name: 'Review' }).click();
  await expect(settings.getByText('A second review needs two active people')).toBeVisible();
  await settings.getByRole('tab', { name: 'People' }).click();
  await settings.getByRole('button', { name: 'Add yourself' }).click();
  const add = async (name: string, role: string | undefined, pin: string) => {
    await settings.getByRole('textbox', { name: 'Name' }).fill(name);
    if (role !== undefined)
      await settings.getByRole('combobox', { name: 'Role', exact: true }).selectOption(role);
    await settings.getByLabel(/^PIN/).fill(pin);
    await settings.getByLabel('Once more').fill(pin);
    await page.keyboard.press('Enter');
  };
  await add('Li Na', undefined, '1111');
  await expect(settings.getByRole('row', { name: /Li Na/ })).toContainText('Active');
  await settings.getByRole('button', { name: 'Add a person' }).click();
  await add('li na', 'reviewer', '2222');
  await expect(settings.getByRole('alert').filter({ hasText: 'is taken' })).toBeVisible();
  await add('Wang Lei', 'reviewer', '2222');
  await expect(settings.getByRole('row', { name: /Wang Lei/ })).toContainText('Active');
  await settings.getByRole('button', { name: 'Deactivate Li Na' }).click();
  await expect(settings.getByText('There must be an administrator')).toBeVisible();
  await settings.getByRole('tab', { name: 'Review' }).click();
  await expect(settings.getByText('A second review needs two active people')).toHaveCount(0);
  await page.keyboard.press('Escape');
  await expect(settings).toHaveCount(0);

  // Li Na looks at a number, and leaves one card approved and another selected.
  await rowOf(page, 'flat-2.jpg').click();
  await page.keyboard.press('v');
  await expect(page.getByText(WHOLE_NUMBER).first()).toBeVisible();
  await page.keyboard.press('a');
  await expect(tab(page, 'Approved')).toHaveText(/1$/);
  await rowOf(page, 'busy-1.jpg').click();
  await page.keyboard.press('Enter');
  await page.keyboard.press('v');
  await expect(page.getByText(WHOLE_NUMBER).first()).toBeVisible();
  await page.keyboard.press('Control+l');

  // Nothing of hers is left behind, and her calls are refused.
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  await expect(page.getByRole('grid')).toHaveCount(0);
  expect(await page.locator('body').innerText()).not.toMatch(/\d{4}/);
  await expect(first.invoke('cards:reveal', { cardId: 1 })).rejects.toThrow('session.signedOut');

  // By keyboard: the start of the name, then the PIN; a wrong one first.
  await page.keyboard.press('w');
  await expect(page.getByRole('option', { name: /Wang Lei/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await page.keyboard.type('9999');
  await page.keyboard.press('Enter');
  await expect(page.getByText('That is not the PIN')).toBeVisible();
  await page.keyboard.type('2222');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid')).toBeVisible();
  await expect(page.getByRole('navigation')).toContainText('Wang Lei');
  await expect(page.getByRole('button', { name: 'Back to the cards' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Undo/ })).toBeDisabled();
  await expect(page.getByText(WHOLE_NUMBER)).toHaveCount(0);

  // A reviewer has neither the report nor the sheet, and of the settings only what is their own.
  await expect(page.getByRole('button', { name: 'Report', exact: true })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Export', exact: true })).toHaveCount(0);
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(settings.getByRole('tab')).toHaveCount(1);
  await expect(settings.getByText('are set by an administrator')).toBeVisible();
  await first.app.close();

  // Whoever opens the desk again has to say who they are; too many wrong PINs make them wait.
  const second = await startApplication({ userData: first.userData });
  await expect(second.page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
  const pin = second.page.getByLabel('PIN', { exact: true });
  for (let attempt = 0; attempt < 5; attempt += 1) {
    await pin.fill('0000');
    await pin.press('Enter');
    await expect(pin).toHaveValue('');
    await expect(second.page.locator('#sign-in-problem')).not.toBeEmpty();
  }
  await expect(second.page.locator('#sign-in-problem')).toContainText(/wait \d+ seconds/);
  await pin.fill('1111');
  await expect(second.page.getByRole('button', { name: 'Sign in' })).toBeDisabled();
  await second.app.close();
  for (const made of [pictures, first.userData]) removeFolder(made);
});

test('the report adds up, says what decisions cost, and leads to the samples', async () => {
  const running = await startApplication();
  const { page, invoke } = running;
  const pictures = folderOf('flat-2.jpg', 'busy-1.jpg', 'busy-2.jpg', 'idCard-1.jpg');
  await page.keyboard.press('Control+r');
  const report = page.getByRole('dialog', { name: 'Report' });
  await expect(report.getByText('No card was ever taken in')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(report).toHaveCount(0);
  await dropOn(page, [pictures]);
  await expect(tab(page, 'To review')).toHaveText(/3$/, { timeout: 60_000 });
  await invoke('settings:change', { sampleOfPeople: 100 });
  await rowOf(page, 'busy-1.jpg').click();
  await page.keyboard.press('a');
  await expect(tab(page, 'Approved')).toHaveText(/1$/);
  await rowOf(page, 'busy-2.jpg').click();
  await page.keyboard.press('r');
  await page.keyboard.press('2');
  await expect(tab(page, 'Rejected')).toHaveText(/1$/);

  await page.keyboard.press('Control+r');
  const line = (await report.locator('.line').innerText()).replaceAll(/\s+/g, ' ');
  const [taken = 0, ...parts] = [...line.matchAll(/\d+/g)].map(Number);
  expect(taken).toBe(4);
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(taken);
  // Ctrl+R, Escape, a click and A; then a click, R and the digit.
  const told = await invoke('report:get', {});
  expect(told.reviewers[0]).toMatchObject({ decided: 2, approved: 1, rejected: 1, keysPerCard: 3.5 });
  await expect(report.getByRole('region', { name: 'Reviewers' }).getByRole('row')).toHaveCount(2);
  await report.getByRole('button', { name: 'Show the samples' }).click();
  await expect(report).toHaveCount(0);
  await expect(page.getByRole('row').filter({ hasText: '.jpg' })).toHaveCount(1);
  await expect(rowOf(page, 'busy-1.jpg')).toBeVisible();

  // The batch gets a name that says more than the minute in which it came.
  await page.locator('nav li').nth(1).getByRole('button').first().press('F2');
  await page.getByRole('textbox', { name: 'Name of the batch' }).fill('Branch East');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation')).toContainText('Branch East');
  await running.app.close();
  for (const made of [pictures, running.userData]) removeFolder(made);
});
