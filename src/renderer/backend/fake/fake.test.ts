/** The invented desk refuses what the real one refuses: what is shown of it is no other application. */
import { describe, expect, it } from 'vitest';
import type { CardRow } from '../../../shared/cards';
import { fakeBackend } from './fake';

const APPROVE = { kind: 'approve' } as const;

async function openDesk() {
  const desk = fakeBackend('full');
  const filter = { states: [], search: '', onlyWithWarnings: false, samplesDue: false, columns: {} };
  const { viewId, version } = await desk.invoke('view:open', {
    filter,
    sort: { key: 'risk', descending: true },
  });
  const { rows } = await desk.invoke('view:rows', { viewId, from: 0, to: 200 });
  const pending = rows.filter(({ state }) => state === 'pending');
  return { desk, viewId, version, rows, pending };
}
const seen = ({ id, revision }: CardRow) => ({ id, revision });

describe('the invented desk', () => {
  it('approves several but for those in doubt, and says how many stay', async () => {
    const { desk, pending } = await openDesk();
    const doubted = pending.filter(({ needsLook }) => needsLook).length;
    expect(doubted).toBeGreaterThan(0);
    const cards = pending.map(seen);
    expect(
      await desk.invoke('cards:decide', { target: { kind: 'cards', cards }, decision: APPROVE }),
    ).toEqual({
      ok: true,
      value: {
        changed: pending.length - doubted,
        skipped: doubted,
        why: { 'card.needsLook': doubted },
      },
    });
  });

  it('decides on no card but as it was shown, and on none that is decided', async () => {
    const { desk, pending } = await openDesk();
    const one = pending.find(({ warnings }) => warnings.length === 0);
    if (!one) throw new Error('Expected a card without a warning');
    const decide = (revision: number) =>
      desk.invoke('cards:decide', { target: { kind: 'card', id: one.id, revision }, decision: APPROVE });
    expect(await decide(one.revision + 1)).toMatchObject({ error: { code: 'card.changedSince' } });
    expect(await decide(one.revision)).toMatchObject({ ok: true });
    expect(await decide(one.revision + 1)).toMatchObject({ error: { code: 'card.decided' } });
  });

  it('goes on to what is to be reviewed, and means by all of a view what it held', async () => {
    const { desk, viewId, version, pending } = await openDesk();
    const [one] = pending;
    if (!one) throw new Error('Expected a card to review');
    await desk.invoke('cards:note', { cardId: one.id, text: 'x' });
    const next = await desk.invoke('view:next', { viewId, after: one.id, kind: 'review' });
    expect(pending.map(({ id }) => id)).toContain(next?.cardId);
    expect(next?.cardId).not.toBe(one.id);
    const target = { kind: 'view' as const, viewId, version, except: [] };
    expect(await desk.invoke('cards:decide', { target, decision: { kind: 'hold' } })).toMatchObject({
      value: { changed: pending.length - 1, why: { 'card.changedSince': 1 } },
    });
  });
});
