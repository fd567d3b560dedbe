/** A hundred thousand cards: whatever a person knows of one finds it, and nothing is out of reach. */
import { expect, test, type Page } from '@playwright/test';
import { found, inStore, sorted } from '../bench/review/expected';
import { makeCards, seedProfile, type ManyCard } from '../helpers/many-cards';
import { removeFolder, rowOf, startApplication, tab, temporaryFolder, type Running } from './application';

const CARDS = 100_000;

let running: Running;
let userData: string;
const cards = inStore(makeCards(CARDS));

test.beforeAll(async () => {
  userData = temporaryFolder();
  seedProfile(userData, CARDS);
  running = await startApplication({ userData });
});

test.afterAll(async () => {
  await running.app.close();
  removeFolder(userData);
});

/** Types into the search and waits for what it has to find: so many cards, the riskiest first. */
async function search(page: Page, text: string): Promise<readonly ManyCard[]> {
  const expected = sorted(found(cards, text), 'risk', true);
  await page.keyboard.press('Control+f');
  await page.getByRole('textbox', { name: /^Search/ }).fill(text);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('grid')).toBeFocused();
  await expectRows(page, expected);
  return expected;
}

async function expectRows(page: Page, expected: readonly ManyCard[]): Promise<void> {
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(expected.length + 1));
  const first = expected.slice(0, 8);
  await expect
    .poll(() => page.locator('.body > [role="row"] .name').allTextContents())
    .toEqual(expect.arrayContaining(first.map(({ name }) => name)));
}

const spaced = (digits: string) => digits.replace(/.{4}(?=.)/g, '$& ');

test('a card is found by its number, its last four digits, its bank and its file', async () => {
  const { page } = running;
  await expect(tab(page, 'All')).toHaveText(/100,000$/);
  const one = cards.find(({ fields }, at) => at > 60_000 && fields.cardNumber !== undefined);
  const number = one?.fields.cardNumber ?? '';

  // Numbers are in no message: what does not fit is told by its file.
  expect((await search(page, spaced(number))).map(({ name }) => name)).toEqual([one?.name]);
  await expect(rowOf(page, one?.name ?? '')).toBeVisible();
  expect((await search(page, number.slice(-4))).length).toBeGreaterThan(1);
  expect((await search(page, '兴业')).length).toBeGreaterThan(1000);
  expect(await search(page, one?.name ?? '')).toHaveLength(1);

  await page.keyboard.press('Control+f');
  await page.getByRole('textbox', { name: /^Search/ }).fill('no such card');
  await page.keyboard.press('Enter');
  await expect(page.getByText('No card fits')).toBeVisible();
  await search(page, '');
});

test('all cards of a search are held at once, however few of them are seen', async () => {
  const { page } = running;
  const some = await search(page, '招商');
  await page.locator('[data-column="cardNumber"] [data-head]').click();
  await expectRows(page, sorted(some, 'cardNumber', false));
  await page.getByRole('grid').press('Control+a');
  const pending = some.filter(({ state }) => state.kind === 'pending').length;
  const held = some.filter(({ state }) => state.kind === 'held').length;
  await expect(page.getByText(`${some.length.toLocaleString('en')} selected`)).toBeVisible();
  await page.getByRole('grid').press('h');
  await expect(tab(page, 'On hold')).toHaveText(new RegExp(`${(pending + held).toLocaleString('en')}$`));
  await page.keyboard.press('Control+z');
  await expect(tab(page, 'On hold')).toHaveText(new RegExp(`\\D${held.toLocaleString('en')}$`));
});

test('the last of all cards is one key away', async () => {
  const { page } = running;
  await page.getByRole('textbox', { name: /^Search/ }).fill('');
  await page.locator('[data-column="name"] [data-head]').click();
  const byName = sorted(cards, 'name', false);
  await expectRows(page, byName);
  await page.getByRole('grid').press('End');
  await expect(rowOf(page, byName.at(-1)?.name ?? '')).toBeInViewport();
  await expect(rowOf(page, byName.at(-1)?.name ?? '')).toHaveClass(/focused/);
  await page.getByRole('grid').press('Home');
  await page.getByRole('grid').evaluate((grid) => (grid.scrollTop = grid.scrollHeight));
  await expect(rowOf(page, byName.at(-1)?.name ?? '')).toBeInViewport();
});
