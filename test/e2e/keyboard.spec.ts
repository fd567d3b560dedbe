/** The desk without a mouse: from an empty window to decided cards, with the focus never lost. */
import { expect, test, type Page } from '@playwright/test';
import { removeFolder, rowOf, startApplication, tab } from './application';

/** What has the focus, and whether a person can see it: an outline or a ring on it, around it, or on the grid's row. */
async function focusOf(page: Page): Promise<{ place: string; visible: boolean }> {
  return page.evaluate(() => {
    const active = document.activeElement;
    if (!active || active === document.body) return { place: 'body', visible: false };
    const drawn = (element: Element | null | undefined): boolean => {
      if (!element) return false;
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
    };
    // A part of the window that took the focus as a whole is no control: there is nothing to press on it.
    const part = active.getAttribute('tabindex') === '-1';
    const around = [active, active.parentElement, active.querySelector('.row.focused')];
    const place = active.getAttribute('aria-label') ?? active.textContent?.trim() ?? '';
    return { place, visible: part || around.some(drawn) };
  });
}

async function press(page: Page, key: string): Promise<string> {
  await page.keyboard.press(key);
  await expect.poll(() => focusOf(page), `after ${key}`).toMatchObject({ visible: true });
  return (await focusOf(page)).place;
}

/** Tabs until a control has the focus; every stop on the way must show. */
async function tabTo(page: Page, name: string): Promise<void> {
  const passed: string[] = [];
  while (!passed.at(-1)?.startsWith(name)) {
    passed.push(await press(page, 'Tab'));
    expect(passed.length, `${name} among ${passed.join(', ')}`).toBeLessThan(40);
  }
}

test('a reviewer needs no mouse', async () => {
  const { app, page, userData } = await startApplication();
  await expect(page.getByRole('heading', { name: 'Drop pictures of bank cards here' })).toBeVisible();
  await tabTo(page, 'Try with specimen cards');
  await press(page, 'Enter');
  await expect(page.getByRole('grid')).toBeFocused();
  const clean = ['busy-1.jpg', 'busy-2.jpg', 'embossed-1.jpg'];
  for (const name of clean) await expect(rowOf(page, name)).toContainText('To review', { timeout: 90_000 });

  await press(page, 'Home');
  const at = (name: string) => expect(page.getByRole('heading', { name })).toBeVisible();
  const names = await page.getByRole('row').filter({ hasText: '.jpg' }).locator('.name').allTextContents();
  await press(page, 'Enter');
  await at(names[0] ?? '');
  await press(page, 'j');
  await at(names[1] ?? '');
  await press(page, 'k');
  await at(names[0] ?? '');
  await press(page, 'Escape');
  await expect(page.getByRole('grid')).toBeFocused();

  // Found by search, opened and approved as fast as the keys can be pressed.
  for (const name of clean) {
    await press(page, 'Control+f');
    await expect(page.getByRole('textbox', { name: /^Search/ })).toBeFocused();
    await page.keyboard.type(name);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('grid')).toBeFocused();
    await press(page, 'Enter');
    await at(name);
    await press(page, 'a');
    await expect(page.getByRole('status').filter({ hasText: '1 approved' })).toBeVisible();
    await press(page, 'Escape');
    await expect(rowOf(page, name)).toContainText('Approved');
  }
  await press(page, 'Control+f');
  await press(page, 'Escape');
  await press(page, 'Escape');
  await expect(tab(page, 'Approved')).toHaveText(/3$/);

  await press(page, '?');
  const shortcuts = page.getByRole('dialog', { name: 'Shortcuts' });
  await expect(shortcuts).toBeVisible();
  await press(page, 'Escape');
  await expect(shortcuts).toHaveCount(0);
  await expect(page.getByRole('grid')).toBeFocused();

  await tabTo(page, 'Settings');
  await press(page, 'Enter');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await expect(settings).toBeVisible();
  const within = () => settings.evaluate((dialog) => dialog.contains(document.activeElement));
  await expect.poll(within).toBe(true);
  for (let stop = 0; stop < 12; stop += 1) {
    await press(page, 'Tab');
    expect(await within()).toBe(true);
  }
  await press(page, 'Escape');
  await expect(settings).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Settings' })).toBeFocused();

  await app.close();
  removeFolder(userData);
});
