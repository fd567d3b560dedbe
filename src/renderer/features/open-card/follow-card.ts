/** The open card changes under our eyes too, e.g. when an engine answers: then it is looked at again. */
import { watch, type Ref } from 'vue';
import type { CardDetail, CardRow } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';
import { listen } from '../../backend/backend';
import { useView } from '../view/view-store';
import { isSettled } from './ahead';

export interface FollowHost {
  readonly openId: Readonly<Ref<CardId | undefined>>;
  readonly detail: Readonly<Ref<CardDetail | undefined>>;
  readonly shownRow: Readonly<Ref<CardRow | undefined>>;
  /** Gets what is shown of the card anew. */
  readonly load: (id: CardId) => Promise<void>;
  /** Something in the view is another. */
  readonly changedAround: () => void;
  /** Another row has the focus while no card is open. */
  readonly focused: (id: CardId | undefined) => void;
}

export function followCard({ openId, detail, shownRow, load, changedAround, focused }: FollowHost): void {
  const view = useView();
  listen('view:patch', (patch) => {
    const newer = patch.changed.find((row) => row.id === openId.value);
    if (newer && newer.revision !== detail.value?.row.revision) void load(newer.id);
    // A card that is being read may have left the view meanwhile (a filter), and then no patch tells of it: it is asked for.
    else if (!newer && openId.value !== undefined && shownRow.value && !isSettled(shownRow.value))
      void load(openId.value);
    changedAround();
  });
  // Its row may also be renewed without a patch: when the list behind the card asks for its rows again.
  watch(
    () => view.focusedRow,
    (row) => {
      const shown = openId.value === undefined ? undefined : shownRow.value;
      if (row && shown && row.id === shown.id && row.revision > shown.revision) void load(row.id);
    },
  );
  watch(
    () => view.focusId,
    (id) => {
      if (openId.value === undefined) focused(id);
    },
  );
}
