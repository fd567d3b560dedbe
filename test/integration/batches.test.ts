/** Another name for a batch: written down with both names, and seen at once wherever the batch is shown. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Filter, Sort } from '../../src/shared/cards';
import type { BatchId, CardId, ViewId } from '../../src/shared/ids';
import type { DeskStore } from '../../src/core/desk-store';
import { openTestDesk, type TestDesk } from '../helpers/test-desk';

const NUMBER = '6222021234567890';
const BY_INTAKE: Sort = { key: 'takenIn', descending: false };
type Line = Parameters<DeskStore['addAudit']>;

let test: TestDesk;
let store: DeskStore;
const audit: Line[] = [];

beforeEach(() => {
  audit.length = 0;
  test = openTestDesk({
    store(real) {
      store = {
        ...real,
        addAudit(...line) {
          audit.push(line);
          real.addAudit(...line);
        },
      };
      return store;
    },
  });
});
afterEach(() => test.dispose());

function fill(name: string, count: number): BatchId {
  const batchId = store.createBatch(name, 1);
  const files = Array.from({ length: count }, (_none, at) => ({
    kind: 'file' as const,
    name: `${at}.jpg`,
    location: `/${name}/${at}`,
  }));
  for (const id of store.addCards(batchId, files, 1)) store.change(id, { state: { kind: 'pending' } }, 1);
  return batchId;
}

function patchAfter(work: () => unknown) {
  test.patches.length = 0;
  work();
  test.clock.advance(1000);
  return test.patches.at(-1);
}

function open(filter: Partial<Filter> = {}, group?: 'batch') {
  const state = test.desk.views.open(filter, BY_INTAKE, group);
  const { rows } = test.desk.views.rows(state.viewId as ViewId, 0, 200);
  return { state, rows };
}

describe('a batch with another name', () => {
  it('has a line in the audit log that says who gave it, in place of which', () => {
    const id = fill('morning', 1);
    expect(test.desk.batches.rename(id, 'noon')).toEqual({ ok: true, value: true });
    expect(audit).toEqual([
      ['tester', 'batchRenamed', undefined, { batch: id, from: 'morning', to: 'noon' }, expect.any(Number)],
    ]);
    expect(test.desk.batches.list().map(({ name }) => name)).toEqual(['noon']);
  });

  it('is written down without the number that a name holds', () => {
    test.desk.batches.rename(fill(`card ${NUMBER}`, 1), `not ${NUMBER}`);
    expect(audit).toHaveLength(1);
    expect(JSON.stringify(audit)).not.toContain(NUMBER);
  });

  it.each([
    ['the same', 'morning', 'morning'],
    ['what was shown of it', `card ${NUMBER}`, undefined],
  ])('stays as it is where the name is %s', (_what, before, given) => {
    const id = fill(before, 1);
    const name = given ?? test.desk.batches.list()[0]?.name ?? '';
    expect(test.desk.batches.rename(id, name)).toEqual({ ok: true, value: true });
    expect(store.batches()[0]?.name).toBe(before);
    expect(audit).toEqual([]);
  });

  it('is refused where the batch is gone', () => {
    expect(test.desk.batches.rename(99 as BatchId, 'x')).toMatchObject({ error: { code: 'batch.gone' } });
    expect(audit).toEqual([]);
  });

  it('is patched into the rows that are shown, however many they are, and into no others', () => {
    const [id] = [fill('morning', 150), fill('evening', 3)];
    open();
    const patch = patchAfter(() => test.desk.batches.rename(id, 'noon'));
    expect(patch?.changed).toHaveLength(150);
    expect(new Set(patch?.changed.map(({ batchName }) => batchName))).toEqual(new Set(['noon']));
  });

  it('is patched into the headings of groups', () => {
    const id = fill('morning', 2);
    open({}, 'batch');
    const patch = patchAfter(() => test.desk.batches.rename(id, 'noon'));
    expect(patch?.groups?.map(({ label }) => label)).toEqual(['noon']);
  });

  it('takes no card away from what was seen and selected', () => {
    const id = fill('morning', 3);
    const { state } = open();
    patchAfter(() => test.desk.batches.rename(id, 'noon'));
    const seen = test.desk.views.seen(state.viewId as ViewId, state.version, []);
    expect(store.cards(seen.ids).map((card) => seen.isSame(card))).toEqual([true, true, true]);
  });

  it('comes and goes where batches are looked for by name, and what comes was not seen', () => {
    const [morning, evening] = [fill('morning', 2), fill('evening', 2)];
    const { state, rows } = open({ columns: { batch: 'morning' } });
    const before = rows.map(({ id }) => id);
    const patch = patchAfter(() => test.desk.batches.rename(evening, 'late morning'));
    expect(patch?.total).toBe(4);
    const seen = test.desk.views.seen(state.viewId as ViewId, state.version, []);
    const same = (id: CardId) => seen.isSame(store.card(id) as never);
    expect(seen.ids.filter(same)).toEqual(before);
    const after = patchAfter(() => test.desk.batches.rename(morning, 'x'));
    expect(after?.total).toBe(2);
  });
});
