/** What a command is about: the card that is open, else what is selected, else the row with the focus. */
import { computed } from 'vue';
import type { CardRow, DecideTarget, Decision, Target } from '../../../shared/cards';
import { translate } from '../../messages/i18n';
import { words } from '../../messages/words';
import { useToasts } from '../../ui/toast-store';
import { useCard } from '../open-card/card-store';
import { obstacleTo } from '../open-card/obstacle';
import { sayObstacle } from '../open-card/say-obstacle';
import { useView } from '../view/view-store';

export interface Subject {
  readonly target: Target;
  /** The same cards as they were seen: a decision is about these. */
  readonly seen: DecideTarget;
  /** Set when it is one card. */
  readonly row?: CardRow;
}

export interface SubjectHost {
  /** A change about exactly this is on its way. */
  readonly isUnderWay: (subject: Subject) => boolean;
}

export function createSubject({ isUnderWay }: SubjectHost) {
  const view = useView();
  const card = useCard();
  const toasts = useToasts();

  const single = computed<CardRow | undefined>(() =>
    card.openId === undefined && view.selectedCount > 0 ? undefined : card.shownRow,
  );
  const count = computed(() => (single.value ? 1 : card.openId === undefined ? view.selectedCount : 0));

  function current(): Subject | undefined {
    const { value: row } = single;
    if (row) {
      const { id, revision } = row;
      return { target: { kind: 'cards', ids: [id] }, seen: { kind: 'card', id, revision }, row };
    }
    if (card.openId !== undefined) return undefined;
    const [target, seen] = [view.selectionTarget(), view.seenSelection()];
    return target && seen && { target, seen };
  }

  /** The same; where it is nothing, the person is told. */
  function needed(): Subject | undefined {
    const subject = current();
    if (!subject) toasts.problem(translate('decide.nothingSelected'));
    return subject;
  }

  /** What a decision is about, unless there is something to say first or it is the same key once more. */
  async function toDecide(kind: Decision['kind']): Promise<Subject | undefined> {
    const pressedOn = needed();
    if (!pressedOn || isUnderWay(pressedOn)) return undefined;
    const seenIsShown = await card.settled();
    // A note that was just kept gave the card a new revision. A person who has gone on meant the card that was left.
    const subject = single.value?.id === pressedOn.row?.id ? needed() : pressedOn;
    if (!subject) return undefined;
    const { row } = subject;
    const inList = card.openId === undefined && row !== undefined;
    const obstacle = row && obstacleTo(kind, row);
    if (obstacle) sayObstacle(obstacle, words.state(row.state));
    else if (!seenIsShown) toasts.failed({ code: 'card.changedSince' });
    else if (inList && view.justMoved()) toasts.problem(translate('decide.justMoved'));
    // The focus may have come to a card that could not be read by itself: it is decided on only after a person went to it.
    else if (inList && row.state === 'failed' && !view.isChosen())
      toasts.problem(translate('decide.chooseFailed'));
    else return subject;
    return undefined;
  }

  return { single, count, current, needed, toDecide };
}
