/** Rows keep their nodes while they are scrolled: whatever a person sees, presses or hears of is still about its own card. */
import { expect, test, type Page } from '@playwright/test';
import { inStore, sorted } from '../bench/review/expected';
import { makeCards, seedProfile } from '../helpers/many-cards';
import { GRID_COLUMN_NAMES } from '../../src/shared/grid';
import { folderOf, removeFolder, startApplication, temporaryFolder, type Running } from './application';

const CARDS = 3000;
const ROW_PX = 44;

let running: Running;
let userData: string;
const cards = inStore(makeCards(CARDS));
/** A card's number in the store by its file's name: they were taken in one after the other. */
const idOf = new Map(cards.map(({ name }, at) => [name, at + 1]));
const inOrder = sorted(cards, 'risk', true);

test.beforeAll(async () => {
  userData = temporaryFolder();
  const thumbs = folderOf('flat-1.jpg', 'flat-2.jpg', 'busy-1.jpg');
  seedProfile(userData, CARDS, thumbs);
  removeFolder(thumbs);
  running = await startApplication({ userData });
  await expect(running.page.locator('.body img').first()).toBeVisible();
});

test.afterAll(async () => {
  await running.app.close();
  removeFolder(userData);
});

const rowAt = (page: Page, index: number) => page.locator(`.body > [data-index="${index}"]`);
const scrollTo = (page: Page, top: number) =>
  page.getByRole('grid').evaluate((grid, to) => grid.scrollTo({ top: to }), top);

/** Waits until there is no ghost, and answers what stands where. */
async function settled(page: Page) {
  await expect(page.locator('.body .ghost')).toHaveCount(0);
  return page.locator('.body > [data-index]').evaluateAll((rows) =>
    rows.map((row) => ({
      index: Number((row as HTMLElement).dataset['index']),
      name: row.querySelector('.name')?.textContent?.trim() ?? '',
      picture: Number(/card\/(\d+)\/thumb/.exec(row.querySelector('img')?.src ?? '')?.[1]),
      drawn: (row.querySelector('img')?.naturalWidth ?? 0) > 0,
    })),
  );
}

/** Each row in the page is of the card that the view has there, and so is its picture. */
async function expectOwnRows(page: Page) {
  const rows = await settled(page);
  for (const { index, name, picture } of rows) {
    expect(name, `row ${index}`).toBe(inOrder[index]?.name);
    expect(picture, `the picture of row ${index}`).toBe(idOf.get(name));
  }
  return rows;
}

test('the picture beside a number is its own card’s, also where it comes late', async () => {
  const { page } = running;
  await expect.poll(async () => (await settled(page)).some(({ drawn }) => drawn)).toBe(true);
  // An image that is given another address shows what it showed until the new picture has come: none may be.
  await page.evaluate(() => {
    const cardOf = (address: string | null) => /card\/(\d+)\//.exec(address ?? '')?.[1];
    const given: string[] = [];
    Object.assign(window, { given });
    new MutationObserver((changes) => {
      for (const { target, oldValue } of changes) {
        const image = target as HTMLImageElement;
        if (cardOf(oldValue) !== cardOf(image.getAttribute('src'))) given.push(image.src);
      }
    }).observe(document.body, { subtree: true, attributeFilter: ['src'], attributeOldValue: true });
  });
  for (const top of [7, 20, 60, 400, 1200, 30, 3]) {
    await scrollTo(page, top * ROW_PX);
    await expect(rowAt(page, top)).toBeVisible();
    await expectOwnRows(page);
  }
  expect(await page.evaluate(() => (window as unknown as { given: string[] }).given)).toEqual([]);
});

test('a press on a row is no click on the card that its node was given meanwhile', async () => {
  const { page } = running;
  await scrollTo(page, 100 * ROW_PX);
  await settled(page);
  await rowAt(page, 104).click();
  await expect(rowAt(page, 104)).toHaveClass(/focused/);

  const place = await rowAt(page, 106).boundingBox();
  const at = { x: (place?.x ?? 0) + 300, y: (place?.y ?? 0) + ROW_PX / 2 };
  const pressed = await rowAt(page, 106).elementHandle();
  await page.mouse.move(at.x, at.y);
  await page.mouse.down();
  // On to where the pressed node is beneath the pointer again, as another row.
  await scrollTo(page, 110 * ROW_PX);
  await expect(rowAt(page, 112)).toBeVisible();
  for (let by = 11; by < 200 && (await indexUnder(page, pressed)) === 106; by++) {
    await scrollTo(page, (100 + by) * ROW_PX);
    await settled(page);
  }
  const other = await indexUnder(page, pressed);
  expect(other).toBeGreaterThan(106);
  await scrollTo(page, (100 + other - 106) * ROW_PX);
  await settled(page);
  expect(await indexUnder(page, pressed)).toBe(other);
  await expect(rowAt(page, other)).toBeInViewport();
  await page.mouse.up();
  await page.keyboard.press('ArrowDown');
  // The keys go on from the card that was chosen.
  await expect(rowAt(page, 105)).toHaveClass(/focused/);
});

const indexUnder = (page: Page, node: Awaited<ReturnType<ReturnType<typeof rowAt>['elementHandle']>>) =>
  page.evaluate((row) => Number((row as HTMLElement | null)?.dataset['index']), node);

test('the focus and the selection stay with their cards, for screen readers too', async () => {
  const { page } = running;
  const grid = page.getByRole('grid');
  await scrollTo(page, 200 * ROW_PX);
  await settled(page);
  await rowAt(page, 204).click();
  await rowAt(page, 206).locator('.check').click();
  for (const top of [201, 215, 240, 700, 202]) {
    await scrollTo(page, top * ROW_PX);
    await expect(rowAt(page, top)).toBeVisible();
    await settled(page);
    const marked = await page
      .locator('.body > :is(.focused, [aria-selected="true"])')
      .evaluateAll((rows) => rows.map((row) => [row.id, row.getAttribute('aria-rowindex')]));
    const active = await grid.getAttribute('aria-activedescendant');
    expect(active === null || active === 'row-206').toBe(true);
    for (const [id, rowIndex] of marked) expect([id, rowIndex]).toEqual(['row-206', '208']);
    const owned = (await page.locator('.body').getAttribute('aria-owns'))?.split(' ') ?? [];
    const present = (await settled(page)).map(({ index }) => index).sort((one, other) => one - other);
    expect(owned).toEqual(present.map((index) => `row-${index}`));
    if (top < 206) expect([active, marked.length]).toEqual(['row-206', 1]);
  }
  await page.keyboard.press('Escape');
});

test('no cell sticks where nothing is scrolled sideways, and the number does where something is', async () => {
  const { page, invoke } = running;
  const positions = () =>
    page.locator('.body > .row:not(:has(.ghost)) > *').evaluateAll((cells) => {
      const all = cells.map((cell) => [cell.classList[0] ?? '', getComputedStyle(cell).position] as const);
      return [...new Set(all.filter(([, position]) => position === 'sticky').map(([name]) => name))];
    });
  await scrollTo(page, 200 * ROW_PX);
  await expect(rowAt(page, 206)).toBeVisible();
  await settled(page);
  expect(await positions()).toEqual([]);

  const columns = GRID_COLUMN_NAMES.map((name) => ({ name, hidden: false, width: 200 }));
  await invoke('settings:change', { grid: { columns } });
  await expect.poll(positions).toEqual(['check', 'picture', 'cardNumber']);
  const number = rowAt(page, 206).locator('.cardNumber');
  await page.getByRole('grid').evaluate((grid) => grid.scrollTo({ left: 900 }));
  await expect(number).toBeInViewport({ ratio: 1 });
  await expect(rowAt(page, 206).locator('.risk')).not.toBeInViewport();

  await invoke('settings:change', { grid: { columns: [] } });
  await expect.poll(positions).toEqual([]);
});

test('rows are there as soon as a hurried scroll has come to rest', async () => {
  const { page } = running;
  await page.getByRole('grid').evaluate(
    (grid) =>
      new Promise<void>((resolve) => {
        let frames = 0;
        const step = () => {
          grid.scrollTop += 3000;
          if (++frames < 30) requestAnimationFrame(step);
          else resolve();
        };
        step();
      }),
  );
  await expectOwnRows(page);
  await expect(page.getByRole('grid')).not.toHaveClass(/hurried/);
  await scrollTo(page, 0);
  await expectOwnRows(page);
  await expect(rowAt(page, 0)).toBeInViewport();
});
