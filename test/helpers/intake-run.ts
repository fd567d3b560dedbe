/** Intake over records in memory, with a disk and pictures that a test makes up. */
import { openMemoryDesk } from './memory-desk';
import { createMemoryPictures, createTestHold, newCanceller } from './memory-world';
import type { BatchId } from '../../src/shared/ids';
import type { IntakeProgress } from '../../src/shared/ipc';
import { fail, ok } from '../../src/shared/result';
import type { PictureStore } from '../../src/core/cards/ports';
import { createIntake } from '../../src/core/intake/intake';
import type {
  Corners,
  FileTool,
  PictureLook,
  PictureLooker,
  PictureTool,
  PreparedPicture,
} from '../../src/core/intake/ports';

export const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
export const bytes = (content: string) => new TextEncoder().encode(content);
const CORNERS: Corners = [
  { x: 0, y: 0 },
  { x: 1, y: 0 },
  { x: 1, y: 1 },
  { x: 0, y: 1 },
];
const prepared = (content: string): PreparedPicture => ({
  format: 'jpeg',
  prepared: bytes(`prepared ${content}`),
  width: 900,
  height: 600,
  thumb: bytes(`small ${content}`),
  notes: [],
});

/** Pictures are their content's text: `bad` is none, `secret` shows a CVV, `plate` has two cards on it. */
const pictureTool: PictureTool = {
  prepare: async (given) => (text(given) === 'bad' ? fail('picture.damaged') : ok(prepared(text(given)))),
  takeApart: async (_given, cards) => ok(cards.map((_card, at) => prepared(`card ${at + 1}`))),
  paintOver: async () => ok(prepared('painted')),
  cut: async () => fail('picture.damaged'),
  sha256: text,
};
export function lookAt(picture: Uint8Array): PictureLook {
  const secret = text(picture).endsWith('secret');
  const plate = text(picture).endsWith('plate');
  return {
    side: secret ? 'back' : 'front',
    secrets: secret ? [CORNERS] : [],
    cards: plate ? [CORNERS, CORNERS] : [],
  };
}

type Disk = Readonly<Record<string, string>>;
function filesOn(disk: Disk): FileTool {
  const under = (folder: string) => Object.keys(disk).filter((path) => path.startsWith(`${folder}/`));
  const name = (path: string) => path.split('/').at(-1) ?? path;
  return {
    kind: async (path) => (path in disk ? 'file' : under(path).length > 0 ? 'folder' : 'missing'),
    name,
    mayGrow: async () => false,
    real: async (path) => path,
    async *walk(folder) {
      for (const path of under(folder)) yield { path, name: name(path) };
    },
    async read(path) {
      const content = disk[path];
      return content === undefined ? fail('file.gone') : ok(bytes(content));
    },
  };
}

interface Parts {
  readonly records?: ReturnType<typeof openRecords>;
  readonly disk?: Disk;
  readonly files?: (real: FileTool) => FileTool;
  readonly pictures?: (real: PictureStore) => PictureStore;
  readonly paint?: boolean;
  readonly looker?: PictureLooker;
}

export function openRecords() {
  return { ...openMemoryDesk(), pictures: createMemoryPictures() };
}

/** One run of the application over records that may be those of an earlier one. */
export function openRun({
  records = openRecords(),
  disk = {},
  files = (real) => real,
  pictures = (real) => real,
  paint = false,
  looker = { look: async (picture) => ok(lookAt(picture)) },
}: Parts = {}) {
  const progress: IntakeProgress[] = [];
  const defects: unknown[] = [];
  const defect = (error: unknown) => void defects.push(error);
  const closing = newCanceller();
  const intake = createIntake({
    store: records.store,
    pictures: pictures(records.pictures),
    pictureTool,
    looker,
    cardBacks: () => (paint ? 'paintOver' : 'refuse'),
    files: files(filesOn(disk)),
    links: { fetch: async () => fail('link.unreachable') },
    clock: records.clock,
    hold: createTestHold(records.clock, () => intake.wake(), defect),
    who: () => 'An',
    signal: closing.signal,
    newCanceller,
    changed: () => undefined,
    progressed: (now) => progress.push(now),
    arrived: () => undefined,
    defect,
  });
  const cardsOf = (batchId: BatchId) =>
    records.store.cards(records.store.ids({ batchId, states: [] }, { key: 'takenIn', descending: false }));
  return {
    records,
    intake,
    progress,
    defects,
    closing,
    cardsOf,
    states: (batchId: BatchId) =>
      cardsOf(batchId).map(({ name, state }) => [name, state.kind === 'failed' ? state.code : state.kind]),
  };
}
