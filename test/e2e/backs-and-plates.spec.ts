/** What intake looks at before it keeps anything: a back with its CVV, and a plate of several cards. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, type Locator, type Page } from '@playwright/test';
import sharp from 'sharp';
import { insideQuad, type Quad } from '../../src/adapters/local-engine/picture/geometry';
import { PICTURE_KINDS, type PictureKind } from '../../src/shared/cards';
import type { CardId } from '../../src/shared/ids';
import { groupCardNumber } from '../../src/shared/number';
import { binTable } from '../../tools/specimens/bin-table-path';
import { loadNumberMaker } from '../../tools/specimens/numbers';
import { seedsOf } from '../../tools/specimens/sets';
import { makeSpecimen, type SpecimenTruth } from '../../tools/specimens/specimen';
import {
  countOn,
  dropOn,
  removeFolder,
  rowOf,
  startApplication,
  tab,
  temporaryFolder,
  type Running,
} from './application';

const TABS = ['To review', 'Approved', 'Rejected', 'Rescan', 'Failed'] as const;
/** Black, as the paint is, with what JPEG makes of it. */
const PAINT = 40;

/** A specimen as a scanner would leave it, and the truth about it. */
async function scan(folder: string, name: string, seed: string): Promise<SpecimenTruth> {
  const { jpeg, truth } = await makeSpecimen(seed, await loadNumberMaker(binTable));
  await writeFile(path.join(folder, name), jpeg);
  return truth;
}

/** What the window gets when it asks for a picture: nothing where there is none. */
async function pictureOf({ app }: Running, id: CardId, kind: PictureKind): Promise<Uint8Array | undefined> {
  const bytes = await app.evaluate(async ({ net }, url) => {
    const answer = await net.fetch(url);
    return answer.ok ? [...new Uint8Array(await answer.arrayBuffer())] : undefined;
  }, `picture://card/${id}/${kind}`);
  return bytes && Uint8Array.from(bytes);
}

/** The cards of that name, in the order in which they came. */
async function idsOf({ page, invoke }: Running, name: string): Promise<readonly CardId[]> {
  const found: CardId[] = [];
  for (let id = 1; id <= (await countOn(page, 'All')); id++) {
    const card = await invoke('cards:detail', { cardId: id });
    if (card.ok && card.value.row.name === name) found.push(card.value.row.id);
  }
  return found;
}

/** The brightest pixel (0-255) where the CVV was. */
async function brightestOf(picture: Uint8Array, cvv: Quad): Promise<number> {
  const { data, info } = await sharp(picture).greyscale().raw().toBuffer({ resolveWithObject: true });
  const within = Array.from(data).filter((_value, at) =>
    insideQuad(cvv, { x: at % info.width, y: Math.floor(at / info.width) }),
  );
  expect(within.length).toBeGreaterThan(500);
  return Math.max(...within);
}

async function tabTo(page: Page, control: Locator): Promise<void> {
  const here = () => control.evaluate((element) => element === document.activeElement);
  for (let stop = 0; stop < 40 && !(await here()); stop++) await page.keyboard.press('Tab');
  await expect(control).toBeFocused();
}

test('a back with its CVV is refused or painted over, and a plate becomes a record for each card', async () => {
  test.setTimeout(300_000);
  const folder = temporaryFolder();
  const back = await scan(folder, 'back.jpg', 'back-2');
  const plate = await scan(folder, 'plate.jpg', seedsOf('plate', 1, 4)[0] ?? '');
  const front = await scan(folder, 'front.jpg', 'flat-1');
  const cards = plate.cards ?? [];
  if (!back.cvv || !front.cardNumber) throw new Error('Expected a CVV on the back and a number on the front');
  const running = await startApplication();
  const { page } = running;

  await dropOn(page, [folder]);
  await expect(tab(page, 'To review')).toHaveText(new RegExp(`${cards.length + 1}$`), { timeout: 120_000 });
  await expect(tab(page, 'Failed')).toHaveText(/1$/);
  const balance = async () => {
    const counts = await Promise.all(TABS.map((word) => countOn(page, word)));
    expect(counts.reduce((sum, count) => sum + count)).toBe(await countOn(page, 'All'));
  };
  await balance();
  expect(await countOn(page, 'All')).toBe(cards.length + 2);

  // Every card of the plate is there under a name of its own, its number read.
  const numbers = [
    ['front.jpg', front.cardNumber] as const,
    ...cards.map(({ cardNumber }, at) => [`plate.jpg (${at + 1}/${cards.length})`, cardNumber] as const),
  ];
  for (const [name, number] of numbers) {
    await rowOf(page, name).click();
    await page.keyboard.press('v');
    await expect(rowOf(page, name), name).toContainText(groupCardNumber(number));
  }
  await page.keyboard.press('Enter');
  await expect(page.getByText('One of several cards on one picture, cut out of it')).toBeVisible();
  await page.keyboard.press('Escape');

  // The back says what to do next, and there is nothing of it to be seen, however it is asked for.
  await rowOf(page, 'back.jpg').click();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Fields' })).toContainText(
    'The back shows its CVV and was not kept; cover the digits and scan again, or scan the front',
  );
  await expect(page.getByText('No picture')).toBeVisible();
  const [refused] = await idsOf(running, 'back.jpg');
  if (refused === undefined) throw new Error('Expected the back on the list');
  await expect(page.locator(`img[src*="/${refused}/"]`)).toHaveCount(0);
  await page.keyboard.press('Escape');
  for (const kind of PICTURE_KINDS) expect(await pictureOf(running, refused, kind), kind).toBeUndefined();

  // From now on the digits are painted over.
  await tabTo(page, page.getByRole('button', { name: 'Settings', exact: true }));
  await page.keyboard.press('Enter');
  const settings = page.getByRole('dialog', { name: 'Settings' });
  await tabTo(page, settings.getByRole('tab', { name: 'General' }));
  await page.keyboard.press('ArrowDown');
  await expect(settings.getByRole('tab', { name: 'Recognition' })).toBeFocused();
  await tabTo(page, settings.getByRole('radio', { name: 'Refuse it' }));
  await page.keyboard.press('ArrowRight');
  await expect(settings.getByRole('radio', { name: 'Paint it over' })).toBeFocused();
  await expect(settings.getByText('Only the painted picture is kept')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(settings).toHaveCount(0);

  const before = await countOn(page, 'All');
  await dropOn(page, [path.join(folder, 'back.jpg')]);
  await expect(tab(page, 'All')).toHaveText(new RegExp(`${before + 1}$`));
  await expect(page.getByRole('button', { name: /^(Taking in|Waiting|Recognising)/ })).toHaveCount(0);
  await balance();
  // Nothing of that batch could be read, and nobody has reviewed it.
  await expect(page.getByRole('button').filter({ hasText: '1 · Failed' })).toBeVisible();
  const painted = (await idsOf(running, 'back.jpg')).at(-1);
  if (painted === undefined || painted === refused) throw new Error('Expected the back a second time');
  const cvv = back.cvv.map(([x, y]) => ({ x, y })) as unknown as Quad;
  const kept = await pictureOf(running, painted, 'original');
  if (!kept) throw new Error('Expected the painted picture');
  expect(await brightestOf(await readFile(path.join(folder, 'back.jpg')), cvv)).toBeGreaterThan(PAINT);
  expect(await brightestOf(kept, cvv)).toBeLessThan(PAINT);

  await running.app.close();
  for (const made of [folder, running.userData]) removeFolder(made);
});
