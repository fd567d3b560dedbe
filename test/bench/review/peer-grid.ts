/**
 * The same rows in AG Grid Community, all of them in the page, in a window of the same Electron: its theme, its
 * virtual rows, its own sort, filters and quick filter through its API. What it could be slowed by (animations) is off,
 * what makes it quicker (a cache for the quick filter) is on.
 */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { GridApi, GridOptions } from 'ag-grid-community';
import type * as AgGrid from 'ag-grid-community';
import { BATCHES, makeCards, type ManyCard } from '../../helpers/many-cards';
import { quantile } from '../figure';
import { LONGEST_WAIT_MS } from '../patience';
import { expectedOf, found, inStore, sorted, type Expected, type SortName } from './expected';
import { HEADS, ROUNDS, TABS, lastFours, type GridMeasured, type ViewsMeasured } from './our-grid';
import { openPeerWindow, type PeerWindow } from './peer-window';
import { heapMb, watch, type RowPlaces } from './paint';

export const PEER_SELECTORS: RowPlaces = {
  scroller: '.ag-grid-viewport',
  row: '.ag-grid-scrolling-container > .ag-row',
  index: { attribute: 'row-index', first: 0 },
  name: '[col-id="name"]',
  headPx: 49,
};

/** What a row of ours carries, but the number whole, so that it can be searched. */
interface PeerRow {
  readonly id: number;
  readonly score?: number;
  readonly cardNumber?: string;
  readonly bankInfo?: string;
  readonly cardType?: string;
  readonly validDate?: string;
  readonly doubts: readonly { readonly name: string; readonly weight: number }[];
  readonly state: string;
  readonly name: string;
  readonly batch: string;
  readonly quality?: number;
}

interface GridPage {
  readonly api: GridApi<PeerRow>;
}

/** One file with everything in it. */
const LIBRARY = path.resolve('node_modules/ag-grid-community/dist/ag-grid-community.min.js');
const pageOf = ({ width, height }: GridMeasured['size']): string =>
  `<div id="grid" style="width: ${width}px; height: ${height}px"></div>`;

function toPeerRow({ name, batch, state, fields, doubts, score, quality }: ManyCard, id: number): PeerRow {
  return {
    id,
    score,
    cardNumber: fields.cardNumber,
    bankInfo: fields.bankInfo,
    cardType: fields.cardType,
    validDate: fields.validDate,
    doubts,
    state: state.kind,
    name,
    batch: BATCHES[batch] ?? '',
    quality,
  };
}

/** Runs in the page, which reads its files itself: how rows come to it is no part of any figure. */
function build({
  library,
  file,
  pictures,
}: {
  readonly library: string;
  readonly file: string;
  readonly pictures: boolean;
}): void {
  const { require: load } = window as unknown as { require: (name: string) => unknown };
  const { createGrid } = load(library) as typeof AgGrid;
  const { readFileSync } = load('fs') as typeof import('node:fs');
  const rowData = JSON.parse(readFileSync(file, 'utf8')) as PeerRow[];
  const quiet = { getQuickFilterText: () => '' };
  const chips = (doubts: PeerRow['doubts']) => {
    const cell = document.createElement('span');
    for (const { name, weight } of doubts.slice(0, 3)) {
      const chip = document.createElement('span');
      chip.textContent = name;
      chip.style.cssText = `padding: 0 6px; border-radius: 8px; background: ${weight >= 25 ? '#fdf0d5' : '#eee'}`;
      cell.append(chip, ' ');
    }
    return cell;
  };
  const picture = ({ value }: { value: number }) => {
    const image = document.createElement('img');
    image.src = `picture://card/${value}/thumb`;
    image.loading = 'lazy';
    image.style.cssText = 'display: block; margin-top: 4px; width: 54px; height: 34px; object-fit: cover';
    return image;
  };
  const masked = (number: string | undefined) =>
    number &&
    (number.slice(0, 6) + '•'.repeat(number.length - 10) + number.slice(-4)).replace(/.{4}(?=.)/g, '$& ');
  const byMonth = (text: string | undefined) => (text ? text.slice(3) + text.slice(0, 2) : undefined);
  // Empty values last in both directions, as ours.
  type Texts = [
    one: string | undefined,
    other: string | undefined,
    ...nodes: [unknown, unknown],
    descending: boolean,
  ];
  const order = (...[one, other, , , descending]: Texts) => {
    if (one === other) return 0;
    if (one === undefined || other === undefined) return (one === undefined) === descending ? -1 : 1;
    return one < other ? -1 : 1;
  };
  const options: GridOptions<PeerRow> = {
    rowData,
    rowHeight: 44,
    animateRows: false,
    cacheQuickFilter: true,
    rowSelection: { mode: 'multiRow' },
    columnDefs: [
      ...(pictures ? [{ field: 'id' as const, width: 76, cellRenderer: picture, ...quiet }] : []),
      { field: 'score', colId: 'risk', width: 72, sort: 'desc', ...quiet },
      {
        field: 'cardNumber',
        width: 216,
        comparator: order,
        valueFormatter: ({ value }) => masked(value) ?? '',
      },
      { field: 'bankInfo', flex: 1, comparator: order },
      { field: 'cardType', width: 82, comparator: order, ...quiet },
      {
        field: 'validDate',
        width: 84,
        comparator: (one, other, ...rest) => order(byMonth(one), byMonth(other), ...rest),
        ...quiet,
      },
      {
        field: 'doubts',
        flex: 2,
        cellRenderer: ({ value }: { value: PeerRow['doubts'] }) => chips(value),
        ...quiet,
      },
      { field: 'state', width: 112, filter: 'agTextColumnFilter', comparator: order, ...quiet },
      { field: 'name', flex: 1, comparator: order },
      { field: 'batch', width: 110, filter: 'agTextColumnFilter', ...quiet },
    ],
  };
  const grid = document.querySelector<HTMLElement>('#grid');
  if (!grid) throw new Error('Expected a place for the grid but the page has none');
  Object.assign(window, { api: createGrid(grid, options) });
}

type Ask =
  | { readonly kind: 'batch' | 'state' | 'search'; readonly text?: string }
  | { readonly kind: 'sort'; readonly column: string; readonly descending: boolean };

/** Runs in the page. */
function act(ask: Ask): void {
  const { api } = window as unknown as GridPage;
  if (ask.kind === 'search') return void api.setGridOption('quickFilterText', ask.text ?? '');
  if (ask.kind === 'sort') {
    const sort = ask.descending ? 'desc' : 'asc';
    return void api.applyColumnState({ state: [{ colId: ask.column, sort }], defaultState: { sort: null } });
  }
  const model = ask.text && { filterType: 'text', type: 'equals', filter: ask.text };
  api.setFilterModel(model ? { [ask.kind]: model } : {});
}

export function measurePeerGrid(count: number, size: GridMeasured['size']): Promise<GridMeasured> {
  return withPeerGrid(count, size, async (page, measured) => {
    return { ...measured, heapMb: await heapMb(page) };
  });
}

/** What is asked of views alone. */
export function measurePeerViews(count: number, size: GridMeasured['size']): Promise<ViewsMeasured> {
  return withPeerGrid(count, size, async (_page, measured) => measured);
}

async function withPeerGrid<Answer>(
  count: number,
  size: GridMeasured['size'],
  work: (page: Page, measured: ViewsMeasured) => Promise<Answer>,
): Promise<Answer> {
  const cards = inStore(makeCards(count));
  const { page, close } = await openPeerGrid(count, size);
  try {
    return await work(page, { times: await timesOf(page, cards), size });
  } finally {
    await close();
  }
}

/** `pictures`: a folder of small ones that stand in the rows in turn. */
export async function openPeerGrid(
  count: number,
  size: GridMeasured['size'],
  pictures?: string,
): Promise<PeerWindow> {
  const peer = await openPeerWindow(pageOf(size), pictures);
  const file = path.join(peer.folder, 'rows.json');
  await writeFile(file, JSON.stringify(inStore(makeCards(count)).map(toPeerRow)));
  await peer.page.evaluate(build, { library: LIBRARY, file, pictures: pictures !== undefined });
  await peer.page.locator(PEER_SELECTORS.row).first().waitFor();
  return peer;
}

async function timesOf(page: Page, cards: readonly ManyCard[]): Promise<GridMeasured['times']> {
  async function measure(expected: Expected, ask: Ask): Promise<number> {
    // One evaluation, so that the way to the page is not in the time.
    return page.evaluate(
      `(async () => {
        (${watch.toString()})(${JSON.stringify({ places: PEER_SELECTORS, expected, longestMs: LONGEST_WAIT_MS })});
        (${act.toString()})(${JSON.stringify(ask)});
        return await window.painted;
      })()`,
    );
  }
  const risky = (some: readonly ManyCard[]) => expectedOf(sorted(some, 'risk', true));
  const all = risky(cards);
  const open: number[] = [];
  const filter: number[] = [];
  const search: number[] = [];
  const sort: number[] = [];
  const biggest = risky(cards.filter((card) => card.batch === 0));
  for (let round = 0; round < ROUNDS; round += 2) {
    open.push(await measure(biggest, { kind: 'batch', text: BATCHES[0] }));
    open.push(await measure(all, { kind: 'batch' }));
    const { kind } = TABS[(round / 2) % TABS.length] ?? TABS[0];
    filter.push(
      await measure(risky(cards.filter(({ state }) => state.kind === kind)), { kind: 'state', text: kind }),
    );
    filter.push(await measure(all, { kind: 'state' }));
  }
  for (const digits of lastFours(cards)) {
    search.push(await measure(risky(found(cards, digits)), { kind: 'search', text: digits }));
    await measure(all, { kind: 'search' });
  }
  for (let round = 0; round < ROUNDS; round++) {
    const head = HEADS[Math.floor(round / 2) % HEADS.length];
    const column: SortName = head?.name ?? 'name';
    const descending = round % 2 === 1;
    sort.push(
      await measure(expectedOf(sorted(cards, column, descending)), { kind: 'sort', column, descending }),
    );
  }
  const p95 = (times: readonly number[]) => quantile(times, 0.95);
  return { open: p95(open), filter: p95(filter), search: p95(search), sort: p95(sort) };
}
