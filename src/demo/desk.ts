/** The real desk and the real handlers over the store in memory, with an invented world around them. */
import { systemClock } from '../adapters/clock';
import { createMemoryStore } from '../adapters/memory/desk-store';
import type { Card } from '../core/cards/ports';
import { createDesk, type Desk } from '../core/desk';
import type { DeskEvents } from '../core/desk-ports';
import type { Handlers } from '../main/ipc/answer';
import { createDrops } from '../main/ipc/drops';
import { createHandlers } from '../main/ipc/handlers';
import type { OpenDesk, Shell } from '../main/ipc/shell';
import type { CardId } from '../shared/ids';
import type { EventName, Events } from '../shared/ipc';
import { fail, ok } from '../shared/result';
import type { CredentialsStatus } from '../shared/settings';
import { inventCard, toBytes } from './cards';
import { createInventedEngines } from './engines';
import { createInventedFiles, type InventedFiles } from './files';
import { addPeople, workThrough } from './past';
import { LOCKS, type Situation } from './situations';
import {
  createPicturesInMemory,
  newCanceller,
  pretendedLooker,
  pretendedPictureTool,
  pretendedPins,
  pretendedSheets,
  type PicturesInMemory,
} from './world';

/** Stands in every build of the demonstration, and in nothing that is shipped: test/exploit/no-demonstration.test.ts. */
export const DEMONSTRATION = 'demonstration of an invented desk';

export interface Demo {
  readonly handlers: Handlers;
  readonly pictures: PicturesInMemory;
  card(id: CardId): Card | undefined;
  on<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): () => void;
  /** A token for so many files that were dropped. */
  drop(count: number): string;
  defect(error: unknown): void;
  close(): Promise<void>;
}

const CARD_MS = 700;
const PASSPHRASE = 'specimen desk';
const LEAST_PASSPHRASE = 10;

function createEmitter() {
  const listeners = new Map<EventName, Set<(payload: never) => void>>();
  return {
    on<Name extends EventName>(name: Name, listener: (payload: Events[Name]) => void): () => void {
      const those = listeners.get(name) ?? new Set();
      listeners.set(name, those.add(listener));
      return () => void those.delete(listener);
    },
    emit<Name extends EventName>(name: Name, payload: Events[Name]): void {
      for (const listener of listeners.get(name) ?? []) listener(structuredClone(payload) as never);
    },
  };
}
type Emitter = ReturnType<typeof createEmitter>;

function eventsOf({ emit }: Emitter, defect: (error: unknown) => void): DeskEvents {
  return {
    queueChanged: (status) => emit('queue:changed', status),
    intakeProgressed: (progress) => emit('intake:progress', progress),
    viewPatched: (patch) => emit('view:patch', patch),
    undoChanged: (state) => emit('edit:changed', state),
    settingsChanged: (settings) => emit('settings:changed', settings),
    sessionChanged: (session) => emit('session:changed', session),
    defect,
  };
}

function createCredentials(): OpenDesk['credentials'] & { readonly stored: boolean } {
  const shown = (secretId: string): CredentialsStatus => ({
    stored: true,
    maskedSecretId: `${secretId.slice(0, 4)}••••${secretId.slice(-4)}`,
    source: 'keychain',
    keychainAvailable: true,
  });
  let status = shown('AKIDinventedDEMO');
  return {
    get stored() {
      return status.stored;
    },
    status: () => status,
    store: async ({ secretId }) => ok((status = shown(secretId))),
    forget: async () => ok((status = { stored: false, keychainAvailable: true })),
  };
}

function createShell(
  open: OpenDesk,
  files: InventedFiles,
  { emit }: Emitter,
  situation: Situation,
): Shell & { drop(count: number): string } {
  const drops = createDrops();
  let lock = LOCKS[situation] ?? { kind: 'open' as const };
  const fileName = (target: string): string => target.split('/').pop() ?? target;
  return {
    composition: () => (lock.kind === 'open' ? open : undefined),
    info: async () => ({
      version: '0.1.0',
      platform: 'linux',
      systemLanguage: globalThis.navigator?.language?.startsWith('en') ? 'en' : 'zh-CN',
      lock,
      keyKeptIn: 'keychain',
    }),
    async unlock(passphrase) {
      if (passphrase.length < LEAST_PASSPHRASE) return fail('unlock.tooShort');
      if (lock.kind === 'passphrase' && passphrase !== PASSPHRASE) return fail('unlock.wrongPassphrase');
      return ok((lock = { kind: 'open' }));
    },
    chooseFiles: async () => files.inside(files.add('柜面扫描', 14)),
    chooseFolder: async () => [files.add('分行上送', 40)],
    readClipboard: async () => ({ clipboard: [{ name: '剪贴板', bytes: toBytes(inventCard(Date.now())) }] }),
    droppedPaths: drops.take,
    specimens: async () => files.inside(files.add('样卡', 24)),
    chooseSheet: async (name) => `/${name}`,
    sheetProgress: (written, total) => emit('sheet:progress', { written, total }),
    showSheet: () => undefined,
    sheetWritten: fileName,
    batchName: () => new Date().toLocaleString('zh-CN', { dateStyle: 'medium', timeStyle: 'short' }),
    showPlace: () => undefined,
    drop: (count) => drops.keep(files.inside(files.add('拖入', count))),
  };
}

/** `defect`: hears of what the application would write into its log. */
export async function openDemo(situation: Situation, defect: (error: unknown) => void): Promise<Demo> {
  const store = createMemoryStore();
  const pictures = createPicturesInMemory();
  const files = createInventedFiles();
  const emitter = createEmitter();
  const credentials = createCredentials();
  /** What lies in the past took no time. */
  let isPast = true;
  const isOut = { offline: 'client.network', stopped: 'AuthFailure.SecretIdNotFound' }[situation as string];
  const engineTools = {
    clock: systemClock,
    delayMs: () => (isPast ? 0 : CARD_MS),
    outage: () => (isPast ? undefined : isOut),
  };
  const desk: Desk = createDesk({
    store,
    pictures,
    folder: DEMONSTRATION,
    pictureTool: pretendedPictureTool,
    looker: pretendedLooker,
    files,
    links: files,
    clock: systemClock,
    random: Math.random,
    engines: () => createInventedEngines(engineTools),
    hasCredentials: () => credentials.stored,
    newCanceller,
    sheetWriter: pretendedSheets(systemClock),
    prefixes: { lookUp: () => ({ match: 'matches', lengths: [16, 19], banks: [], types: [] }) },
    pins: pretendedPins,
    account: '王磊',
    events: eventsOf(emitter, defect),
  });
  desk.start();
  if (situation !== 'empty') {
    await workThrough(desk, store, '城东支行 11-23', files.inside(files.add('城东支行', 36)));
    await workThrough(desk, store, '城东支行 11-24 上午', files.inside(files.add('城东支行', 16)));
  }
  if (situation === 'people') await addPeople(desk);
  isPast = false;
  if (situation === 'full') pictures.fill();
  if (situation !== 'empty' && situation !== 'people') {
    const count = situation === 'many' ? 3000 : 10;
    await desk.intake.take('城东支行 11-24 下午', { paths: files.inside(files.add('城东支行', count)) });
  }
  const open: OpenDesk = {
    desk,
    credentials,
    testCredentials: async () => (isOut === undefined ? ok(true) : fail('AuthFailure.SecretIdNotFound')),
  };
  const shell = createShell(open, files, emitter, situation);
  return {
    handlers: createHandlers(shell),
    pictures,
    card: (id) => store.card(id),
    on: emitter.on,
    defect,
    drop: shell.drop,
    close: () => desk.close(),
  };
}
