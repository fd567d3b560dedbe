/** The demonstration is the application over another world: what it shows is what the application does. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { troubleOf } from '../core/environment/trouble';
import { Refusal } from '../renderer/backend/refusal';
import type { Backend } from '../renderer/backend/backend';
import type { CardRow, ViewPatch } from '../shared/cards';
import type { QueueStatus } from '../shared/ipc';
import { demoBackend } from './backend';
import { openDemo, type Demo } from './desk';
import { SITUATIONS, type Situation } from './situations';
import { eventually } from '../../test/helpers/eventually';

const BY_RISK = { key: 'risk', descending: true } as const;

let opened: Demo[];
let defects: unknown[];
async function open(situation: Situation): Promise<Backend> {
  const demo = await openDemo(situation, (error) => defects.push(error));
  opened.push(demo);
  return demoBackend(demo);
}

beforeEach(() => {
  [opened, defects] = [[], []];
});
afterEach(async () => {
  for (const demo of opened) await demo.close();
  // Of a full disk the log learns, and that is all right.
  const cause = defects.find((error) => troubleOf(error) !== 'disk.full');
  if (cause) throw new Error('Expected no defect of the desk', { cause });
});

async function openView(situation: Situation) {
  const backend = await open(situation);
  const { viewId, total } = await backend.invoke('view:open', { filter: {}, sort: BY_RISK });
  const { rows } = await backend.invoke('view:rows', { viewId, from: 0, to: 200 });
  return { backend, total, rows };
}
const rowOf = async (backend: Backend, { id }: CardRow) => {
  const detail = await backend.invoke('cards:detail', { cardId: id });
  if (!detail.ok) throw new Error(detail.error.code);
  return detail.value.row;
};
const clean = ({ state, warnings, maskedNumber }: CardRow) =>
  state === 'pending' && warnings.length === 0 && maskedNumber !== undefined;

describe('the demonstration', () => {
  it('shows cards that were read and judged, with pictures of them', async () => {
    const { backend, rows } = await openView('usual');
    const states = rows.map(({ state }) => state);
    for (const state of ['pending', 'approved', 'rejected', 'failed']) expect(states).toContain(state);
    expect(rows.some(({ doubts }) => doubts.length > 0)).toBe(true);
    const read = rows.find(clean) as CardRow;
    for (const kind of read.pictures) {
      expect(backend.pictureUrl(read.id, kind, read.revision)).toMatch(/^data:image\/svg/);
    }
  });

  it('decides a card as it was shown, tells the view, and takes it back', async () => {
    const { backend, rows } = await openView('usual');
    const patches: ViewPatch[] = [];
    backend.on('view:patch', (patch) => patches.push(patch));
    const row = rows.find(clean) as CardRow;
    const decide = (revision: number) =>
      backend.invoke('cards:decide', {
        target: { kind: 'card', id: row.id, revision },
        decision: { kind: 'approve' },
      });
    expect(await decide(row.revision + 1)).toMatchObject({ error: { code: 'card.changedSince' } });
    expect(await decide(row.revision)).toMatchObject({ value: { changed: 1 } });
    expect(await rowOf(backend, row)).toMatchObject({ state: 'approved' });
    await eventually(() =>
      expect(patches.flatMap(({ changed }) => changed)).toContainEqual(
        expect.objectContaining({ id: row.id, state: 'approved' }),
      ),
    );
    expect(await backend.invoke('edit:undo', undefined)).toMatchObject({ ok: true });
    expect(await rowOf(backend, row)).toMatchObject({ state: 'pending' });
  });

  it('checks what it is asked with, as main does', async () => {
    const { backend } = await openView('empty');
    const wrong = backend.invoke('view:rows', { viewId: 'one' as never, from: 0, to: 9 });
    await expect(wrong).rejects.toBeInstanceOf(Refusal);
  });

  it('takes in what is dropped, and reads it', async () => {
    const { backend, total } = await openView('empty');
    expect(total).toBe(0);
    const token = (await backend.dropped([1, 2])) as string;
    expect(await backend.invoke('intake:drop', { token })).toMatchObject({ ok: true });
    expect(await backend.invoke('intake:drop', { token })).toMatchObject({ ok: false });
    await eventually(async () => {
      const [batch] = await backend.invoke('batches:list', undefined);
      expect(batch?.counts).toMatchObject({ pending: 2 });
    });
  });

  it.each(['offline', 'stopped', 'full'] as const)('comes to stand by itself: %s', async (situation) => {
    const { backend } = await openView(situation);
    const kind = { offline: 'offline', stopped: 'stopped', full: 'blocked' }[situation];
    await eventually(async () => {
      const status: QueueStatus = await backend.invoke('queue:status', undefined);
      expect(status.kind).toBe(kind);
    });
  });

  it('waits for a passphrase, or for somebody to sign in', async () => {
    const locked = await open('locked');
    await expect(locked.invoke('batches:list', undefined)).rejects.toBeInstanceOf(Refusal);
    expect(await locked.invoke('desk:unlock', { passphrase: 'not this one' })).toMatchObject({ ok: false });
    expect(await locked.invoke('desk:unlock', { passphrase: 'specimen desk' })).toMatchObject({ ok: true });
    expect(await locked.invoke('batches:list', undefined)).toHaveLength(3);

    const people = await open('people');
    await expect(people.invoke('batches:list', undefined)).rejects.toBeInstanceOf(Refusal);
    const { people: known } = await people.invoke('session:get', undefined);
    const id = known[0]?.id as never;
    expect(await people.invoke('session:signIn', { id, pin: '1234' })).toMatchObject({ ok: true });
    expect(await people.invoke('batches:list', undefined)).toHaveLength(2);
  });

  it.each(SITUATIONS)('opens in every situation: %s', async (situation) => {
    const backend = await open(situation);
    expect(await backend.invoke('desk:info', undefined)).toMatchObject({ version: expect.any(String) });
  });
});
