/** What happened before the demonstration is opened: the desk itself took the cards in, read them, and people decided. */
import type { Desk } from '../core/desk';
import type { DeskStore } from '../core/desk-store';
import { seenOne } from '../core/review/seen';
import type { Decision } from '../shared/cards';
import type { BatchId, CardId } from '../shared/ids';

const LOOK_AGAIN_MS = 5;

function decisionFor(at: number): Decision | undefined {
  if (at % 13 === 5) return { kind: 'approve' };
  if (at % 17 === 9) return { kind: 'reject', reason: 'unreadable' };
  if (at % 29 === 11) return { kind: 'rescan' };
  if (at % 23 === 16) return { kind: 'hold' };
  return undefined;
}

async function untilRead(store: DeskStore, batchId: BatchId): Promise<void> {
  for (;;) {
    const { arriving, queued, recognising } = store.counts({ batchId });
    if (arriving + queued + recognising === 0) return;
    await new Promise((again) => setTimeout(again, LOOK_AGAIN_MS));
  }
}

function cardsOf(store: DeskStore, batchId: BatchId): readonly CardId[] {
  return store.ids({ batchId }, { key: 'takenIn', descending: false });
}

export async function workThrough(
  desk: Desk,
  store: DeskStore,
  name: string,
  paths: readonly string[],
): Promise<void> {
  const batchId = await desk.intake.take(name, { paths });
  await untilRead(store, batchId);
  const ids = cardsOf(store, batchId);
  desk.review.secondOpinion(ids.filter((id) => id % 3 === 1));
  await untilRead(store, batchId);
  for (const id of ids) {
    const decision = decisionFor(id);
    const card = store.card(id);
    if (decision && card) desk.review.decide(seenOne(card), decision, true, { keys: 2, durationMs: 3200 });
  }
}

export async function addPeople(desk: Desk): Promise<void> {
  await desk.people.add('王磊', 'administrator', '1234');
  await desk.people.add('李娜', 'reviewer', '1234');
  desk.people.signOut();
}
