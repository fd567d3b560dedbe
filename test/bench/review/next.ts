/** How long the next card's picture takes from its key: with what is got ready ahead, and without. */
import type { Page } from '@playwright/test';
import { quantile } from '../figure';
import { CARDS, openFirst, type CardDesk } from './desk-of-cards';
import { teach } from './paint';

/** Quicker than anybody looks at a card. */
const LOOK_MS = 250;
const ROUNDS = 2;

/** Runs in the page: ms from the next key to the frame after another card's picture is decoded and in its place. */
function watchPicture(): void {
  const painted = () => document.querySelector('[data-painted]')?.getAttribute('data-painted');
  const before = painted();
  let started: number | undefined;
  window.addEventListener('keydown', (event) => (started = event.timeStamp), { capture: true, once: true });
  (window as unknown as { painted: Promise<number> }).painted = new Promise((resolve) => {
    const observer = new MutationObserver(() => {
      const now = painted();
      if (started === undefined || now === undefined || now === before) return;
      observer.disconnect();
      const from = started;
      requestAnimationFrame(() => resolve(performance.now() - from));
    });
    observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['data-painted'] });
  });
}

async function press(page: Page, key: string): Promise<number> {
  await page.waitForTimeout(LOOK_MS);
  await page.evaluate(watchPicture);
  await page.keyboard.press(key);
  return page.evaluate(() => (window as unknown as { painted: Promise<number> }).painted);
}

export async function measureNext(
  desk: CardDesk,
): Promise<{ readonly ours: number; readonly unprepared: number }> {
  const { page } = desk.running;
  await teach(page);
  await openFirst(desk);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const key of ['j', 'k']) {
      for (let card = 1; card < CARDS; card++) times.push(await press(page, key));
    }
  }
  // From one end of the view to the other, where nothing is got ready.
  const unprepared: number[] = [];
  for (let round = 0; round < 20; round++)
    unprepared.push(await press(page, round % 2 === 0 ? 'End' : 'Home'));
  await page.keyboard.press('Escape');
  return { ours: quantile(times, 0.95), unprepared: quantile(unprepared, 0.95) };
}
