/** When a page has painted what was asked of it, told by the page's own clock. What is here runs in the page. */
import type { Page } from '@playwright/test';
import { LONGEST_WAIT_MS } from '../patience';
import type { Expected } from './expected';

/** Where a page has its rows. */
export interface RowPlaces {
  readonly scroller: string;
  /** Rows in their order on the screen carry their number (from 0) as this attribute and offset. */
  readonly row: string;
  readonly index: { readonly attribute: string; readonly first: number };
  /** The cell with the file's name. */
  readonly name: string;
  /** What stands where a row has not arrived. */
  readonly ghost?: string;
  /** What lies over the rows at the top of the scroller. */
  readonly headPx: number;
}

/** What a person does, and from what on they wait. */
export type Cause = 'click' | 'keydown';

/** Functions that tsx has named carry a call that the page does not know. */
export async function teach(page: Page): Promise<void> {
  await page.evaluate('globalThis.__name ??= (named) => named');
}

/**
 * Milliseconds from the last event of a kind that the person makes in `act` (without one: from before it) until the expected rows are in the page and
 * two more animation frames have begun, so that they are on the screen. The event's own stamp is taken: waiting in the
 * queue of input counts.
 */
export async function untilPainted(
  page: Page,
  places: RowPlaces,
  expected: Expected,
  event: Cause | undefined,
  act: () => Promise<unknown>,
): Promise<number> {
  await page.evaluate(watch, { places, expected, event, longestMs: LONGEST_WAIT_MS });
  await act();
  return page.evaluate(() => (window as unknown as { painted: Promise<number> }).painted);
}

export interface Watched {
  readonly places: RowPlaces;
  readonly expected: Expected;
  /** Absent: the clock runs from now. */
  readonly event?: Cause;
  readonly longestMs: number;
}

/** Puts a promise of the milliseconds on `window.painted`. */
export function watch({ places, expected, event, longestMs }: Watched): void {
  let started = event ? undefined : performance.now();
  const began = (one: Event) => (started = one.timeStamp);
  if (event) window.addEventListener(event, began, { capture: true });
  const scroller = document.querySelector(places.scroller);
  if (!scroller) throw new Error(`Expected ${places.scroller} but the page has none`);

  const isThere = () => {
    const { attribute, first } = places.index;
    const texts = expected.names.map(
      (_name, at) =>
        scroller.querySelector(`${places.row}[${attribute}="${at + first}"] ${places.name}`)?.textContent,
    );
    const rows = scroller.querySelectorAll(places.row).length;
    if (expected.total <= expected.names.length && rows !== expected.total) return false;
    if (places.ghost && scroller.querySelector(places.ghost)) return false;
    return expected.names.every((name, at) => texts[at]?.trim() === name);
  };
  (window as unknown as { painted: Promise<number> }).painted = new Promise((resolve, reject) => {
    const giveUp = setTimeout(() => {
      observer.disconnect();
      reject(new Error(`Expected ${expected.total} rows from ${expected.names[0]} on; they did not come`));
    }, longestMs);
    const check = () => {
      if (started === undefined || !isThere()) return;
      clearTimeout(giveUp);
      observer.disconnect();
      requestAnimationFrame(() =>
        requestAnimationFrame(() => {
          if (event) window.removeEventListener(event, began, { capture: true });
          resolve(performance.now() - (started ?? Number.NaN));
        }),
      );
    };
    const observer = new MutationObserver(check);
    observer.observe(scroller, { subtree: true, childList: true, characterData: true, attributes: true });
    check();
  });
}

export const FRAMES = 600;
/** A frame that took longer was not there in time for one of the screen's. */
const LATE = 1.5;

export interface Scrolled {
  readonly dropped: number;
  /** Frames in which the first, the middle or the last row in sight was not there. */
  readonly blank: number;
  /** From the last step until these rows were there. */
  readonly settledMs: number;
}

interface Scroll {
  readonly places: RowPlaces;
  readonly frames: number;
  readonly late: number;
  /** Pixels in each frame; absent: through all there is. */
  readonly step?: number;
}

export function scrollSteadily({ places, frames, late, step }: Scroll): Promise<Scrolled> {
  const scroller = document.querySelector<HTMLElement>(places.scroller);
  if (!scroller) throw new Error(`Expected ${places.scroller} but the page has none`);
  const by = step ?? (scroller.scrollHeight - scroller.clientHeight) / frames;
  const rowPx = document.querySelector(places.row)?.getBoundingClientRect().height ?? Number.NaN;
  const inSight = Math.floor((scroller.clientHeight - places.headPx) / rowPx);
  const { attribute, first } = places.index;
  const lastTop = scroller.scrollHeight - scroller.clientHeight;
  // What is in the page when the place of scrolling is set is what this frame shows.
  const isBlank = (top: number) => {
    const from = Math.min(Math.floor(top / rowPx), Math.ceil(lastTop / rowPx)) + first;
    return [from, from + Math.floor(inSight / 2), from + inSight - 1].some(
      (at) => !scroller.querySelector(`${places.row}[${attribute}="${at}"] ${places.name}`)?.textContent,
    );
  };
  scroller.scrollTop = 0;
  return new Promise((resolve) => {
    const stamps: number[] = [];
    let blank = 0;
    const frame = (stamp: number) => {
      stamps.push(stamp);
      if (stamps.length <= frames) {
        scroller.scrollTop = by * stamps.length;
        if (isBlank(by * stamps.length)) blank++;
        requestAnimationFrame(frame);
        return;
      }
      const took = stamps.slice(1).map((at, index) => at - (stamps[index] ?? at));
      const dropped = took.filter((ms) => ms > (1000 / 60) * late).length;
      const last = stamps.at(-2) ?? Number.NaN;
      const settle = (now: number) => {
        if (isBlank(scroller.scrollTop)) requestAnimationFrame(settle);
        else resolve({ dropped, blank, settledMs: now - last });
      };
      settle(stamp);
    };
    // After a rest, so that what came before is not in it.
    setTimeout(() => requestAnimationFrame(frame), 500);
  });
}

export function scroll(page: Page, places: RowPlaces, step?: number): Promise<Scrolled> {
  return page.evaluate(scrollSteadily, { places, frames: FRAMES, late: LATE, step });
}

/** Megabytes that the page's scripts hold after a collection. */
export async function heapMb(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  await session.detach();
  return usedSize / 2 ** 20;
}
