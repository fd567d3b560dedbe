/** Without a keychain a passphrase keeps the records, and only the right one opens them again. */
import { expect, test } from '@playwright/test';
import { dropOn, folderOf, removeFolder, rowOf, startApplication, tab } from './application';

const PASSPHRASE = 'four words for a desk';

test('a passphrase is chosen, a wrong one refused, the right one opens the records', async () => {
  test.skip(process.platform !== 'linux', 'Windows and macOS always have a keychain');
  const pictures = folderOf('flat-1.jpg');
  const first = await startApplication({ passphrase: '' });
  await expect(first.page.getByRole('heading', { name: 'Choose a passphrase' })).toBeVisible();
  const set = first.page.getByRole('button', { name: 'Set and open' });
  await expect(first.page.getByLabel('Passphrase', { exact: true })).toBeFocused();
  await first.page.keyboard.type('short');
  await expect(first.page.getByText('At least 10 characters; here are 5')).toBeVisible();
  await expect(set).toBeDisabled();
  await first.page.getByLabel('Passphrase', { exact: true }).fill(PASSPHRASE);
  await first.page.getByLabel('Once more').fill(`${PASSPHRASE}s`);
  await expect(first.page.getByText('The two do not match')).toBeVisible();
  await first.page.getByLabel('Once more').fill(PASSPHRASE);
  await set.click();
  await expect(first.page.getByRole('heading', { name: 'Drop pictures of bank cards here' })).toBeVisible();
  await dropOn(first.page, [pictures]);
  await expect(tab(first.page, 'To review')).toHaveText(/1$/);
  await first.app.close();

  const { app, page } = await startApplication({ passphrase: '', userData: first.userData });
  await expect(page.getByRole('heading', { name: 'Passphrase' })).toBeVisible();
  await page.keyboard.type('five words for a desk');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Wrong passphrase; try again')).toBeVisible();
  await expect(page.getByRole('grid')).toHaveCount(0);
  // What was typed is selected: typing replaces it.
  await page.keyboard.type(PASSPHRASE);
  await page.keyboard.press('Enter');
  await expect(rowOf(page, 'flat-1.jpg')).toContainText('To review');
  await app.close();
  for (const made of [pictures, first.userData]) removeFolder(made);
});
