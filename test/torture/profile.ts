/**
 * A profile of the torture, in a process of its own, since whoever opens one keeps it until the end: cards that wait for the cloud,
 * each with a picture of its own; and what became of them. Arguments: the folder, and how many cards, or `report`.
 */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { createPictureStore } from '../../src/adapters/files/picture-store';
import { sha256 } from '../../src/adapters/images/sha256';
import type { DeskStore } from '../../src/core/desk-store';
import { storeIn } from '../helpers/sealed-records';

export const PICTURE_KEY = Buffer.alloc(32, 7);

/** What became of a card. */
export interface CardReport {
  readonly hash: string;
  readonly state: string;
  /** Attempts that were answered, and that are called perhaps paid. */
  readonly answers: number;
  readonly maybe: number;
}

/** The store of a profile whose pages are sealed; whatever a kill left, nothing of it may be damaged or missing. */
export async function openProfile(folder: string): Promise<DeskStore> {
  const { store, found } = await storeIn(folder, async () => undefined, false);
  if (found.lost || found.repaired > 0 || found.sealRenewed || found.setAside)
    throw new Error(`Expected whole records: ${JSON.stringify(found)}`);
  return store;
}

async function make(folder: string, cards: number): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const store = await openProfile(folder);
  const pictures = createPictureStore(path.join(folder, 'pictures'), PICTURE_KEY);
  const batch = store.createBatch('torture', 1);
  for (let at = 0; at < cards; at++) {
    // In the place of a picture: nobody looks at it.
    const bytes = Buffer.from(`picture ${at} of the torture`);
    const original = await pictures.put(bytes);
    const [id] = store.addCards(batch, [{ kind: 'file', name: `card-${at}.jpg`, location: `/in/${at}` }], 1);
    if (id === undefined) throw new Error('Expected a card');
    const known = { sha256: sha256(bytes), pictures: { source: original, original } };
    store.change(id, { state: { kind: 'queued' }, ...known }, 1);
  }
  store.close();
}

async function report(folder: string): Promise<readonly CardReport[]> {
  const store = await openProfile(folder);
  return store.cards(store.ids({ states: [] }, { key: 'takenIn', descending: false })).map((card) => {
    const attempts = store.attempts(card.id);
    return {
      hash: card.sha256 ?? '',
      state: card.state.kind,
      answers: attempts.filter(({ outcome }) => outcome === 'finished').length,
      maybe: attempts.filter(({ maybeCharged }) => maybeCharged).length,
    };
  });
}

/** Undefined where this is only imported. */
const [script, folder = '', what = ''] = process.argv.slice(1);
if (script?.endsWith('profile.ts')) {
  if (what === 'report') process.send?.(await report(folder));
  else await make(folder, Number(what));
  process.exit(0);
}
