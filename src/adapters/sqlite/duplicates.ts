/** Cards that have a number or a picture in common. */
import type { CardStore } from '../../core/cards/ports';
import type { CardId } from '../../shared/ids';
import type { Sql } from './sql';

export function createDuplicates(sql: Sql): Pick<CardStore, 'duplicates' | 'duplicatesOf'> {
  return {
    duplicates({ id, batchId, fields, sha256, piece }) {
      const count = (column: string, value: string | undefined, also = '') =>
        value === undefined
          ? { inside: 0, outside: 0 }
          : (sql.one<{ inside: number; outside: number }>(
              `SELECT count(*) FILTER (WHERE batch_id = ?) AS inside, count(*) FILTER (WHERE batch_id <> ?) AS outside
               FROM card WHERE ${column} = ? AND id <> ? ${also}`,
              batchId,
              batchId,
              value,
              id,
            ) ?? { inside: 0, outside: 0 });
      const number = count('card_number', fields.cardNumber);
      // The pieces of one picture have its hash and are other cards.
      const picture = count(
        'sha256',
        sha256,
        piece === undefined ? '' : `AND ifnull(piece, ${piece}) = ${piece}`,
      );
      return {
        numberInBatch: number.inside,
        numberElsewhere: number.outside,
        pictureInBatch: picture.inside,
        pictureElsewhere: picture.outside,
      };
    },
    duplicatesOf: (number, sha256, limit) =>
      sql
        .all<{ id: number }>(
          `SELECT id FROM card WHERE card_number = ? UNION SELECT id FROM card WHERE sha256 = ? LIMIT ?`,
          // No number and no hash is empty; libsql takes no NULL as the first parameter.
          number ?? '',
          sha256 ?? '',
          limit,
        )
        .map((row) => row.id as CardId),
  };
}
