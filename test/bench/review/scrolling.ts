/**
 * Scrolling through a hundred thousand cards with their pictures, in both languages and in a narrow and a wide window,
 * against AG Grid with the same rows and pictures in a window of the same size.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ElectronApplication, Page } from '@playwright/test';
import sharp from 'sharp';
import { startApplication, temporaryFolder, removeFolder } from '../../e2e/application';
import { seedProfile } from '../../helpers/many-cards';
import type { Figure } from '../figure';
import { LONGEST_WAIT_MS } from '../patience';
import { tableOf, traced } from '../trace';
import { electron } from './electron';
import { SELECTORS, WHEEL_PX } from './our-grid';
import { FRAMES, scroll, teach, type RowPlaces, type Scrolled } from './paint';
import { PEER_SELECTORS, openPeerGrid } from './peer-grid';

const CARDS = 100_000;
const LANGUAGES = ['en', 'zh-CN'] as const;
const SIZES = [
  { width: 1440, height: 900 },
  { width: 2560, height: 1440 },
] as const;
type Size = (typeof SIZES)[number];
/** As intake makes them. */
const THUMB_SIDE = 320;

interface Runs {
  readonly wheel: Scrolled;
  readonly fast: Scrolled;
}
interface Shown {
  readonly app: ElectronApplication;
  readonly page: Page;
}

/** A folder with a small picture of each bundled specimen, to be removed afterwards. */
async function makeThumbs(): Promise<string> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cardproof-thumbs-'));
  const specimens = path.resolve('resources/specimens');
  const names = readdirSync(specimens).filter((name) => name.endsWith('.jpg'));
  for (const [at, name] of names.entries()) {
    const thumb = sharp(path.join(specimens, name))
      .autoOrient()
      .resize(THUMB_SIDE, THUMB_SIDE, { fit: 'inside' });
    await writeFile(path.join(folder, `${at}.jpg`), await thumb.jpeg({ quality: 80 }).toBuffer());
  }
  return folder;
}

async function resize({ app, page }: Shown, { width, height }: Size): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => BrowserWindow.getAllWindows()[0]?.setContentSize(size.width, size.height),
    { width, height },
  );
  await page.waitForFunction((wanted) => window.innerWidth === wanted, width);
}

async function layersOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const layers = new Promise<number>((resolve) =>
    session.once('LayerTree.layerTreeDidChange', (event) => resolve(event.layers?.length ?? 0)),
  );
  await session.send('LayerTree.enable');
  const count = await layers;
  await session.detach();
  return count;
}

async function run(shown: Shown, places: RowPlaces, name: string, trace: boolean): Promise<Runs> {
  const wheel = await scroll(shown.page, places, WHEEL_PX);
  const fast = await scroll(shown.page, places);
  if (trace) {
    const layers = await layersOf(shown.page);
    for (const [kind, step] of [
      ['wheel', WHEEL_PX],
      ['fast', undefined],
    ] as const) {
      const parts = await traced(shown.app, () => scroll(shown.page, places, step));
      console.log(tableOf(`${name} ${kind}, ${layers} layers`, parts, FRAMES));
    }
  }
  return { wheel, fast };
}

interface OurRuns {
  readonly language: string;
  readonly size: Size;
  readonly runs: Runs;
  /** What the grid has of the window. */
  readonly grid: { readonly width: number; readonly height: number };
}

async function runOurs(userData: string, language: 'en' | 'zh-CN', trace: boolean): Promise<OurRuns[]> {
  const running = await startApplication({
    userData,
    language,
    electron: electron(),
    waitMs: LONGEST_WAIT_MS,
  });
  const { page } = running;
  const all: OurRuns[] = [];
  try {
    await teach(page);
    await page.locator(SELECTORS.row).first().waitFor();
    for (const size of SIZES) {
      await resize(running, size);
      const box = await page.locator(SELECTORS.scroller).boundingBox();
      const grid = { width: box?.width ?? Number.NaN, height: box?.height ?? Number.NaN };
      const name = `ours ${language} ${size.width}`;
      all.push({
        language,
        size,
        grid,
        runs: await run(running, SELECTORS, name, trace && language === 'en'),
      });
    }
    return all;
  } finally {
    await running.app.close();
  }
}

async function runPeer(ours: readonly OurRuns[], thumbs: string, trace: boolean): Promise<Map<Size, Runs>> {
  const all = new Map<Size, Runs>();
  for (const { size, grid } of ours) {
    const peer = await openPeerGrid(CARDS, grid, thumbs);
    try {
      await resize(peer, size);
      all.set(size, await run(peer, PEER_SELECTORS, `AG Grid ${size.width}`, trace));
    } finally {
      await peer.close();
    }
  }
  return all;
}

function frames(name: string, ours: number, peer: number): Figure {
  return { name, ours, peer, limit: 0, unit: 'of 600', ratio: peer === 0 ? undefined : ours / peer };
}

/** A part of the review: some three minutes. */
export async function benchScroll(trace: boolean): Promise<Figure[]> {
  const thumbs = await makeThumbs();
  const userData = temporaryFolder();
  try {
    seedProfile(userData, CARDS, thumbs);
    const ours: OurRuns[] = [];
    for (const language of LANGUAGES) ours.push(...(await runOurs(userData, language, trace)));
    const peers = await runPeer(ours.slice(0, SIZES.length), thumbs, trace);
    return ours.flatMap(({ language, size, runs }) => {
      const peer = peers.get(size);
      const at = `${language}.${size.width}`;
      return [
        frames(`grid.dropped.wheel.${at}`, runs.wheel.dropped, peer?.wheel.dropped ?? Number.NaN),
        frames(`grid.blank.wheel.${at}`, runs.wheel.blank, peer?.wheel.blank ?? Number.NaN),
        // Through all rows in ten seconds.
        frames(`grid.dropped.fast.${at}`, runs.fast.dropped, peer?.fast.dropped ?? Number.NaN),
        {
          // From the last step on until the rows in sight are there, and not their ghosts.
          name: `grid.settled.fast.${at}`,
          ours: runs.fast.settledMs,
          peer: peer?.fast.settledMs,
          unit: 'ms',
          ratio: runs.fast.settledMs / (peer?.fast.settledMs ?? Number.NaN),
        },
      ];
    });
  } finally {
    removeFolder(userData);
    await rm(thumbs, { recursive: true, force: true });
  }
}
