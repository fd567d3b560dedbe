/** A whole desk over a real encrypted database and real picture files, with a clock, engines and chance that a test sets. */
import { cpSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createDesk, type Desk } from '../../src/core/desk';
import type { Review } from '../../src/core/review/review';
import { seenOne, seenTogether } from '../../src/core/review/seen';
import type { PictureStore } from '../../src/core/cards/ports';
import type { DeskStore } from '../../src/core/desk-store';
import { createAssessor } from '../../src/core/doubts/assessed-store';
import type { PrefixTable } from '../../src/core/doubts/ports';
import type { FileTool, LinkTool, PictureLooker, PictureTool } from '../../src/core/intake/ports';
import type { RecognitionEngine } from '../../src/core/recognition/ports';
import { fileTool } from '../../src/adapters/files/file-tool';
import { createPictureStore } from '../../src/adapters/files/picture-store';
import { pictureTool } from '../../src/adapters/images/picture-tool';
import { createDeskStore } from '../../src/adapters/sqlite/desk-store';
import { openDatabase, type Database } from '../../src/adapters/sqlite/database';
import { createWholeFiles } from '../../src/adapters/files/whole-files';
import { createSheetWriter } from '../../src/adapters/xlsx/sheet-writer';
import type { Decision, Effort, SeenCard, ViewPatch } from '../../src/shared/cards';
import type { CardId } from '../../src/shared/ids';
import type { FieldName } from '../../src/shared/recognition';
import type { QueueStatus } from '../../src/shared/ipc';
import { ok } from '../../src/shared/result';
import { createTestClock } from './clock';
import { everyEngine, IN_THE_CLOUD, ON_THIS_COMPUTER, scriptedEngine, type Script } from './scripted-engine';

export * from './scripted-engine';

export interface TestDesk {
  readonly desk: Desk;
  /** What the desk works on, for a test to look at and to fill; a change is assessed as the desk's own are. */
  readonly store: DeskStore;
  readonly pictures: PictureStore;
  readonly clock: ReturnType<typeof createTestClock>;
  readonly folder: string;
  readonly engines: Readonly<Record<'local' | 'tencent', ReturnType<typeof scriptedEngine>>>;
  readonly statuses: QueueStatus[];
  readonly patches: ViewPatch[];
  readonly defects: unknown[];
  /** So many pages more than the database has may it take; undefined: as many as there is room for. */
  allowPages(more: number | undefined): void;
  /** A card as somebody would see it at this moment. */
  shown(id: CardId): SeenCard;
  /** Decides on cards as they are shown at this moment: one for itself, several at once. */
  decide(
    ids: readonly CardId[],
    decision: Decision,
    warningsAcknowledged?: boolean,
    effort?: Effort,
  ): ReturnType<Review['decide']>;
  correct(id: CardId, field: FieldName, text: string): ReturnType<Review['correct']>;
  /** What is on the disk at this moment, as a crash would leave it: the folder of a copy. */
  crash(): string;
  /** Removes everything. */
  dispose(): Promise<void>;
}

interface Parts {
  readonly folder?: string;
  readonly local?: Script;
  readonly tencent?: Script;
  /** Engines of a table that a test has made longer. */
  readonly others?: readonly RecognitionEngine[];
  readonly credentials?: boolean;
  readonly slots?: number;
  readonly prefixes?: PrefixTable;
  /** What is seen of pictures at intake; fronts, unless said. */
  readonly looker?: PictureLooker;
  /** In a process of its own for a bench; in this one, unless said. */
  readonly pictureTool?: PictureTool;
  /** In place of parts of the real file tool. */
  readonly files?: Partial<FileTool>;
  /** What stands behind a link; none can be reached, unless said. */
  readonly links?: LinkTool;
  /** 0 up to, not including, 1. */
  readonly random?: () => number;
  /** Stand between the desk and what it writes to, to fail as a computer does. */
  readonly pictures?: (real: PictureStore) => PictureStore;
  readonly store?: (real: DeskStore) => DeskStore;
  readonly queueChanged?: (status: QueueStatus) => void;
}

export const TEST_KEY = '11'.repeat(32);
const never: Script = () => new Promise(() => undefined);

export function openTestDesk(parts: Parts = {}): TestDesk {
  const folder = parts.folder ?? mkdtempSync(path.join(os.tmpdir(), 'cardproof-test-'));
  const database = openDatabase({
    file: path.join(folder, 'cards.db'),
    keyHex: TEST_KEY,
    migrationsDir: path.resolve('resources/migrations'),
  });
  if (!database.ok) throw new Error(database.error.code, { cause: database.error.cause });
  const clock = createTestClock();
  const { slots = 2 } = parts;
  const engines = {
    local: scriptedEngine('local', { ...ON_THIS_COMPUTER, slots }, parts.local ?? never),
    tencent: scriptedEngine('tencent', { ...IN_THE_CLOUD, slots }, parts.tencent ?? never),
  };
  const others = Object.fromEntries((parts.others ?? []).map((engine) => [engine.name, engine]));
  const statuses: QueueStatus[] = [];
  const patches: ViewPatch[] = [];
  const defects: unknown[] = [];
  const prefixes: PrefixTable = parts.prefixes ?? {
    lookUp: () => ({ match: 'matches', lengths: [], banks: [], types: [] }),
  };
  const store = (parts.store ?? ((real) => real))(createDeskStore(database.value));
  const realPictures = createPictureStore(path.join(folder, 'pictures'), Buffer.alloc(32, 7));
  const pictures = parts.pictures?.(realPictures) ?? realPictures;
  const desk = createDesk({
    store,
    pictures,
    folder,
    pictureTool: parts.pictureTool ?? pictureTool,
    looker: parts.looker ?? { look: async () => ok({ side: 'front', secrets: [], cards: [] }) },
    // What a test wrote is whole.
    files: { ...fileTool, mayGrow: async () => false, ...parts.files },
    links: parts.links ?? { fetch: async () => ({ ok: false, error: { code: 'link.unreachable' } }) },
    clock,
    random: parts.random ?? (() => 0.5),
    engines: () => everyEngine({ ...others, ...engines }),
    hasCredentials: (name) => (parts.credentials ?? false) && (name in engines || name in others),
    newCanceller() {
      const controller = new AbortController();
      return { signal: controller.signal, cancel: () => controller.abort() };
    },
    sheetWriter: createSheetWriter(createWholeFiles(path.join(folder, 'unfinished'))),
    prefixes,
    pins: {
      hash: async (pin) => `hash of ${pin}`,
      verify: async (pin, hash) => ok(hash === `hash of ${pin}`),
    },
    account: 'tester',
    events: {
      queueChanged(status) {
        statuses.push(status);
        parts.queueChanged?.(status);
      },
      intakeProgressed: () => undefined,
      viewPatched: (patch) => patches.push(patch),
      undoChanged: () => undefined,
      settingsChanged: () => undefined,
      sessionChanged: () => undefined,
      defect: (error) => defects.push(error),
    },
  });
  const shown = (id: CardId): SeenCard => ({ id, revision: store.card(id)?.revision ?? 0 });
  // What a test changes is assessed as the desk assesses its own changes.
  const assessor = createAssessor({
    store,
    prefixes,
    clock,
    policy() {
      const { doubtWeights: weights, qualityThreshold } = desk.settings.get();
      return { weights, qualityThreshold };
    },
    changed: (ids) => desk.views.changed(ids),
    keep: desk.keep,
    defect: (error) => defects.push(error),
  });
  return {
    desk,
    store: { ...store, change: assessor.change },
    pictures,
    shown,
    decide(ids, decision, warningsAcknowledged = false, effort) {
      const [only, ...others] = ids.map(shown);
      const seen = only && others.length === 0 ? seenOne(only) : seenTogether(ids.map(shown));
      return desk.review.decide(seen, decision, warningsAcknowledged, effort);
    },
    correct: (id, field, text) => desk.review.correct(shown(id), field, text),
    clock,
    folder,
    engines,
    statuses,
    patches,
    defects,
    allowPages: (more) => limitPages(database.value, more),
    crash() {
      const left = mkdtempSync(path.join(os.tmpdir(), 'cardproof-test-'));
      cpSync(folder, left, { recursive: true });
      return left;
    },
    // A picture may still be on its way into it.
    dispose: () => rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 20 }),
  };
}

/** A real SQLITE_FULL, without a disk that is full. */
export function limitPages(database: Database, more: number | undefined): void {
  const { page_count: now } = database.prepare('PRAGMA page_count').get() as { page_count: number };
  database.exec(`PRAGMA max_page_count = ${more === undefined ? 0xfffffffe : now + more}`);
}
