/** The grid of the built application over a seeded profile, asked by mouse and keyboard as a person would ask. */
import type { Page } from '@playwright/test';
import { startApplication, temporaryFolder, removeFolder } from '../../e2e/application';
import { BATCHES, makeCards, seedProfile, type ManyCard } from '../../helpers/many-cards';
import { quantile } from '../figure';
import { en } from '../../../src/shared/messages/window/en';
import { LONGEST_WAIT_MS } from '../patience';
import { electron } from './electron';
import { expectedOf, found, inStore, sorted, type Expected, type SortName } from './expected';
import { heapMb, teach, untilPainted, type Cause, type RowPlaces } from './paint';

export const ROUNDS = 20;
export const WHEEL_PX = 120;

export const SELECTORS: RowPlaces = {
  scroller: '[data-grid]',
  row: '.body > [role="row"]',
  index: { attribute: 'aria-rowindex', first: 2 },
  name: '.name',
  ghost: '.ghost',
  headPx: 31,
};

/** p95 in ms. */
export interface GridTimes {
  readonly open: number;
  readonly sort: number;
  readonly filter: number;
  readonly search: number;
}

export interface GridMeasured {
  readonly times: GridTimes;
  readonly heapMb: number;
  /** What the grid has of the window, so that the peer gets as much. */
  readonly size: { readonly width: number; readonly height: number };
}

/** Heads that are pressed in turn, twice each, and the direction of the first press. */
export const HEADS: readonly { readonly name: SortName; readonly descending: boolean }[] = [
  { name: 'cardNumber', descending: false },
  { name: 'bankInfo', descending: false },
  { name: 'cardType', descending: false },
  { name: 'validDate', descending: false },
  { name: 'state', descending: false },
  { name: 'name', descending: false },
];
export const TABS = [
  { kind: 'pending', word: 'To review' },
  { kind: 'approved', word: 'Approved' },
  { kind: 'rejected', word: 'Rejected' },
] as const;
/** The last four digits of cards all over the store. */
export function lastFours(cards: readonly ManyCard[]): readonly string[] {
  const numbers = cards.flatMap(({ fields }) => fields.cardNumber ?? []);
  return Array.from({ length: ROUNDS }, (_none, at) =>
    (numbers[Math.floor((at * numbers.length) / ROUNDS)] ?? '').slice(-4),
  );
}

const same = (one: Expected, other: Expected) => JSON.stringify(one) === JSON.stringify(other);
const p95 = (times: readonly number[]) => quantile(times, 0.95);

export type ViewsMeasured = Pick<GridMeasured, 'times' | 'size'>;

export function measureOurGrid(count: number): Promise<GridMeasured> {
  return withOurGrid(count, async (page, measured) => {
    return { ...measured, heapMb: await heapMb(page) };
  });
}

/** What is asked of views alone. */
export function measureOurViews(count: number): Promise<ViewsMeasured> {
  return withOurGrid(count, async (_page, measured) => measured);
}

async function withOurGrid<Answer>(
  count: number,
  work: (page: Page, measured: ViewsMeasured) => Promise<Answer>,
): Promise<Answer> {
  const userData = temporaryFolder();
  seedProfile(userData, count);
  const running = await startApplication({ userData, electron: electron(), waitMs: LONGEST_WAIT_MS });
  try {
    const { page } = running;
    await teach(page);
    await page.locator('.body > [role="row"]').first().waitFor();
    const times = await timesOf(page, inStore(makeCards(count)));
    const box = await page.locator(SELECTORS.scroller).boundingBox();
    const size = { width: box?.width ?? Number.NaN, height: box?.height ?? Number.NaN };
    return await work(page, { times, size });
  } finally {
    await running.app.close();
    removeFolder(userData);
  }
}

async function timesOf(page: Page, cards: readonly ManyCard[]): Promise<GridTimes> {
  let now: Expected = { names: [], total: 0 };
  async function measure(next: Expected, event: Cause | undefined, act: () => Promise<unknown>) {
    // Nothing would change on the screen, so nothing can be timed.
    const unseen = same(now, next);
    now = next;
    if (!unseen) return [await untilPainted(page, SELECTORS, next, event, act)];
    await act();
    return [];
  }
  const risky = (some: readonly ManyCard[]) => expectedOf(sorted(some, 'risk', true));
  const all = risky(cards);
  const batch = (name: string) => page.locator('nav button.batch').filter({ hasText: name });

  const open: number[] = [];
  const biggest = risky(cards.filter((card) => card.batch === 0));
  for (let round = 0; round < ROUNDS; round += 2) {
    open.push(...(await measure(biggest, 'click', () => batch(BATCHES[0] ?? '').click())));
    open.push(...(await measure(all, 'click', () => batch(en.side.all).click())));
  }

  const filter: number[] = [];
  const tab = (word: string) =>
    page.getByRole('toolbar', { name: 'Filter by state' }).getByRole('button', { name: word });
  for (let round = 0; round < ROUNDS; round += 2) {
    const { kind, word } = TABS[(round / 2) % TABS.length] ?? TABS[0];
    const some = risky(cards.filter(({ state }) => state.kind === kind));
    filter.push(...(await measure(some, 'click', () => tab(word).click())));
    filter.push(...(await measure(all, 'click', () => tab(word).click())));
  }

  const search: number[] = [];
  const box = page.getByRole('textbox', { name: /^Search/ });
  for (const digits of lastFours(cards)) {
    await box.focus();
    const some = risky(found(cards, digits));
    // The pause in the typing, for which the application waits before it searches, is part of what a person waits for.
    search.push(...(await measure(some, 'keydown', () => page.keyboard.type(digits))));
    await measure(all, undefined, () => box.fill(''));
  }

  const sort: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const { name, descending } = HEADS[Math.floor(round / 2) % HEADS.length] ?? {
      name: 'name',
      descending: true,
    };
    const downwards = round % 2 === 0 ? descending : !descending;
    const head = page.locator(`[data-column="${name}"] [data-head]`);
    sort.push(...(await measure(expectedOf(sorted(cards, name, downwards)), 'click', () => head.click())));
  }
  return { open: p95(open), filter: p95(filter), search: p95(search), sort: p95(sort) };
}
