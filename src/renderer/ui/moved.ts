/** The list with one of its items a place earlier or later; unchanged at the ends. */
export function moved<Item>(list: readonly Item[], item: Item, by: 1 | -1): Item[] {
  const from = list.indexOf(item);
  const to = from + by;
  const copy = [...list];
  if (from < 0 || to < 0 || to >= list.length) return copy;
  copy.splice(from, 1);
  copy.splice(to, 0, item);
  return copy;
}
