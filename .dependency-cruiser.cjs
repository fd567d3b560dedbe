/** The arrows of docs/architecture.md: what each folder of src may import. */
const inside = { path: '^src/' };
const mayImport = (folder, allowed) => ({
  name: `${folder}-imports`,
  severity: 'error',
  from: { path: `^src/${folder}/`, pathNot: '[.]test[.]ts$' },
  to: { ...inside, pathNot: [folder, ...allowed].map((name) => `^src/${name}(/|[.])`) },
});

/**
 * The rooms of the local engine in the order in which a picture is read, and which earlier ones each may import. The
 * files beside the rooms join them and may import all.
 */
const ENGINE_ROOMS = {
  picture: [],
  text: ['picture'],
  outline: ['picture', 'text'],
  number: ['picture', 'text', 'bin-table'],
  fields: ['picture', 'text', 'number', 'bin-table'],
  warnings: ['picture', 'outline'],
  back: ['picture', 'text', 'outline'],
};
const adapter = (room) =>
  room === 'bin-table' ? '^src/adapters/bin-table/' : `^src/adapters/local-engine/${room}/`;
const engineRoom = ([room, allowed]) => ({
  name: `local-engine-${room}-imports`,
  severity: 'error',
  from: { path: adapter(room), pathNot: '[.]test[.]ts$' },
  to: { path: '^src/adapters/', pathNot: [room, ...allowed].map(adapter) },
});

/** The floors of the window, the ground first: each folder of src/renderer may import those before its own. */
const FLOORS = ['backend', 'messages', 'ui', 'session', 'features', 'app'];
const standsOn = (floor) => ({
  name: `renderer-${floor}-stands-on`,
  severity: 'error',
  from: { path: `^src/renderer/${floor}/`, pathNot: '[.]test[.]ts$' },
  to: {
    path: '^src/renderer/',
    pathNot: FLOORS.slice(0, FLOORS.indexOf(floor) + 1).map((name) => `^src/renderer/${name}/`),
  },
});

module.exports = {
  forbidden: [
    { name: 'no-circles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-circles-of-features',
      comment: 'A feature is one folder; what two of them need stands in a folder below both.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/renderer/features/' },
      to: { circular: true },
    },
    {
      name: 'no-circles-of-core-folders',
      comment:
        'Each step of the flow is a room; what two of them need of each other stands in one below both.',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/core/' },
      to: { circular: true },
    },
    ...FLOORS.map(standsOn),
    mayImport('shared', []),
    mayImport('core', ['shared']),
    mayImport('adapters', ['core', 'shared']),
    ...Object.entries(ENGINE_ROOMS).map(engineRoom),
    {
      name: 'local-engine-has-no-other-room',
      comment: 'A new folder needs its row in ENGINE_ROOMS.',
      severity: 'error',
      from: { path: `^src/adapters/local-engine/(?!(${Object.keys(ENGINE_ROOMS).join('|')})/)[^/]+/` },
      to: {},
    },
    {
      name: 'local-engine-folder-circles',
      severity: 'error',
      scope: 'folder',
      from: { path: '^src/adapters/(local-engine|bin-table)' },
      to: { circular: true },
    },
    {
      name: 'bin-table-imports',
      severity: 'error',
      from: { path: '^src/adapters/bin-table/', pathNot: '[.]test[.]ts$' },
      to: { path: '^src/adapters/', pathNot: '^src/adapters/bin-table/' },
    },
    {
      name: 'memory-store-is-pure',
      comment: 'It runs in a browser too: no Node, no packages, no other adapter.',
      severity: 'error',
      from: { path: '^src/adapters/memory/' },
      to: { pathNot: '^src/(adapters/memory|core|shared)/' },
    },
    // The demonstration: nothing imports it, and its entry is its own, so that nothing of it is shipped.
    mayImport('demo', ['core', 'adapters/memory', 'adapters/clock', 'main/ipc', 'renderer', 'shared']),
    mayImport('preload', ['shared']),
    mayImport('renderer', ['shared']),
    mayImport('cli', ['core', 'adapters', 'shared']),
    mayImport('emulator', ['core', 'adapters', 'shared']),
    mayImport('main', ['core', 'adapters', 'shared', 'cli', 'emulator', 'preload']),
    {
      name: 'shared-packages',
      comment: 'The words all processes share may use zod and nothing else.',
      severity: 'error',
      from: { path: '^src/shared/', pathNot: '[.]test[.]ts$' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'core'], pathNot: 'node_modules/zod/' },
    },
    {
      name: 'core-is-pure',
      comment: 'No Node, no packages: the world comes in through ports.',
      severity: 'error',
      from: { path: '^src/core/', pathNot: '[.]test[.]ts$' },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-optional', 'core'] },
    },
    {
      name: 'electron-only-in-its-rooms',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(main|preload)/' },
      to: { path: '^electron$|node_modules/electron/' },
    },
    { name: 'no-shared-folder', severity: 'error', from: {}, to: { path: '^[.][.]/shared' } },
  ],
  required: [
    {
      name: 'vue-is-read',
      comment: 'Without the compiler of Vue, imports inside .vue files would be passed over in silence.',
      severity: 'error',
      module: { path: '^src/renderer/app/app[.]vue$' },
      to: { path: '^src/renderer/app/desk[.]vue$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Quick tests beside their files use helpers that join everything: that is no arrow between the folders.
    exclude: { path: '^test/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.vue', '.json', '.js', '.mjs'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types'],
    },
  },
};
