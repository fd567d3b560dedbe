/**
 * One run of the desk's queue over a profile of the torture: the real store, pictures and engine for the cloud, until all is done or
 * somebody kills it. Arguments: the profile's folder, and the address of the stub.
 */
import path from 'node:path';
import { createWholeFiles } from '../../src/adapters/files/whole-files';
import { createPictureStore } from '../../src/adapters/files/picture-store';
import { fileTool } from '../../src/adapters/files/file-tool';
import { pictureTool } from '../../src/adapters/images/picture-tool';
import { systemClock } from '../../src/adapters/clock';
import { createTencentEngine } from '../../src/adapters/tencent/engine';
import { createProxies } from '../../src/adapters/tencent/proxies';
import { computerClock, shareBudget } from '../../src/adapters/tencent/shared-budget';
import { createTurns } from '../../src/adapters/tencent/turns';
import { createSheetWriter } from '../../src/adapters/xlsx/sheet-writer';
import { createDesk } from '../../src/core/desk';
import { createEnding, hearSignals } from '../../src/main/ending';
import { fail, ok } from '../../src/shared/result';
import { everyEngine, ON_THIS_COMPUTER, scriptedEngine } from '../helpers/scripted-engine';
import { openProfile, PICTURE_KEY } from './profile';

const [folder = '', endpoint = ''] = process.argv.slice(2);
const credentials = { secretId: 'AKIDinvented0001', secretKey: 'invented-secret-key' };
const turns = createTurns({ monotonic: computerClock, after: systemClock.after }, (key) =>
  shareBudget(key, (cause) => tell('defect', String(cause)), path.dirname(folder)),
);
const local = scriptedEngine('local', ON_THIS_COMPUTER, () => new Promise(() => undefined));
const tell = (what: string, more?: unknown) => process.send?.({ what, more });

const desk = createDesk({
  store: await openProfile(folder),
  pictures: createPictureStore(path.join(folder, 'pictures'), PICTURE_KEY),
  folder,
  pictureTool,
  looker: { look: async () => ok({ side: 'front', secrets: [], cards: [] }) },
  files: fileTool,
  links: { fetch: async () => fail('link.unreachable') },
  clock: systemClock,
  random: Math.random,
  engines: (settings) =>
    everyEngine({
      local,
      tencent: createTencentEngine({
        credentials: async () => credentials,
        endpoint: () => endpoint,
        region: () => 'ap-guangzhou',
        timeoutMs: () => 5_000,
        transport: createProxies(async () => undefined),
        clock: systemClock,
        turn: (signal, service) => turns(signal, settings.get().callsPerSecond, service),
      }),
    }),
  hasCredentials: (name) => name === 'tencent',
  newCanceller() {
    const controller = new AbortController();
    return { signal: controller.signal, cancel: () => controller.abort() };
  },
  sheetWriter: createSheetWriter(createWholeFiles(path.join(folder, 'unfinished'))),
  prefixes: { lookUp: () => ({ match: 'matches', lengths: [], banks: [], types: [] }) },
  pins: { hash: async (pin) => pin, verify: async () => ok(false) },
  account: 'torture',
  events: {
    queueChanged: () => undefined,
    intakeProgressed: () => undefined,
    viewPatched: () => undefined,
    undoChanged: () => undefined,
    settingsChanged: () => undefined,
    sessionChanged: () => undefined,
    defect: (error) => tell('defect', String(error)),
  },
});

const ending = createEnding({
  close: (enough) => desk.close(enough),
  exit: (code) => process.exit(code),
  log: (message, error) => tell('defect', `${message} ${String(error)}`),
});
hearSignals(ending.signal);

desk.start();
tell('started');
await desk.queue.settled();
tell('settled', desk.queue.status());
ending.begin(0);
