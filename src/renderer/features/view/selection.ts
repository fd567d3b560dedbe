/** What is selected: some cards, or everything a view holds but a few, as it was when it was selected. Values are replaced, never changed. */
import type { DecideTarget, SeenCard, Target } from '../../../shared/cards';
import type { CardId, ViewId } from '../../../shared/ids';

export type Selection =
  /** `cards`: with the revision that each had. */
  | { readonly kind: 'some'; readonly cards: ReadonlyMap<CardId, number> }
  /** `version`: of the view. */
  | { readonly kind: 'all'; readonly version: number; readonly except: ReadonlySet<CardId> };

/** How many cards a target may name, see TargetSchema. */
export const MOST_NAMED = 5000;

export const NOTHING: Selection = { kind: 'some', cards: new Map() };

export function everything(version: number): Selection {
  return { kind: 'all', version, except: new Set() };
}

export function isSelected(selection: Selection, id: CardId): boolean {
  return selection.kind === 'some' ? selection.cards.has(id) : !selection.except.has(id);
}

export function countSelected(selection: Selection, total: number): number {
  return selection.kind === 'some' ? selection.cards.size : Math.max(0, total - selection.except.size);
}

export function toggle(selection: Selection, { id, revision }: SeenCard): Selection {
  if (selection.kind === 'some') {
    const cards = new Map(selection.cards);
    if (!cards.delete(id)) cards.set(id, revision);
    return { kind: 'some', cards };
  }
  const except = new Set(selection.except);
  if (!except.delete(id)) except.add(id);
  return { ...selection, except };
}

export function withAll(selection: Selection, added: readonly SeenCard[]): Selection {
  if (selection.kind === 'all') {
    const except = new Set(selection.except);
    for (const { id } of added) except.delete(id);
    return { ...selection, except };
  }
  const cards = new Map(selection.cards);
  for (const { id, revision } of added) cards.set(id, revision);
  return { kind: 'some', cards };
}

/** Undefined when nothing is selected. */
export function targetOf(selection: Selection, viewId: ViewId, total: number): Target | undefined {
  if (countSelected(selection, total) === 0) return undefined;
  return selection.kind === 'some'
    ? { kind: 'cards', ids: [...selection.cards.keys()].slice(0, MOST_NAMED) }
    : { kind: 'view', viewId, except: [...selection.except].slice(0, MOST_NAMED) };
}

/** The same for a decision, which is about cards as they were seen. */
export function seenOf(selection: Selection, viewId: ViewId, total: number): DecideTarget | undefined {
  if (countSelected(selection, total) === 0) return undefined;
  if (selection.kind === 'some') {
    const cards = [...selection.cards].slice(0, MOST_NAMED).map(([id, revision]) => ({ id, revision }));
    return { kind: 'cards', cards };
  }
  const { version, except } = selection;
  return { kind: 'view', viewId, version, except: [...except].slice(0, MOST_NAMED) };
}
