/** What a person asks to see: filter, order and grouping. Each change opens the view anew; what is typed waits for a pause. */
import { useTimeoutFn } from '@vueuse/core';
import { computed, reactive, ref } from 'vue';
import type { CardStateName, ColumnFilter, Filter, Group, Sort } from '../../../shared/cards';
import type { BatchId } from '../../../shared/ids';

/** Lets the keys of one burst be one question; what is typed after it overtakes the question under way. */
const SEARCH_PAUSE_MS = 30;

const NO_FILTER = {
  states: [],
  search: '',
  onlyWithWarnings: false,
  doubt: undefined,
  assignedTo: undefined,
  samplesDue: false,
  columns: {},
} satisfies Partial<Filter>;

/** `open`: shows the view for what is asked now. */
export function createFilters(open: () => Promise<void>) {
  const filter = reactive<Filter>({ ...NO_FILTER, batchId: undefined });
  /** Riskiest first, unless a person wants another order. */
  const sort = ref<Sort>({ key: 'risk', descending: true });
  const group = ref<Group>();
  const pause = useTimeoutFn(() => void open(), SEARCH_PAUSE_MS, { immediate: false });

  const filtered = computed(
    () =>
      filter.states.length > 0 ||
      filter.search.trim() !== '' ||
      filter.onlyWithWarnings ||
      filter.doubt !== undefined ||
      filter.assignedTo !== undefined ||
      filter.samplesDue ||
      Object.values(filter.columns).some((text) => text.trim() !== ''),
  );

  /** Answers whether something that was typed is still to be asked for. */
  function endPause(): boolean {
    const waited = pause.isPending.value;
    pause.stop();
    return waited;
  }

  function setSearch(text: string): void {
    filter.search = text;
    pause.start();
  }
  function filterColumn(name: ColumnFilter, text: string): void {
    filter.columns = { ...filter.columns, [name]: text };
    pause.start();
  }
  function toggleState(state: CardStateName): void {
    filter.states = filter.states.includes(state)
      ? filter.states.filter((one) => one !== state)
      : [...filter.states, state];
    void open();
  }
  function showStates(states: CardStateName[]): void {
    filter.states = states;
    void open();
  }
  function showBatch(batchId: BatchId | undefined): void {
    filter.batchId = batchId;
    void open();
  }
  function clearFilter(): void {
    Object.assign(filter, NO_FILTER);
    void open();
  }
  /** Any part of the filter but the search, which waits for a pause in the typing. */
  function narrow(part: Partial<Omit<Filter, 'search'>>): void {
    Object.assign(filter, part);
    void open();
  }
  function sortBy(key: Sort['key']): void {
    // The first press on risk puts the riskiest first; on any other column, the least.
    const descending = sort.value.key === key ? !sort.value.descending : key === 'risk';
    sort.value = { key, descending };
    void open();
  }
  /** As main is asked for it. */
  const request = () => ({
    filter: { ...filter, states: [...filter.states], columns: { ...filter.columns } },
    sort: { ...sort.value },
    group: group.value,
  });

  return {
    filter,
    sort,
    group,
    filtered,
    endPause,
    request,
    acts: { setSearch, filterColumn, toggleState, showStates, showBatch, clearFilter, narrow, sortBy },
  };
}
