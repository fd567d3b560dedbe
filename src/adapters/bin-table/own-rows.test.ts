import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createBinTable } from './bin-table';
import { OWN_ROWS_FILE, OWN_ROWS_HEADER, parseOwnRows, readOwnRows } from './own-rows';
import { createPrefixTable } from './prefix-table';

const bundled = {
  sources: [{ package: 'first' }],
  banks: [['AAA', '甲银行', '01020304']] as const,
  rows: [
    ['622576', 16, 0, 'CC', 1],
    ['622576', 19, 0, 'DC', 1],
    ['62257600', 16, 0, 'PC', 1],
  ] as const,
};

function parse(...lines: readonly string[]) {
  return parseOwnRows([OWN_ROWS_HEADER, ...lines].join('\n'));
}

describe('an administrator’s own rows of the BIN table', () => {
  it('are read with types by their name or their letters', () => {
    expect(parse('622999,16,丙银行,09990000,借记卡', '6229991,19,丙银行,,CC').rows).toEqual([
      { prefix: '622999', length: 16, bank: '丙银行', issuerCode: '09990000', kind: 'DC' },
      { prefix: '6229991', length: 19, bank: '丙银行', kind: 'CC' },
    ]);
  });

  it('are read as spreadsheets write them', () => {
    const text = `\uFEFF${OWN_ROWS_HEADER}\r\n622999,16,"Bank ""C"", Ltd",09990000,DC\r\n\r\n`;
    expect(parseOwnRows(text)).toMatchObject({ rows: [{ bank: 'Bank "C", Ltd' }], complaints: [] });
  });

  it.each([
    ['62,16,丙银行,,DC', 'prefix'],
    ['62299912345,16,丙银行,,DC', 'prefix'],
    ['62299x,16,丙银行,,DC', 'prefix'],
    ['６２２９９９,16,丙银行,,DC', 'prefix'],
    ['622999,11,丙银行,,DC', 'length'],
    ['622999,20,丙银行,,DC', 'length'],
    ['622999,16.0,丙银行,,DC', 'length'],
    ['622999,16,,,DC', 'bank'],
    ['622999,16,丙\u0007银行,,DC', 'bank'],
    [`622999,16,${'丙'.repeat(41)},,DC`, 'bank'],
    ['622999,16,丙银行,0999000,DC', 'code'],
    ['622999,16,丙银行,099900001,DC', 'code'],
    ['622999,16,丙银行,,储蓄', 'type'],
    ['622999,16,丙银行,', 'five'],
    ['622999,16,丙银行,,DC,more', 'five'],
    ['622999,16,"丙银行,,DC', 'five'],
  ])('leave the line %s out and tell its number', (line, reason) => {
    const { rows, complaints } = parse('622998,16,丙银行,,DC', line, '622997,16,丙银行,,DC');
    expect(rows.map(({ prefix }) => prefix)).toEqual(['622998', '622997']);
    expect(complaints).toEqual([expect.stringMatching(new RegExp(`line 3: .*${reason}`))]);
  });

  it('take the first of two lines for the same prefix and length', () => {
    const { rows, complaints } = parse(
      '622999,16,丙银行,,DC',
      '622999,16,丁银行,,DC',
      '622999,19,丁银行,,DC',
    );
    expect(rows.map(({ bank }) => bank)).toEqual(['丙银行', '丁银行']);
    expect(complaints).toEqual([expect.stringContaining('line 3')]);
  });

  it('say nothing of what a bad line holds', () => {
    expect(parse('6225760000000000,16,丙银行,,DC').complaints.join()).not.toMatch(/\d{5}/);
  });

  it('are none under another first line', () => {
    expect(parseOwnRows('prefix;length;bank;code;type\n622999;16;x;;DC')).toMatchObject({
      rows: [],
      complaints: [expect.stringContaining('first line')],
    });
  });

  it('end at ten thousand lines, and a file of nonsense does not fill the log', () => {
    const many = Array.from({ length: 10_001 }, (_none, at) => `${100_000 + at},16,丙银行,,DC`);
    const read = parse(...many);
    expect(read.rows).toHaveLength(9999);
    expect(read.complaints).toEqual([expect.stringContaining('after line 10000')]);
    expect(parse(...many.map(() => 'x')).complaints.length).toBeLessThan(60);
  });
});

describe('the BIN table with own rows', () => {
  const own = parse('622576,16,乙银行,09990000,DC', '4111,16,甲银行,,CC').rows;
  const table = createBinTable(bundled, own);

  it('believes them before the bundled ones of the same prefix and length', () => {
    expect(table.match('6225768888888888')).toMatchObject({
      kind: 'matches',
      rows: [{ bank: { name: '乙银行', issuerCode: '09990000' }, kind: 'DC', sources: ['bin-rows.csv'] }],
    });
    expect(table.match('6225768888888888')).toHaveProperty('rows.length', 1);
  });

  it('keeps the bundled row of another length, and the longest prefix still wins', () => {
    expect(table.match('6225768888888888888')).toMatchObject({ rows: [{ bank: { name: '甲银行' } }] });
    expect(table.match('6225760088888888')).toMatchObject({ rows: [{ prefix: '62257600', kind: 'PC' }] });
  });

  it('knows a bank by its name', () => {
    expect(table.match('4111888888888888')).toMatchObject({
      rows: [{ bank: { abbreviation: 'AAA', issuerCode: '01020304' } }],
    });
    expect(table.banks.map(({ name }) => name)).toEqual(['甲银行', '乙银行']);
  });

  it('tells the doubts the bank, length and type', () => {
    expect(createPrefixTable(table).lookUp('6225768888888888')).toEqual({
      match: 'matches',
      lengths: [16],
      banks: [{ name: '乙银行', code: '09990000' }],
      types: ['借记卡'],
    });
  });
});

describe('bin-rows.csv in the profile folder', () => {
  let folder: string;
  beforeEach(async () => void (folder = await mkdtemp(path.join(os.tmpdir(), 'cardproof-rows-'))));
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('need not be there', async () => {
    expect(await readOwnRows(folder)).toEqual({ rows: [], complaints: [] });
  });

  it('is read', async () => {
    await writeFile(path.join(folder, OWN_ROWS_FILE), `${OWN_ROWS_HEADER}\n622999,16,丙银行,,DC\n`);
    expect(await readOwnRows(folder)).toMatchObject({ rows: [{ prefix: '622999' }], complaints: [] });
  });

  it('is left out when it is too large or no file', async () => {
    await writeFile(path.join(folder, OWN_ROWS_FILE), Buffer.alloc(1_000_001, 'a'));
    expect(await readOwnRows(folder)).toMatchObject({
      rows: [],
      complaints: [expect.stringContaining('larger')],
    });
    expect(await readOwnRows(path.join(folder, OWN_ROWS_FILE))).toMatchObject({
      complaints: [expect.stringContaining('ENOTDIR')],
    });
  });

  it('loses only the lines that are not text', async () => {
    const bytes = Buffer.concat([
      Buffer.from(`${OWN_ROWS_HEADER}\n622999,16,`),
      Buffer.from([0xb1, 0xfb]),
      Buffer.from(',,DC\n622998,16,丙银行,,DC\n'),
    ]);
    await writeFile(path.join(folder, OWN_ROWS_FILE), bytes);
    expect(await readOwnRows(folder)).toMatchObject({
      rows: [{ prefix: '622998' }],
      complaints: [expect.stringContaining('line 2')],
    });
  });
});
