/** What is selected: some cards, or everything a view holds but a few. Values are replaced, never changed. */
import type { Target } from '../../../shared/cards';
import type { CardId, ViewId } from '../../../shared/ids';

export type Selection =
  | { readonly kind: 'some'; readonly ids: ReadonlySet<CardId> }
  | { readonly kind: 'all'; readonly except: ReadonlySet<CardId> };

/** How many cards a target may name, see TargetSchema. */
export const MOST_NAMED = 5000;

export const NOTHING: Selection = { kind: 'some', ids: new Set() };
export const EVERYTHING: Selection = { kind: 'all', except: new Set() };

export function isSelected(selection: Selection, id: CardId): boolean {
  return selection.kind === 'some' ? selection.ids.has(id) : !selection.except.has(id);
}

export function countSelected(selection: Selection, total: number): number {
  return selection.kind === 'some' ? selection.ids.size : Math.max(0, total - selection.except.size);
}

export function toggle(selection: Selection, id: CardId): Selection {
  const flipped = new Set(selection.kind === 'some' ? selection.ids : selection.except);
  if (!flipped.delete(id)) flipped.add(id);
  return selection.kind === 'some' ? { kind: 'some', ids: flipped } : { kind: 'all', except: flipped };
}

export function withAll(selection: Selection, ids: Iterable<CardId>): Selection {
  if (selection.kind === 'all') {
    const except = new Set(selection.except);
    for (const id of ids) except.delete(id);
    return { kind: 'all', except };
  }
  return { kind: 'some', ids: new Set([...selection.ids, ...ids]) };
}

/** Undefined when nothing is selected. */
export function targetOf(selection: Selection, viewId: ViewId, total: number): Target | undefined {
  if (countSelected(selection, total) === 0) return undefined;
  return selection.kind === 'some'
    ? { kind: 'cards', ids: [...selection.ids].slice(0, MOST_NAMED) }
    : { kind: 'view', viewId, except: [...selection.except].slice(0, MOST_NAMED) };
}
