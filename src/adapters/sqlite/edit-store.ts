/** What people did to cards, so that it can be taken back. */
import type { Edit, EditedCard, EditStore } from '../../core/review/ports';
import type { Sql } from './sql';

interface Row {
  id: number;
  what: string;
  cards: string;
}

/** Edits kept for undoing: weeks of a person's work. Older ones stay in the history of their cards. */
const EDITS_KEPT = 20_000;

function toEdit(row: Row | undefined): Edit | undefined {
  return row && { id: row.id, what: row.what, cards: JSON.parse(row.cards) as EditedCard[] };
}

export function createEditStore(sql: Sql): EditStore {
  return {
    addEdit: (who, what, cards, at) =>
      sql.transaction(() => {
        sql.run('DELETE FROM edit WHERE who = ? AND undone = 1', who);
        const id = sql.insert(
          'INSERT INTO edit (at, who, what, cards) VALUES (?, ?, ?, ?)',
          at,
          who,
          what,
          JSON.stringify(cards),
        );
        sql.run('DELETE FROM edit WHERE id <= ?', id - EDITS_KEPT);
        return id;
      }),
    editToUndo: (who) =>
      toEdit(
        sql.one(
          'SELECT id, what, cards FROM edit WHERE who = ? AND undone = 0 ORDER BY id DESC LIMIT 1',
          who,
        ),
      ),
    editToRedo: (who) =>
      toEdit(
        sql.one('SELECT id, what, cards FROM edit WHERE who = ? AND undone = 1 ORDER BY id LIMIT 1', who),
      ),
    markEdit: (id, undone) => void sql.run('UPDATE edit SET undone = ? WHERE id = ?', undone ? 1 : 0, id),
    markDecisions: (editId, undone) =>
      void sql.run('UPDATE decision SET undone = ? WHERE edit_id = ?', undone ? 1 : 0, editId),
  };
}
