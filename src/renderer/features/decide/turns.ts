/** Whose turn it is: one change is carried out at a time, and one more may wait for it. */
import { computed, shallowRef } from 'vue';
import type { CardId } from '../../../shared/ids';
import type { Subject } from './subject';

/** same: the same press once more. tooMany: one waits already, or it is in part about the same cards. */
export type NotTaken = 'same' | 'tooMany';

interface Taken {
  readonly subject: Subject;
  readonly ended: Promise<unknown>;
}

export function createTurns() {
  /** The one that is carried out, and behind it the one that waits. */
  const taken = shallowRef<readonly Taken[]>([]);
  const underWay = computed(() => taken.value[0]?.subject);

  /** Whether a change about exactly this is carried out or waits: then it is the same key once more. */
  const isUnderWay = (subject: Subject): boolean =>
    taken.value.some((other) => isSame(other.subject, subject));

  /** `work` does not reject. */
  function take<Outcome>(subject: Subject, work: () => Promise<Outcome>): Promise<Outcome> | NotTaken {
    if (isUnderWay(subject)) return 'same';
    if (taken.value.length > 1 || taken.value.some((other) => overlaps(other.subject, subject)))
      return 'tooMany';
    const before = taken.value.at(-1)?.ended;
    const ended = (before ? before.then(work) : work()).finally(() => {
      taken.value = taken.value.filter((other) => other !== mine);
    });
    const mine = { subject, ended };
    taken.value = [...taken.value, mine];
    return ended;
  }

  return { underWay, isUnderWay, take };
}

/** Undefined: all but a few of a view. */
const idsOf = ({ target }: Subject): readonly CardId[] | undefined =>
  target.kind === 'cards' ? target.ids : undefined;

function isSame(one: Subject, other: Subject): boolean {
  return JSON.stringify(one.target) === JSON.stringify(other.target);
}

function overlaps(one: Subject, other: Subject): boolean {
  const [some, others] = [idsOf(one), idsOf(other)];
  if (!some || !others) return true;
  const known = new Set(some);
  return others.some((id) => known.has(id));
}
