/**
 * What a reviewer waits for and presses, in the built application: keys a card, the next card's picture, and the grid over
 * a hundred thousand cards against AG Grid Community with the same rows; and what axe-core finds on all screens.
 */
import type { Figure } from './figure';
import { openDeskOfCards } from './review/desk-of-cards';
import { measureKeys } from './review/keys';
import { measureNext } from './review/next';
import { measureOurGrid, measureOurViews, type ViewsMeasured } from './review/our-grid';
import { measurePeerGrid, measurePeerViews } from './review/peer-grid';
import { openPlainField } from './review/plain-field';
import { countViolations } from './review/screens';
import { benchScroll } from './review/scrolling';

const MANY = 100_000;
const FEW = 100;
const FRAME_MS = 1000 / 60;

function against(name: string, unit: string, ours: number, peer: number, limit?: number): Figure {
  return { name, ours, peer, limit, unit, ratio: ours / peer };
}

async function benchCards(): Promise<Figure[]> {
  const desk = await openDeskOfCards();
  const field = await openPlainField();
  try {
    const next = await measureNext(desk);
    const keys = await measureKeys(desk, field);
    return [
      { name: 'review.keys.clean', ours: keys.clean, limit: 1, unit: 'keys', ratio: keys.clean },
      against('review.keys.corrected', 'keys', keys.corrected, keys.plain, 1),
      // The peer is this application where nothing was got ready: from one end of the view to the other.
      against('review.next.p95', 'ms', next.ours, next.unprepared, FRAME_MS),
    ];
  } finally {
    await field.close();
    await desk.close();
  }
}

function viewFigures(ours: ViewsMeasured, peer: ViewsMeasured, limit: ViewsMeasured): Figure[] {
  return (['open', 'sort', 'filter', 'search'] as const).map((name) =>
    against(`grid.${name}`, 'ms', ours.times[name], peer.times[name], limit.times[name]),
  );
}

/** A part of the review: about a minute. */
export async function benchViews(): Promise<Figure[]> {
  const ours = await measureOurViews(MANY);
  const limit = await measureOurViews(FEW);
  return viewFigures(ours, await measurePeerViews(MANY, ours.size), limit);
}

async function benchGrid(): Promise<Figure[]> {
  const ours = await measureOurGrid(MANY);
  const limit = await measureOurGrid(FEW);
  const peer = await measurePeerGrid(MANY, ours.size);
  return [
    ...viewFigures(ours, peer, limit),
    against('grid.heap', 'MB', ours.heapMb, peer.heapMb, limit.heapMb),
  ];
}

/** `trace`: also says where the time of scrolling goes. */
export async function benchReview(trace: boolean): Promise<Figure[]> {
  return [
    ...(await benchCards()),
    ...(await benchGrid()),
    ...(await benchScroll(trace)),
    { name: 'axe.violations', ours: await countViolations(), limit: 0, unit: '' },
  ];
}
