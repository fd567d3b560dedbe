/** All screens of the desk, one after the other, for whoever has something to look for on each. */
import { expect as atOnce } from '@playwright/test';
import { en } from '../../src/shared/messages/window/en';
import { zh } from '../../src/shared/messages/window/zh-CN';
import { dropOn, folderOf, removeFolder, type Running } from './application';

export const LOOKS = [
  { language: 'en', theme: 'light', words: en },
  { language: 'zh-CN', theme: 'dark', words: zh },
  { language: 'en', theme: 'dark', words: en },
  { language: 'zh-CN', theme: 'light', words: zh },
] as const;
export type Look = (typeof LOOKS)[number];

/** Outside of Playwright's runner its own patience is five seconds, whatever the configuration says. */
const patiently = ({ waitMs }: Running) => atOnce.configure({ timeout: waitMs });
/** Until an engine has read some cards. */
const READ_WITHIN_MS = 90_000;

async function setLook(running: Running, { language, theme }: Look): Promise<void> {
  const { invoke, page } = running;
  const expect = patiently(running);
  await invoke('settings:change', { language, theme });
  await expect(page.locator('html')).toHaveAttribute('lang', language);
  await expect(page.locator('html')).toHaveClass(theme === 'dark' ? /dark/ : /^(?!.*dark)/);
}

/** Called on each screen; the name says which, in which language and look. */
export type Check = (screen: string) => Promise<void>;

/** From the empty desk on; takes in cards of its own. */
export async function walkDesk(running: Running, looks: readonly Look[], check: Check): Promise<void> {
  const { page } = running;
  const expect = patiently(running);
  const pictures = folderOf('flat-2.jpg', 'expired-1.jpg', 'idCard-1.jpg', 'reshoot-1.jpg');
  for (const look of looks) {
    await setLook(running, look);
    await expect(page.getByRole('heading', { name: look.words.empty.title })).toBeVisible();
    await check(`empty ${look.language} ${look.theme}`);
  }
  await dropOn(page, [pictures]);
  await expect(page.getByRole('row').filter({ hasText: 'expired-1.jpg' }).locator('.warnings')).not.toBeEmpty(
    { timeout: Math.max(READ_WITHIN_MS, running.waitMs) },
  );
  for (const look of looks) {
    await setLook(running, look);
    await eachScreen(running, look, (screen) => check(`${screen} ${look.language} ${look.theme}`));
  }
  removeFolder(pictures);
}

async function eachScreen(running: Running, { words }: Look, check: Check): Promise<void> {
  const { page } = running;
  const expect = patiently(running);
  const shut = async () => {
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  };
  /** A key that another command has: A, then R. */
  const conflict = async () => {
    await page.getByRole('dialog').locator('[data-command="approve"] [data-key="A"]').click();
    await check('listening');
    await page.keyboard.press('r');
    await expect(page.getByRole('button', { name: words.keys.takeOver })).toBeFocused();
    await check('conflict');
    await page.keyboard.press('Escape');
  };
  const eachSection = async () => {
    for (const section of ['recognition', 'review', 'doubts', 'people', 'general'] as const) {
      await page.getByRole('tab', { name: words.sections[section] }).click();
      await check(`settings ${section}`);
      if (section !== 'people') continue;
      await page.getByRole('button', { name: words.people.addSelf }).click();
      await check('first person');
    }
  };
  await check('grid');
  await page.getByRole('button', { name: words.grid.columns, exact: true }).click();
  await expect(page.getByRole('dialog', { name: words.grid.columns })).toBeVisible();
  await check('columns');
  await shut();
  await page.keyboard.press('f');
  await expect(page.locator('.filters input').first()).toBeFocused();
  await check('filters of columns');
  await page.keyboard.press('Escape');
  await page.keyboard.press('f');
  const grouping = page.getByRole('combobox', { name: words.grid.group, exact: true });
  await grouping.selectOption('state');
  await expect(
    page
      .getByRole('row')
      .filter({ has: page.locator('[aria-expanded]') })
      .first(),
  ).toBeVisible();
  await check('groups');
  await grouping.selectOption('');
  await page.getByRole('grid').focus();
  await page.keyboard.press('w');
  await expect(page.getByRole('button', { name: words.grid.wall, exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await expect(page.getByRole('option').locator('.digit').first()).toBeVisible();
  await page.keyboard.press('Space');
  await check('digit wall');
  await page.keyboard.press('Space');
  await page.keyboard.press('w');
  await page.getByRole('row').filter({ hasText: 'expired-1.jpg' }).click();
  await page.keyboard.press('a');
  await expect(page.getByRole('alertdialog')).toBeVisible();
  await check('acknowledge');
  await page.keyboard.press('Escape');
  await page.keyboard.press('r');
  await expect(page.getByRole('dialog')).toBeVisible();
  await check('reason');
  await shut();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: words.card.back })).toBeVisible();
  for (const part of await page.locator('summary').all()) await part.click();
  await check('card');
  await page.keyboard.press('e');
  await expect(page.getByText(words.card.sameAsReading)).toBeVisible();
  await check('number editor');
  await page.keyboard.press('Escape');
  await page.keyboard.press('x');
  await check('framing');
  await page.keyboard.press('Escape');
  await page.keyboard.press('l');
  await check('magnifier');
  await page.keyboard.press('l');
  await page.keyboard.press('Escape');
  for (const [screen, button] of [
    ['settings', words.app.settings],
    ['report', words.report.button],
    ['export', words.app.export],
    ['shortcuts', words.app.shortcuts],
  ] as const) {
    await page.getByRole('button', { name: button, exact: true }).click();
    await expect(page.getByRole('dialog')).toBeVisible();
    await check(screen);
    if (screen === 'shortcuts') await conflict();
    if (screen === 'settings') await eachSection();
    if (screen === 'report') {
      await page.locator('[aria-expanded="false"]', { hasText: words.report.inReview }).click();
      await check('report opened');
    }
    await shut();
  }
  await page.getByRole('button', { name: words.app.add }).click();
  await page.getByRole('menuitem', { name: words.app.addLinks }).click();
  await expect(page.getByRole('textbox', { name: words.links.label })).toBeFocused();
  await check('links');
  await shut();
}

/** With two people at the desk: what only then is there. */
export async function walkPeople(running: Running, looks: readonly Look[], each: Check): Promise<void> {
  const { page, invoke } = running;
  const expect = patiently(running);
  const pictures = folderOf('flat-2.jpg', 'expired-1.jpg', 'idCard-1.jpg');
  await dropOn(page, [pictures]);
  await expect(page.getByRole('row').filter({ hasText: 'flat-2.jpg' })).toContainText('To review');
  await invoke('people:add', { name: 'Li Na', role: 'administrator', pin: '1111' });
  await invoke('people:add', { name: '王磊', role: 'reviewer', pin: '2222' });
  await page.getByRole('row').filter({ hasText: 'flat-2.jpg' }).click();
  await page.keyboard.press('a');
  await expect(page.getByRole('row').filter({ hasText: 'flat-2.jpg' })).toContainText('Approved');
  for (const look of looks) {
    await setLook(running, look);
    const { words } = look;
    const check = (screen: string) => each(`${screen} ${look.language} ${look.theme}`);
    await page.getByRole('button', { name: words.report.button, exact: true }).click();
    await expect(page.getByRole('region', { name: words.report.reviewers })).toBeVisible();
    await check('report with a decision');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.getByRole('button', { name: words.app.settings, exact: true }).click();
    await page.getByRole('tab', { name: words.sections.people }).click();
    await page.getByRole('button', { name: words.people.add, exact: true }).click();
    await page.getByRole('button', { name: words.people.resetPin.replace('{name}', '王磊') }).click();
    await check('people');
    await page.getByRole('dialog').getByRole('button', { name: words.app.cancel }).first().click();
    await page.getByRole('tab', { name: words.sections.review }).click();
    await check('review with people');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toHaveCount(0);
    await page.locator('.current').first().getByRole('button').first().press('F2');
    await check('side bar');
    await page.keyboard.press('Control+l');
    await expect(page.getByRole('heading', { name: words.people.title })).toBeVisible();
    await check('sign-in');
    await page.getByLabel(words.people.pin, { exact: true }).fill('9999');
    await page.keyboard.press('Enter');
    await expect(page.locator('#sign-in-problem')).not.toBeEmpty();
    await check('wrong PIN');
    await page.getByLabel(words.people.pin, { exact: true }).fill('1111');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('grid')).toBeVisible();
  }
  removeFolder(pictures);
}
