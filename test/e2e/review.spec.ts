/** Thirty cards at the review desk: by keyboard alone, taken back step by step, and looked at as a wall of digits. */
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { CardId } from '../../src/shared/ids';
import { dropOn, removeFolder, startApplication, tab, temporaryFolder, type Running } from './application';

const CARDS = 30;
const PLANTED = 6;
const RESCANS = 14;

let running: Running;
let folder: string;
/** The number on each picture, by file. */
let truth: ReadonlyMap<string, string>;
const ids = Array.from({ length: CARDS }, (_none, at) => (at + 1) as CardId);

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  // Thirty pictures are drawn and read: a busy machine takes its time.
  test.setTimeout(300_000);
  folder = temporaryFolder();
  const generator = path.resolve('tools/specimens/generate.ts');
  const args = ['--out', folder, '--count', String(CARDS), '--seed', '40', '--set', 'good'];
  execFileSync(process.execPath, ['--import', 'tsx', generator, ...args]);
  const list = path.join(folder, 'truth.json');
  const truths = JSON.parse(readFileSync(list, 'utf8')) as { file: string; cardNumber: string }[];
  rmSync(list);
  truth = new Map(truths.map(({ file, cardNumber }) => [file, cardNumber]));
  running = await startApplication();
  await dropOn(running.page, [folder]);
  await expect(tab(running.page, 'To review')).toHaveText(new RegExp(`${CARDS}$`), { timeout: 240_000 });
});

test.afterAll(async () => {
  await running.app.close();
  removeFolder(running.userData);
  removeFolder(folder);
});

async function look(id: CardId) {
  const [detail, number] = [
    await running.invoke('cards:detail', { cardId: id }),
    await running.invoke('cards:reveal', { cardId: id }),
  ];
  if (!detail.ok || !number.ok) throw new Error(`Expected card ${id}`);
  const { row } = detail.value;
  return { row, number: number.value.value, right: truth.get(row.name) };
}

/** What every card is and holds, without its number. */
async function snapshot(): Promise<string[]> {
  const lines: string[] = [];
  for (const id of ids) {
    const { row, number, right } = await look(id);
    lines.push(`${row.name} ${row.state} ${number === right ? 'right' : 'wrong'} ${row.corrected.join()}`);
  }
  return lines;
}

async function correct(id: CardId, value: string) {
  const { revision } = (await look(id)).row;
  return running.invoke('cards:correct', { card: { id, revision }, field: 'cardNumber', value });
}

/** Makes one digit of the number that stands another one, as an engine that misreads would. */
async function plant(id: CardId, at: number): Promise<void> {
  const { right = '' } = await look(id);
  const place = at % right.length;
  const wrong = right.slice(0, place) + String((Number(right[place]) + 3) % 10) + right.slice(place + 1);
  expect((await correct(id, wrong)).ok).toBe(true);
}

/** The keys that take the editor to a digit: a letter for its group, and arrows. */
function jump(at: number): readonly string[] {
  const [group, rest] = [Math.floor(at / 4), at % 4];
  const letters = ['q', 'w', 'e', 'r', 't'];
  return rest < 3
    ? [letters[group] ?? '', ...Array.from({ length: rest }, () => 'ArrowRight')]
    : [letters[group + 1] ?? '', 'ArrowLeft'];
}

const median = (values: readonly number[]) =>
  values.toSorted((one, other) => one - other)[values.length >> 1] ?? NaN;

let before: string[];
let steps = 0;

test('thirty cards are reviewed by keyboard alone', async () => {
  const { page } = running;
  // What the engine itself misread is set right first, so that what is wrong is known.
  for (const id of ids) {
    const { row, number, right = '' } = await look(id);
    expect(row.state, row.name).toBe('pending');
    if (number !== right) await correct(id, right);
  }
  for (let at = 0; at < PLANTED; at++) await plant(ids[at * 5] as CardId, 1 + at * 3);
  before = await snapshot();

  const costs = { clean: [] as number[], corrected: [] as number[], warned: [] as number[] };
  let keys = 0;
  const press = async (key: string) => {
    keys++;
    await page.keyboard.press(key);
  };
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const seen = new Set<CardId>();
  for (let card = 0; card < CARDS; card++) {
    const painted = page.locator('[data-painted]');
    await expect
      .poll(async () => !seen.has(Number(await painted.getAttribute('data-painted')) as CardId))
      .toBe(true);
    const id = Number(await painted.getAttribute('data-painted')) as CardId;
    seen.add(id);
    const { row, number = '', right = '' } = await look(id);
    keys = 0;
    const wrong = [...right].findIndex((digit, at) => digit !== number[at]);
    if (wrong >= 0) {
      await press('e');
      for (const key of jump(wrong)) await press(key);
      await press(right[wrong] ?? '');
      steps++;
    }
    await press('a');
    if (row.warnings.length > 0) {
      await expect(page.getByRole('alertdialog')).toBeVisible();
      await press('a');
    }
    await expect.poll(async () => (await look(id)).row.state, row.name).toBe('approved');
    steps++;
    costs[row.warnings.length > 0 ? 'warned' : wrong >= 0 ? 'corrected' : 'clean'].push(keys);
  }
  await page.keyboard.press('Escape');
  expect(seen.size).toBe(CARDS);
  for (const id of ids)
    expect(await look(id)).toMatchObject({ row: { state: 'approved' }, number: (await look(id)).right });

  console.log(
    `keys a card (median): clean ${median(costs.clean)} of ${costs.clean.length} cards, ` +
      `corrected ${median(costs.corrected)} of ${costs.corrected.length}, ` +
      `with a warning to acknowledge ${median(costs.warned)} of ${costs.warned.length}`,
  );
  expect(Math.max(...costs.clean)).toBe(1);
  expect(Math.max(...costs.corrected)).toBeLessThanOrEqual(6);
});

test('fifty steps are taken back, and done again', async () => {
  const { page } = running;
  await expect(page.getByRole('grid')).toBeFocused();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  for (let card = 0; card < RESCANS; card++) {
    const heading = page
      .getByRole('region', { name: 'Card', exact: true })
      .getByRole('heading', { level: 2 });
    const name = await heading.textContent();
    const state = page.getByRole('region', { name: 'Card', exact: true }).locator('header .mark');
    // What is decided is taken back before it is decided otherwise.
    await page.keyboard.press('u');
    await expect(state).toContainText('To review');
    await page.keyboard.press('s');
    await expect(state).toContainText('Rescan');
    steps += 2;
    await page.keyboard.press('j');
    await expect(heading).not.toHaveText(name ?? '');
  }
  await page.keyboard.press('Escape');
  const after = await snapshot();
  expect(after.filter((line) => line.includes(' rescan ')).length).toBe(RESCANS);
  expect(steps).toBeGreaterThanOrEqual(50);

  for (let step = 0; step < steps; step++) await page.keyboard.press('Control+z');
  await expect.poll(snapshot, { timeout: 60_000 }).toEqual(before);
  for (let step = 0; step < steps; step++) await page.keyboard.press('Control+Shift+z');
  await expect.poll(snapshot, { timeout: 60_000 }).toEqual(after);
  for (let step = 0; step < steps; step++) await page.keyboard.press('Control+z');
  await expect.poll(snapshot, { timeout: 60_000 }).toEqual(before);
});

test('one wrong digit among thirty numbers is seen on the wall, and nothing else is held up', async () => {
  const { app, page } = running;
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setSize(1600, 1000));
  // One of the planted digits stays wrong.
  const odd = ids[10] as CardId;
  for (const id of ids) {
    const { number, right = '' } = await look(id);
    if (id !== odd && number !== right) await correct(id, right);
  }
  // What the application doubts is left to a look of its own, and so is a number in four rows, which no strip shows.
  const doubted = new Set<CardId>();
  for (const id of ids) {
    const { row } = await look(id);
    if (row.needsLook || row.name.startsWith('rows-')) doubted.add(id);
  }

  await page.locator('[data-grid]').focus();
  await page.keyboard.press('w');
  const wall = page.getByRole('listbox', { name: 'Digit wall' });
  await expect(wall).toBeFocused();
  const digits = wall.getByRole('option').locator('.number');
  await expect(digits).toHaveCount(CARDS);
  const right = new Set(truth.values());
  const numbers = async () => (await digits.allTextContents()).map((text) => text.replace(/\s/g, ''));
  await expect.poll(async () => (await numbers()).filter((number) => number.length < 12).length).toBe(0);
  const wrong = (await numbers()).findIndex((number) => !right.has(number));
  expect((await numbers()).filter((number) => !right.has(number)).length).toBe(1);

  let keys = 0;
  const press = async (key: string) => {
    keys++;
    await page.keyboard.press(key);
  };
  await press('Home');
  for (let row = 0; row < wrong; row++) await press('ArrowDown');
  await press('Space');
  await expect(page.getByText('1 marked')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Approve \d+ shown/ })).toContainText(
    String(CARDS - new Set([odd, ...doubted]).size),
  );
  await press('a');
  const passed = CARDS - new Set([odd, ...doubted]).size;
  await expect(page.getByRole('status').filter({ hasText: `${passed} approved` })).toBeVisible();
  console.log(`the wall: ${keys} keys for ${passed} of ${CARDS} cards`);
  for (const id of ids) {
    const { row, number } = await look(id);
    const held = id === odd || doubted.has(id);
    expect(row.state, row.name).toBe(held ? 'pending' : 'approved');
    expect(number === truth.get(row.name), row.name).toBe(id !== odd);
  }
  await page.keyboard.press('w');
  await expect(page.getByRole('grid')).toBeVisible();
});
