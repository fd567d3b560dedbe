import { describe, expect, it } from 'vitest';
import { createBinTable } from './bin-table';

const table = createBinTable({
  sources: [{ package: 'first' }, { package: 'second' }],
  banks: [
    ['AAA', '甲银行', '01020304'],
    ['BBB', '乙银行', ''],
  ],
  rows: [
    ['6225', 16, 0, 'CC', 1],
    ['62257', 19, 0, 'DC', 1],
    ['622576', 16, 1, 'CC', 3],
    ['622577', 16, 0, 'DC', 1],
    ['622577', 16, 1, 'CC', 2],
  ],
});

describe('the BIN table', () => {
  it('prefers the longest prefix whose length agrees', () => {
    expect(table.match('6225768888888888')).toMatchObject({ kind: 'matches', rows: [{ prefix: '622576' }] });
  });

  it('goes on to a shorter prefix when the longer one is for another length', () => {
    expect(table.match('6225788888888888')).toMatchObject({ kind: 'matches', rows: [{ prefix: '6225' }] });
    expect(table.match('6225768888888888888')).toMatchObject({
      kind: 'matches',
      rows: [{ prefix: '62257' }],
    });
  });

  it('tells a known prefix with another length from an unknown one', () => {
    expect(table.match('622576888888888')).toMatchObject({
      kind: 'otherLength',
      rows: [{ prefix: '622576' }],
    });
    expect(table.match('4111111111111111')).toEqual({ kind: 'unknown' });
  });

  it('keeps rows that contradict each other, each with its sources', () => {
    const match = table.match('6225778888888888');
    expect(match.kind === 'matches' && match.rows.map((row) => [row.bank.name, row.sources])).toEqual([
      ['甲银行', ['first']],
      ['乙银行', ['second']],
    ]);
  });

  it('leaves the issuer code out where none is known', () => {
    expect(table.banks[1]).toEqual({ abbreviation: 'BBB', name: '乙银行' });
  });
});
