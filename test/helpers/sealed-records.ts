/** Records under their seal, as an earlier run left them, to be damaged in copies: what is open is let go of only with the process. */
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createDeskStore } from '../../src/adapters/sqlite/desk-store';
import { createInspector, type Inspect } from '../../src/adapters/sqlite/inspector';
import { openRecords } from '../../src/adapters/sqlite/records';
import { forkNode } from '../../src/adapters/processes/fork-node';
import type { DeskStore } from '../../src/core/desk-store';
import { TEST_KEY } from './test-desk';

export const SEAL_KEY = Buffer.alloc(32, 9);
export const inspectElsewhere: Inspect = createInspector(() =>
  forkNode(path.resolve('src/adapters/sqlite/inspector-worker.ts')),
);

export function openSealed(folder: string, inspect: Inspect = inspectElsewhere, mustExist = true) {
  const log: string[] = [];
  return openRecords({
    file: path.join(folder, 'cards.db'),
    keyHex: TEST_KEY,
    sealKey: SEAL_KEY,
    migrationsDir: path.resolve('resources/migrations'),
    mustExist,
    inspect,
    log: (message, cause) => void log.push(`${message} ${cause instanceof Error ? cause.message : ''}`),
  }).then((opened) => ({ opened, log }));
}

/** The store, and what has to be said of how it was opened; throws where it was not. */
export async function storeIn(folder: string, inspect?: Inspect, mustExist?: boolean) {
  const { opened, log } = await openSealed(folder, inspect, mustExist);
  if (!opened.ok) throw new Error(opened.error.code, { cause: opened.error.cause });
  const { database, keeper, found } = opened.value;
  return { store: createDeskStore(database, keeper), database, keeper, found, log };
}

export function addCards(store: DeskStore, from: number, to: number): void {
  const batch = store.createBatch(`batch ${from}`, 1);
  for (let at = from; at < to; at++) {
    store.transaction(() => {
      const [id] = store.addCards(batch, [{ kind: 'file', name: `${at}.jpg`, location: `/in/${at}.jpg` }], 1);
      if (id === undefined) throw new Error('Expected a card');
      const fields = { cardNumber: String(6_200_000_000_000_000 + at), name: `NAME ${at}` };
      store.change(id, { state: { kind: 'queued' } }, 1);
      store.change(id, { fields, note: `note ${at} `.repeat(at % 50) }, 1);
    });
  }
}

/** All that can be read of the cards, as one text for each. */
export function everyCard(store: DeskStore): ReadonlyMap<number, string> {
  const ids = store.ids({ states: [] }, { key: 'takenIn', descending: false });
  return new Map(store.cards(ids).map((card) => [card.id, JSON.stringify(card)]));
}

export function copyOf(folder: string): string {
  const made = mkdtempSync(path.join(os.tmpdir(), 'cardproof-seal-'));
  cpSync(folder, made, { recursive: true });
  return made;
}

export function flipBit(file: string, bit: number): void {
  const bytes = readFileSync(file);
  const at = Math.floor(bit / 8) % bytes.length;
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit % 8));
  writeFileSync(file, bytes);
}
