/** An open card is shown as it is: whatever tells of a change has it looked at again, its whole number with it. */
import { createPinia, setActivePinia } from 'pinia';
import { effectScope, nextTick } from 'vue';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CardRow, CardStateName, ViewPatch } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';
import { fail, ok } from '../../../shared/result';
import { setBackend, type Backend } from '../../backend/backend';
import { useView } from '../view/view-store';
import { useCard } from './card-store';

const ONE = 1 as CardId;
let state: CardStateName;
let revision: number;
let number: string;
let patched: ((patch: ViewPatch) => void)[];

const row = (): CardRow =>
  ({ id: ONE, state, revision, warnings: [], pictures: [], doubts: [], corrected: [] }) as unknown as CardRow;
const view = () => ({ viewId: 1, revision: 1, version: 1, total: 1, counts: {} as never });

const HANDLERS: Readonly<Record<string, (input: never) => unknown>> = {
  'view:open': () => ({ ...view(), rows: [row()] }),
  'view:rows': () => ({ revision: 1, from: 0, rows: [row()] }),
  'view:position': () => 0,
  'cards:detail': () => ok({ row: row(), fields: [], attempts: [], history: [], doubtfulDigits: [] }),
  'cards:reveal': () => ok({ revision, value: number, readings: [] }),
  'cards:correct': ({ card, value }: { card: { revision: number }; value: string }) => {
    if (card.revision !== revision) return fail('card.changedSince');
    number = value;
    revision += 2;
    return ok({ changed: 1, skipped: 0, revision });
  },
};

async function settle(): Promise<void> {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve().then(() => nextTick());
}
/** Main tells of the card, or only that something in the view is another. */
async function patch(changed: readonly CardRow[]): Promise<void> {
  for (const tell of patched) tell({ ...view(), changed });
  await settle();
}

beforeEach(() => {
  setActivePinia(createPinia());
  [state, revision, number, patched] = ['pending', 5, 'first', []];
  const invoke = async (name: string, input: never) => {
    const handle = HANDLERS[name];
    if (!handle) throw new Error(`Expected no call of ${name}`);
    return handle(input);
  };
  const on = (name: string, listener: never) => {
    if (name === 'view:patch') patched.push(listener);
    return () => undefined;
  };
  setBackend({ invoke, on, pictureUrl: () => '' } as unknown as Backend);
});

async function openWithNumber() {
  const card = useCard();
  await effectScope().run(async () => {
    const started = useView().start();
    card.start();
    await started;
  });
  card.setAlwaysReveal(true);
  await card.go(0);
  await settle();
  expect(card.number?.value).toBe('first');
  return card;
}

describe('an open card', () => {
  it('drops its number with a patch, and shows the one that stands', async () => {
    const card = await openWithNumber();
    [revision, number] = [6, 'second'];
    await patch([row()]);
    expect([card.detail?.row.revision, card.number?.value]).toEqual([6, 'second']);
  });

  it('is looked at again when its row comes anew without a patch', async () => {
    const card = await openWithNumber();
    [revision, number] = [6, 'second'];
    await useView().reload();
    await settle();
    expect([card.detail?.row.revision, card.number?.value]).toEqual([6, 'second']);
  });

  it('is looked at again while it is on its way, when the view tells of it no more', async () => {
    const card = await openWithNumber();
    [state, revision] = ['queued', 6];
    await patch([row()]);
    [state, revision, number] = ['pending', 9, 'second'];
    await patch([]);
    expect([card.detail?.row.state, card.number?.value]).toEqual(['pending', 'second']);
  });

  it('is not typed over where it changed since the number was taken', async () => {
    const card = await openWithNumber();
    const from = { id: ONE, revision };
    [revision, number] = [6, 'second'];
    expect(await card.correct(from, 'cardNumber', 'typed')).toMatchObject({ code: 'card.changedSince' });
    expect([number, card.detail?.row.revision]).toEqual(['second', 6]);
    expect(await card.correct({ id: ONE, revision: 6 }, 'cardNumber', 'typed')).toBeUndefined();
    await settle();
    expect([card.detail?.row.revision, card.number?.value]).toEqual([8, 'typed']);
  });
});
