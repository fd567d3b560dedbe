/** What comes next for a person: a card that waits for their decision, never one that is decided, failed or not theirs. */
import type { Filter, NextKind } from '../../shared/cards';
import type { CardId } from '../../shared/ids';
import type { Card, CardStore } from '../cards/ports';
import { maySettle } from './second-review';

export interface NextTools {
  readonly store: Pick<CardStore, 'matching' | 'cards'>;
  /** Who sits there. */
  readonly who: string;
  readonly supervisor: boolean;
  /** Two people or more: nobody checks what is their own. */
  readonly several: boolean;
}

/** What was put aside comes when nothing else is left. */
const ROUNDS: Readonly<Record<NextKind, readonly Partial<Filter>[]>> = {
  review: [{ states: ['pending', 'second', 'disputed'] }, { states: ['held'] }],
  sample: [{ samplesDue: true }],
};
const FIRST_SLICE = 50;
const LARGEST_SLICE = 5000;

/** `ids`: in the order in which they are to be looked through. */
export function nextOf(tools: NextTools, ids: readonly CardId[], kind: NextKind): CardId | undefined {
  for (const filter of ROUNDS[kind]) {
    let size = FIRST_SLICE;
    for (let from = 0; from < ids.length; from += size, size = Math.min(size * 4, LARGEST_SLICE)) {
      const slice = ids.slice(from, from + size);
      const matching = new Set(tools.store.matching(slice, filter));
      const found = slice.find((id) => matching.has(id) && isFor(tools, id, kind));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function isFor(tools: NextTools, id: CardId, kind: NextKind): boolean {
  const [card] = tools.store.cards([id]);
  if (!card) return false;
  return kind === 'sample' ? mayCheck(card, tools) : mayDecide(card, tools);
}

function mayDecide({ state }: Card, { who, supervisor }: NextTools): boolean {
  if (state.kind === 'second') return state.first.by !== who;
  return state.kind !== 'disputed' || (supervisor && maySettle(state, who));
}

/** Nobody checks their own approval while there are others. */
export function mayCheck({ state }: Card, { who, several }: Pick<NextTools, 'who' | 'several'>): boolean {
  if (state.kind !== 'approved') return false;
  const own = state.rule === undefined && (state.by === who || state.also === who);
  return !(own && several);
}
