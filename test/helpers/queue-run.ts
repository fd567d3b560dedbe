/** The queue alone over records in memory: scripted engines, a clock that a test moves. */
import { openMemoryDesk } from './memory-desk';
import { createMemoryPictures, createTestHold, newCanceller, turns } from './memory-world';
import {
  everyEngine,
  IN_THE_CLOUD,
  ON_THIS_COMPUTER,
  recognition,
  scriptedEngine,
  type Script,
} from './scripted-engine';
import type { PictureStore } from '../../src/core/cards/ports';
import { createQueue } from '../../src/core/queue/queue';
import type { CancelSignal } from '../../src/core/recognition/ports';
import { createEngines } from '../../src/core/recognition/engines';
import type { CardId } from '../../src/shared/ids';
import { SWITCHES, type EngineName, type Switches } from '../../src/shared/recognition';

export const FIELDS = { cardNumber: '6222020200112233448' };
/** An engine that reads every card. */
export const reads: Script = () => recognition(FIELDS);
/** One that never answers. */
export const silent: Script = () => new Promise(() => undefined);
const ALL_ON = Object.fromEntries(SWITCHES.map((name) => [name, true])) as unknown as Switches;

/** Records in memory, and a clock that stands still. */
export function openRecords() {
  const desk = openMemoryDesk();
  const pictures = createMemoryPictures();
  return {
    ...desk,
    pictures,
    /** A card with a picture of its own, or with these bytes. */
    async wait(name: string, bytes = name): Promise<CardId> {
      const original = await pictures.put(new TextEncoder().encode(bytes));
      const state = { kind: 'queued' } as const;
      return desk.add(name, { state, sha256: bytes, pictures: { source: original, original } });
    },
    outcomes: (id: CardId) => desk.store.attempts(id).map(({ outcome }) => outcome),
  };
}
type Records = ReturnType<typeof openRecords>;

interface Parts {
  readonly records?: Records;
  readonly local?: Script;
  readonly tencent?: Script;
  readonly chosen?: EngineName;
  /** Is waited for before anything leaves to the cloud. */
  readonly ready?: (signal: CancelSignal) => Promise<void>;
  readonly pictures?: (real: PictureStore) => PictureStore;
}

/** One run of the application over records that may be those of an earlier one. */
export function openRun({
  records = openRecords(),
  local = silent,
  tencent = silent,
  chosen = 'local',
  ready,
  pictures = (real) => real,
}: Parts = {}) {
  const engines = {
    local: scriptedEngine('local', ON_THIS_COMPUTER, local),
    tencent: scriptedEngine('tencent', IN_THE_CLOUD, tencent, ready),
  };
  const defects: unknown[] = [];
  const defect = (error: unknown) => void defects.push(error);
  const hold = createTestHold(records.clock, () => queue.wake(), defect);
  const queue = createQueue({
    store: records.store,
    pictures: pictures(records.pictures),
    sha256: (bytes) => new TextDecoder().decode(bytes),
    clock: records.clock,
    hold,
    folder: '/records',
    random: () => 0.5,
    engines: createEngines({
      engines: everyEngine(engines),
      chosen: () => chosen,
      hasCredentials: (name) => name in engines,
    }),
    switches: () => ALL_ON,
    newCanceller,
    read: () => undefined,
    changed: () => undefined,
    statusChanged: () => undefined,
    defect,
  });
  return { records, queue, engines, defects };
}

/** Lets time pass second by second, and what is due in each of them happen. */
export async function pass(records: Records, seconds: number): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    records.clock.advance(1_000);
    await turns();
  }
}
