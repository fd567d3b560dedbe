/** Two people and a supervisor: the second sees nothing of the first, they disagree about one card, and a third settles it. */
import { expect, test, type Page } from '@playwright/test';
import type { CardId } from '../../src/shared/ids';
import { dropOn, folderOf, removeFolder, rowOf, startApplication, tab, type Running } from './application';

const PIN = '2468';
const PEOPLE = [
  ['Chen', 'administrator'],
  ['An', 'reviewer'],
  ['Bo', 'reviewer'],
  ['Su', 'supervisor'],
] as const;
const NAMES = ['busy-1.jpg', 'embossed-1.jpg', 'flat-2.jpg'] as const;
/** The digit of the card's number that An sees otherwise. */
const AT = 7;

async function signOut(page: Page): Promise<void> {
  await page.keyboard.press('Control+l');
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
}

/** By keyboard: the first letter of the name, the PIN. */
async function signIn(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('listbox')).toBeFocused();
  await page.keyboard.type(name);
  await expect(page.getByRole('option', { name })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await page.keyboard.type(PIN);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid')).toBeVisible();
}

async function open(page: Page, name: string): Promise<void> {
  await rowOf(page, name).dblclick();
  await expect(page.getByRole('heading', { name })).toBeVisible();
}

async function seen(running: Running, id: CardId): Promise<string> {
  const detail = await running.invoke('cards:detail', { cardId: id });
  return JSON.stringify(detail) + ((await running.page.locator('body').textContent()) ?? '');
}

test('the second of two people decides blind, and a supervisor settles where they differ', async () => {
  const running = await startApplication();
  const { page } = running;
  const folder = folderOf(...NAMES);
  await dropOn(page, [folder]);
  await expect(tab(page, 'To review')).toHaveText(/3$/, { timeout: 60_000 });
  for (const [name, role] of PEOPLE) {
    expect((await running.invoke('people:add', { name, role, pin: PIN })).ok).toBe(true);
  }
  await running.invoke('settings:change', { secondReview: 'all' });
  const ids = new Map<string, CardId>();
  for (const id of [1, 2, 3] as CardId[]) {
    const detail = await running.invoke('cards:detail', { cardId: id });
    if (detail.ok) ids.set(detail.value.row.name, id);
  }
  const idOf = (name: string) => ids.get(name) as CardId;
  const state = async (name: string) => {
    const detail = await running.invoke('cards:detail', { cardId: idOf(name) });
    return detail.ok ? detail.value.row.state : detail.error.code;
  };
  const numberOf = async (name: string) => {
    const answer = await running.invoke('cards:reveal', { cardId: idOf(name) });
    return answer.ok ? (answer.value.value ?? '') : '';
  };
  const read = await numberOf('flat-2.jpg');

  // An approves all three, one of them with another digit and a name of her own.
  await signOut(page);
  await signIn(page, 'An');
  const digit = String((Number(read[AT]) + 1) % 10);
  await open(page, 'flat-2.jpg');
  await page.keyboard.press('e');
  await page.keyboard.press('e');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.press(digit);
  await page.keyboard.press('a');
  await expect.poll(() => state('flat-2.jpg')).toBe('second');
  await page.keyboard.press('Escape');
  for (const name of ['busy-1.jpg', 'embossed-1.jpg']) {
    await rowOf(page, name).click();
    await page.keyboard.press('a');
    await expect.poll(() => state(name)).toBe('second');
  }
  // She cannot be the second of her own. What she presses is about the card as the list shows it: that it waits for another.
  await expect(rowOf(page, 'busy-1.jpg')).toContainText('Second review');
  await rowOf(page, 'busy-1.jpg').click();
  await page.keyboard.press('a');
  await expect(page.getByText('One person cannot do both; leave it to somebody else')).toBeVisible();
  expect(await state('busy-1.jpg')).toBe('second');

  // Bo sees what was read, and nothing of An's.
  await signOut(page);
  await signIn(page, 'Bo');
  expect(await numberOf('flat-2.jpg')).toBe(read);
  await open(page, 'flat-2.jpg');
  await expect(page.getByText('what the first person did is not shown')).toBeVisible();
  const sight = await seen(running, idOf('flat-2.jpg'));
  expect(sight).not.toContain('"An"');
  expect(sight).not.toContain('firstApproved');
  expect(sight).not.toMatch(/"what":"corrected"|"corrected":true/);
  await page.keyboard.press('Escape');
  for (const name of NAMES) {
    await rowOf(page, name).click();
    await page.keyboard.press('a');
    await expect.poll(() => state(name)).not.toBe('second');
  }
  expect([await state('busy-1.jpg'), await state('embossed-1.jpg'), await state('flat-2.jpg')]).toEqual([
    'approved',
    'approved',
    'disputed',
  ]);
  await open(page, 'flat-2.jpg');
  await expect(page.getByText('a supervisor who was neither settles it')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Take/ })).toHaveCount(0);

  // Su sees both sides and takes An's.
  await signOut(page);
  await signIn(page, 'Su');
  await tab(page, 'Disputed').click();
  await open(page, 'flat-2.jpg');
  const dispute = page.getByRole('region', { name: 'Two people disagree' });
  await expect(dispute.getByRole('columnheader', { name: 'An' })).toBeVisible();
  await expect(dispute.getByRole('columnheader', { name: 'Bo' })).toBeVisible();
  await page.keyboard.press('v');
  await expect(dispute.locator('mark').first()).toHaveText(digit);
  await page.keyboard.press('1');
  await expect.poll(() => state('flat-2.jpg')).toBe('approved');
  const taken = read.slice(0, AT) + digit + read.slice(AT + 1);
  expect(await numberOf('flat-2.jpg')).toBe(taken);
  // The card stays on the screen, nothing else being left: it shows the side that was taken, not the other one.
  const shown = page.getByRole('region', { name: 'Card number' }).locator('.value');
  await expect.poll(async () => ((await shown.textContent()) ?? '').replace(/\s/g, '') === taken).toBe(true);
  const settled = await running.invoke('cards:detail', { cardId: idOf('flat-2.jpg') });
  expect(settled.ok && settled.value.history.map(({ who, what }) => `${who} ${what}`)).toEqual(
    expect.arrayContaining(['An firstApproved', 'Bo disputed', 'Su settled']),
  );

  await running.app.close();
  removeFolder(folder);
  removeFolder(running.userData);
});
