/** The built application with freshly generated cards that the local engine has read, and what is really on them. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import {
  countOn,
  dropOn,
  removeFolder,
  startApplication,
  temporaryFolder,
  type Running,
} from '../../e2e/application';
import { loadNumberMaker } from '../../../tools/specimens/numbers';
import { seedsOf } from '../../../tools/specimens/sets';
import { makeSpecimen } from '../../../tools/specimens/specimen';
import type { CardId } from '../../../src/shared/ids';
import { LONGEST_WAIT_MS } from '../patience';
import { electron } from './electron';

export const CARDS = 30;
/** Numbers of seeds that no other measurement uses. */
const FIRST_SEED = 7101;

export interface CardDesk {
  readonly running: Running;
  /** Card numbers by the file's name. */
  readonly truth: ReadonlyMap<string, string>;
  /** In the order in which they stand in the grid. */
  readonly ids: readonly CardId[];
  close(): Promise<void>;
}

export async function openDeskOfCards(): Promise<CardDesk> {
  const folder = path.join(temporaryFolder(), 'cards');
  await mkdir(folder);
  const makeNumber = await loadNumberMaker(path.resolve('resources/bin-table.json'));
  const truth = new Map<string, string>();
  for (const seed of seedsOf('good', CARDS, FIRST_SEED)) {
    const specimen = await makeSpecimen(seed, makeNumber);
    await writeFile(path.join(folder, specimen.truth.file), specimen.jpeg);
    if (specimen.truth.cardNumber) truth.set(specimen.truth.file, specimen.truth.cardNumber);
  }
  const running = await startApplication({ electron: electron(), waitMs: LONGEST_WAIT_MS });
  const { page } = running;
  await dropOn(page, [folder]);
  const until = Date.now() + LONGEST_WAIT_MS;
  const read = async () => (await countOn(page, 'To review')) + (await countOn(page, 'Failed'));
  await page.getByRole('grid').waitFor();
  while ((await read()) < CARDS) {
    if (Date.now() > until) throw new Error(`Expected ${CARDS} cards to be read but ${await read()} were`);
    await page.waitForTimeout(500);
  }
  // An order that corrections do not change.
  await page.locator('[data-column="name"] [data-head]').click();
  await page
    .getByRole('columnheader', { name: 'File' })
    .and(page.locator('[aria-sort="ascending"]'))
    .waitFor();
  const view = await running.invoke('view:open', {
    filter: {},
    sort: { key: 'name', descending: false },
  });
  const { rows } = await running.invoke('view:rows', { viewId: view.viewId, from: 0, to: CARDS });
  // That was another view than the window's own: it opens its own again.
  await page.getByRole('toolbar', { name: 'Filter by state' }).getByRole('button', { name: /^All/ }).click();
  return {
    running,
    truth,
    ids: rows.map(({ id }) => id),
    async close() {
      await running.app.close();
      removeFolder(running.userData);
      removeFolder(path.dirname(folder));
    },
  };
}

/** Opens the first card by keyboard and waits until it is seen. */
export async function openFirst({ running: { page }, ids }: CardDesk): Promise<void> {
  await page.getByRole('grid').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await page.locator(`[data-painted="${ids[0]}"]`).waitFor();
}
