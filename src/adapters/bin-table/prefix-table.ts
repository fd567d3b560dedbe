/** The BIN table as the desk's doubts ask it: what a number's first digits say of its length, bank and type. */
import path from 'node:path';
import type { PrefixFacts, PrefixTable } from '../../core/doubts/ports';
import { loadBinTable, type BinTable } from './bin-table';
import { TYPE_NAMES } from './card-kinds';
import type { OwnRow } from './own-rows';

const UNKNOWN: PrefixFacts = { match: 'unknown', lengths: [], banks: [], types: [] };

/** `resources` is the folder with bin-table.json; throws when that cannot be read. */
export async function loadPrefixTable(resources: string, ownRows: readonly OwnRow[]): Promise<PrefixTable> {
  return createPrefixTable(await loadBinTable(path.join(resources, 'bin-table.json'), ownRows));
}

export function createPrefixTable(bins: BinTable): PrefixTable {
  return {
    lookUp(number) {
      const match = bins.match(number);
      if (match.kind === 'unknown') return UNKNOWN;
      const { rows } = match;
      return {
        match: match.kind,
        lengths: [...new Set(rows.map(({ length }) => length))],
        banks: [...new Map(rows.map(({ bank }) => [bank.abbreviation, bank])).values()].map((bank) => ({
          name: bank.name,
          code: bank.issuerCode,
        })),
        types: [...new Set(rows.map(({ kind }) => TYPE_NAMES[kind]))],
      };
    },
  };
}
