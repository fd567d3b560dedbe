/** Keys that a person chose: found, changed and kept without a mouse. */
import { expect, test, type ElectronApplication, type Page } from '@playwright/test';
import { folderOf, dropOn, removeFolder, rowOf, startApplication, tab } from './application';

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Shortcuts' });

async function tabTo(page: Page, name: RegExp): Promise<void> {
  const focused = () =>
    page.evaluate(
      () => document.activeElement?.getAttribute('aria-label') ?? document.activeElement?.textContent,
    );
  for (let stop = 0; stop < 120; stop += 1) {
    if (name.test((await focused()) ?? '')) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`Expected a stop at ${name}`);
}

/** What the menus show: label and key of an item. */
function menuKey(app: ElectronApplication, label: string): Promise<string | undefined> {
  return app.evaluate(({ Menu }, wanted) => {
    const items = Menu.getApplicationMenu()?.items.flatMap((menu) => menu.submenu?.items ?? []) ?? [];
    return items.find((item) => item.label === wanted)?.accelerator?.toString();
  }, label);
}

function menuOffers(app: ElectronApplication, label: string): Promise<boolean | undefined> {
  return app.evaluate(({ Menu }, wanted) => {
    const items = Menu.getApplicationMenu()?.items.flatMap((menu) => menu.submenu?.items ?? []) ?? [];
    return items.find((item) => item.label === wanted)?.enabled;
  }, label);
}

/** As a press on the item would. */
function pressMenu(app: ElectronApplication, label: string): Promise<void> {
  return app.evaluate(({ Menu }, wanted) => {
    const items = Menu.getApplicationMenu()?.items.flatMap((menu) => menu.submenu?.items ?? []) ?? [];
    items.find((item) => item.label === wanted)?.click();
  }, label);
}

test('a reviewer approves with another key, and still does after a restart', async () => {
  const names = ['busy-1.jpg', 'busy-2.jpg', 'embossed-1.jpg'];
  const pictures = folderOf(...names);
  const first = await startApplication();
  const { page, userData } = first;
  await dropOn(page, [pictures]);
  for (const name of names) await expect(rowOf(page, name)).toContainText('To review', { timeout: 90_000 });
  const said = (text: string) => expect(dialogOf(page).getByRole('status')).toHaveText(text);

  await page.getByRole('grid').focus();
  await page.keyboard.press('?');
  await expect(dialogOf(page)).toBeVisible();
  await tabTo(page, /^Find a command/);
  await page.keyboard.type('approve');
  await expect(dialogOf(page).getByRole('listitem')).toHaveCount(1);
  await tabTo(page, /^Approve: A\./);
  await page.keyboard.press('Enter');
  await said('Press the new key for “Approve”. Esc cancels.');

  // What other parts need is refused; a key in use is told and can be left alone.
  await page.keyboard.press('Tab');
  await said('Tab belongs to the system.');
  await page.keyboard.press('Control+s');
  await said('Ctrl+S is the menu’s key for “Export sheet…”.');
  await page.keyboard.press('r');
  await said('R already does “Reject…”.');
  await page.keyboard.press('Escape');
  await said('Cancelled, nothing was changed');
  await expect(dialogOf(page).getByRole('button', { name: 'Approve: A.' })).toBeFocused();

  await page.keyboard.press('Enter');
  await page.keyboard.press('F2');
  await said('F2 now does “Approve”');
  await expect(dialogOf(page).getByRole('button', { name: 'Approve: F2.' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(dialogOf(page)).toHaveCount(0);
  await expect(page.getByRole('grid')).toBeFocused();
  await expect(page.getByRole('button', { name: 'Approve', exact: true })).toContainText('F2');
  expect(await menuKey(first.app, 'Approve')).toBe('F2');

  await rowOf(page, 'busy-1.jpg').click();
  await page.keyboard.press('a');
  await page.keyboard.press('F2');
  await expect(tab(page, 'Approved')).toHaveText(/1$/);
  // One step leads back to none: the old key did nothing.
  await page.keyboard.press('Control+z');
  await expect(tab(page, 'Approved')).toHaveText(/0$/);
  await first.app.close();

  const again = await startApplication({ userData });
  await expect(again.page.getByRole('button', { name: 'Approve', exact: true })).toContainText('F2');
  await rowOf(again.page, 'busy-2.jpg').click();
  await again.page.keyboard.press('F2');
  await expect(rowOf(again.page, 'busy-2.jpg')).toContainText('Approved');
  expect(await menuKey(again.app, 'Approve')).toBe('F2');

  // The menus offer what means something: the picture's commands only beside a picture.
  await expect.poll(() => menuOffers(again.app, 'Zoom in')).toBe(false);
  await rowOf(again.page, 'embossed-1.jpg').dblclick();
  await expect.poll(() => menuOffers(again.app, 'Zoom in')).toBe(true);
  await again.page.keyboard.press('Escape');
  await expect(again.page.getByRole('grid')).toBeFocused();
  await pressMenu(again.app, 'Approve');
  await expect(rowOf(again.page, 'embossed-1.jpg')).toContainText('Approved');
  await again.app.close();
  for (const made of [pictures, userData]) removeFolder(made);
});

test('the columns of the grid stay as a reviewer left them', async () => {
  const pictures = folderOf('busy-1.jpg');
  const first = await startApplication();
  const { page, userData } = first;
  await dropOn(page, [pictures]);
  await expect(rowOf(page, 'busy-1.jpg')).toBeVisible();
  const heads = (on: Page) => on.getByRole('columnheader').allTextContents();
  const words = async (on: Page) =>
    (await heads(on)).map((text) => text.trim()).filter((text) => text !== '');

  await tabTo(page, /^Columns$/);
  await page.keyboard.press('Enter');
  await page.getByRole('checkbox', { name: 'Quality' }).press('Space');
  await page.getByRole('checkbox', { name: 'Card type' }).press('Space');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Columns', exact: true })).toBeFocused();

  await page.getByRole('button', { name: 'State' }).focus();
  await page.keyboard.press('Alt+Shift+ArrowLeft');
  await expect(page.getByText(/^State is now column \d+ of \d+$/)).toBeAttached();
  await expect(page.getByRole('button', { name: 'State' })).toBeFocused();
  const before = await page.getByRole('columnheader', { name: 'State' }).boundingBox();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(page.getByText(/^State: \d+ pixels wide$/)).toBeAttached();
  const width = async (on: Page) =>
    (await on.getByRole('columnheader', { name: 'State' }).boundingBox())?.width ?? 0;
  expect(await width(page)).toBeCloseTo((before?.width ?? 0) + 16, -1);

  const left = await words(page);
  expect(left).toContain('Quality');
  expect(left).not.toContain('Card type');
  expect(left.indexOf('State')).toBe(left.indexOf('Doubts') - 1);
  const wide = await width(page);
  await first.app.close();

  const again = await startApplication({ userData });
  await expect(rowOf(again.page, 'busy-1.jpg')).toBeVisible();
  expect(await words(again.page)).toEqual(left);
  expect(await width(again.page)).toBe(wide);
  await again.app.close();
  for (const made of [pictures, userData]) removeFolder(made);
});
