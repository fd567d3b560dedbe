import { createPinia, setActivePinia } from 'pinia';
import { nextTick } from 'vue';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { CardRow, CardStateName } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';
import { ok } from '../../../shared/result';
import { setBackend, type Backend } from '../../backend/backend';
import { useView } from '../view/view-store';
import { useWall } from './wall-store';

const STRIP = [600, 60] as const;
/** As the local engine cuts out a number that stands in four rows. */
const BLOCK = [500, 300] as const;

let rows: CardRow[];
/** What main has by now, which the window may not have heard of yet. */
let ahead: Map<number, number>;
let asked: number[][];
/** What main was told to approve. */
let approved: unknown[];

function row(id: number, part: Partial<CardRow> = {}): CardRow {
  return {
    id: id as CardId,
    state: 'pending' as CardStateName,
    maskedNumber: '••••',
    needsLook: false,
    revision: 3,
    ...part,
  } as CardRow;
}

const counts = {} as never;
const invoke = async (name: string, input: { ids?: number[] }) => {
  if (name === 'view:open') return { viewId: 1, revision: 1, version: 1, total: rows.length, counts, rows };
  if (name === 'view:rows') return { revision: 1, from: 0, rows };
  if (name === 'cards:decide') return ok({ changed: approved.push(input), skipped: 0 });
  if (name !== 'cards:wall') throw new Error(`Expected no call of ${name}`);
  asked.push(input.ids ?? []);
  return (input.ids ?? []).map((id) => ({
    id,
    revision: ahead.get(id) ?? rows.find((one) => one.id === id)?.revision,
    cardNumber: '6222020200112233446',
    doubtfulDigits: [],
  }));
};

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await Promise.resolve().then(() => nextTick());
}

async function wallOf(...cards: CardRow[]) {
  rows = cards;
  const view = useView();
  await view.open();
  const wall = useWall();
  wall.layout = { columns: 1, rows: 30 };
  wall.start();
  await settle();
  return { view, wall };
}

beforeEach(() => {
  setActivePinia(createPinia());
  ahead = new Map();
  asked = [];
  approved = [];
  setBackend({ invoke, on: () => () => undefined } as unknown as Backend);
});

describe('the wall approves', () => {
  it('what is clean, waits for a person, and is shown whole: the number over its own strip', async () => {
    const { wall } = await wallOf(
      row(1),
      row(2, { needsLook: true }),
      row(3, { state: 'approved' }),
      row(4, { state: 'disputed', needsLook: true }),
      row(5, { state: 'second' }),
      row(6, { maskedNumber: undefined, needsLook: true }),
      row(7, { state: 'failed', maskedNumber: undefined, needsLook: true }),
    );
    expect(wall.passing).toEqual([]);
    for (const one of rows) wall.painted(one, ...STRIP);
    expect(wall.passing).toEqual([
      { id: 1, revision: 3 },
      { id: 5, revision: 3 },
    ]);
    expect(wall.staying.map((tile) => tile.row?.id)).toEqual([2, 4, 6]);
  });

  it('no card whose strip is missing, is still to be painted, or is a block of rows', async () => {
    const { wall } = await wallOf(row(1), row(2), row(3));
    wall.painted(row(1), ...STRIP);
    wall.painted(row(2), ...BLOCK);
    expect(wall.passing.map(({ id }) => id)).toEqual([1]);
    expect(wall.staying.map((tile) => tile.row?.id)).toEqual([2, 3]);
  });

  it('no card that was painted or read as another than it is now', async () => {
    ahead.set(2, 4);
    const { wall } = await wallOf(row(1), row(2));
    wall.painted(row(1, { revision: 2 }), ...STRIP);
    wall.painted(row(2), ...STRIP);
    expect(wall.passing).toEqual([]);
    // A number of a card that the window has not heard of is not shown.
    expect(wall.tiles[1]?.number).toBeUndefined();
    wall.painted(row(1), ...STRIP);
    expect(wall.passing).toEqual([{ id: 1, revision: 3 }]);
  });

  it('nothing that is marked, which is told apart from what stays', async () => {
    const { wall } = await wallOf(row(1), row(2));
    for (const one of rows) wall.painted(one, ...STRIP);
    wall.toggleMark(0);
    expect(wall.passing.map(({ id }) => id)).toEqual([2]);
    expect([wall.markedHere, wall.staying.length]).toEqual([1, 0]);
  });

  it('and leads from one card that stays to the next, then to the first again', async () => {
    const { view, wall } = await wallOf(
      row(1),
      row(2, { needsLook: true }),
      row(3),
      row(4, { needsLook: true }),
    );
    for (const one of rows) wall.painted(one, ...STRIP);
    const stops = [1, 2, 3].map(() => {
      wall.goToStaying();
      return view.focus;
    });
    expect(stops).toEqual([1, 3, 1]);
    wall.lookAtStaying();
    expect(view.focus).toBe(1);
    view.focusOn(2);
    wall.lookAtStaying();
    expect(view.focus).toBe(3);
  });
});

describe('the key that approves a screen of the wall', () => {
  it('pressed twice in a moment leaves the next screen to be looked at', async () => {
    const now = vi.spyOn(performance, 'now').mockReturnValue(1000);
    const { view, wall } = await wallOf(row(1), row(2), row(3));
    wall.layout = { columns: 1, rows: 2 };
    const painted = async () => {
      await settle();
      for (const { row: one } of wall.tiles) if (one) wall.painted(one, ...STRIP);
    };
    await painted();
    await Promise.all([wall.approveShown(), wall.approveShown()]);
    await painted();
    expect(wall.passing.map(({ id }) => id)).toEqual([3]);
    await wall.approveShown();
    expect(approved).toHaveLength(1);
    expect(view.focus).toBe(2);
    now.mockReturnValue(1600);
    await wall.approveShown();
    expect(approved).toMatchObject([
      { target: { kind: 'cards', cards: [{ id: 1 }, { id: 2 }] }, warningsAcknowledged: false },
      { target: { kind: 'cards', cards: [{ id: 3 }] } },
    ]);
    now.mockRestore();
  });

  it('approves nothing where every card stays, and leads to the first of them', async () => {
    const { view, wall } = await wallOf(row(1, { state: 'approved' }), row(2, { needsLook: true }));
    await wall.approveShown();
    expect(approved).toEqual([]);
    expect(view.focus).toBe(1);
  });
});
