/** What people did to cards, so that it can be taken back. */
import type { Edit, EditStore } from '../../core/review/ports';
import type { Rows } from './rows';
import { stored } from './tables';

interface EditRow extends Edit {
  readonly who: string;
  readonly undone: boolean;
}

/** Edits kept for undoing: weeks of a person's work. Older ones stay in the history of their cards. */
const EDITS_KEPT = 20_000;

function toEdit(row: EditRow | undefined): Edit | undefined {
  return row && { id: row.id, what: row.what, cards: row.cards };
}

export function createEditStore({ decisions, table, transaction }: Rows): EditStore {
  const edits = table<number, EditRow>();
  const of = (who: string, undone: boolean): EditRow[] =>
    [...edits.rows()].filter((edit) => edit.who === who && edit.undone === undone);

  return {
    addEdit: (who, what, cards) =>
      transaction(() => {
        for (const { id } of of(who, true)) edits.remove(id);
        const id = edits.next();
        edits.put(id, { id, who, what, cards: stored(cards), undone: false });
        for (const { id: old } of edits.rows()) {
          if (old > id - EDITS_KEPT) break;
          edits.remove(old);
        }
        return id;
      }),
    editToUndo: (who) => toEdit(of(who, false).at(-1)),
    editToRedo: (who) => toEdit(of(who, true)[0]),
    markEdit(id, undone) {
      const edit = edits.get(id);
      if (edit) edits.put(id, { ...edit, undone });
    },
    markDecisions: (editId, undone) =>
      transaction(() => {
        for (const row of [...decisions.rows()]) {
          if (row.line.editId === editId) decisions.put(row.id, { ...row, undone });
        }
      }),
  };
}
