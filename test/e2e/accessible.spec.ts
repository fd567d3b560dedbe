/** axe-core on every screen of the real application, in both languages and both looks. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { expectNoViolations } from './axe';
import { removeFolder, startApplication, type Running } from './application';
import { LOOKS, walkDesk, walkPeople } from './screens';

test('no screen of the desk has an axe violation', async () => {
  const running = await startApplication();
  await walkDesk(running, LOOKS, (screen) => expectNoViolations(running.page, screen));
  await running.app.close();
  removeFolder(running.userData);
});

test('signing in, the people and the report have no axe violation', async () => {
  const running = await startApplication();
  await walkPeople(running, LOOKS, (screen) => expectNoViolations(running.page, screen));
  await running.app.close();
  removeFolder(running.userData);
});

test('no lock screen has an axe violation', async () => {
  test.skip(process.platform !== 'linux', 'Windows and macOS always have a keychain');
  for (const { language, words } of [LOOKS[0], LOOKS[1]]) {
    const first = await startApplication({ passphrase: '', language });
    await bothThemes(first, words.lock.newTitle);
    await first.page.getByLabel(words.lock.passphrase, { exact: true }).fill('four words for a desk');
    await first.page.getByLabel(words.lock.confirm).fill('four words for a desk');
    await first.page.getByRole('button', { name: words.lock.set }).click();
    await expect(first.page.getByRole('heading', { name: words.empty.title })).toBeVisible();
    await first.app.close();

    const { userData } = first;
    const locked = await startApplication({ passphrase: '', language, userData });
    await bothThemes(locked, words.lock.title);
    await locked.app.close();
    writeFileSync(path.join(userData, 'profile/profile.json'), '{');
    const broken = await startApplication({ passphrase: '', language, userData });
    await bothThemes(broken, words.lock.cannotOpen);
    await broken.app.close();
    removeFolder(userData);
  }
});

async function bothThemes({ app, page }: Running, title: string): Promise<void> {
  for (const theme of ['light', 'dark'] as const) {
    await app.evaluate(({ nativeTheme }, source) => void (nativeTheme.themeSource = source), theme);
    await expect(page.locator('html')).toHaveClass(theme === 'dark' ? /dark/ : /^(?!.*dark)/);
    await expect(page.getByRole('heading', { name: title })).toBeVisible();
    await expectNoViolations(page, `${title} ${theme}`);
  }
}
