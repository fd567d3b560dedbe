/** Groups that are folded away. Their rows stay in the view: only the list leaves them out. */
import { computed, shallowRef } from 'vue';
import { layoutOf } from './groups';
import type { Rows } from './rows';

export function createFolds({ view, total }: Pick<Rows, 'view' | 'total'>) {
  /** By the keys of the groups. */
  const folded = shallowRef<ReadonlySet<string>>(new Set());
  const layout = computed(() => layoutOf(total.value, view.value?.groups, folded.value));

  function fold(key: string): void {
    const next = new Set(folded.value);
    if (!next.delete(key)) next.add(key);
    folded.value = next;
  }
  /** A row that is gone to is seen. */
  function unfoldFor(index: number): void {
    const key = layout.value.groupOf(index)?.key;
    if (key !== undefined && folded.value.has(key)) fold(key);
  }
  function unfoldAll(): void {
    folded.value = new Set();
  }

  return { layout, fold, unfoldFor, unfoldAll };
}
