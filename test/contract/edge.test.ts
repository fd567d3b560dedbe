/** The edge itself: whatever happens on main's side, a value crosses, and no text of an error with it. */
import { describe, expect, it } from 'vitest';
import type { IpcMainInvokeEvent } from 'electron';
import { Refused, type Handlers } from '../../src/main/ipc/answer';
import { register, type Edge } from '../../src/main/ipc/register';
import type { Reply } from '../../src/shared/ipc';
import { CHANNEL_NAMES, DROP_CHANNEL } from '../../src/shared/ipc-names';

const SECRET = '/home/somebody/very secret';

function openEdge(parts: Partial<Edge>, handler: () => unknown = () => true) {
  const acts = new Map<string, (raw?: unknown) => Promise<Reply<unknown>>>();
  const notes: string[] = [];
  const handlers = Object.fromEntries(CHANNEL_NAMES.map((name) => [name, handler])) as unknown as Handlers;
  register(handlers, {
    handle: (name, act) => acts.set(name, (raw) => act({} as IpcMainInvokeEvent, raw)),
    trusted: () => true,
    keepDropped: () => 'token',
    note: (message, error) => notes.push(`${message} ${String(error)}`),
    ...parts,
  });
  const call = (name: string, raw?: unknown) => acts.get(name)?.(raw);
  return { acts, notes, call };
}

describe('the edge', () => {
  it('listens to each channel of the contract, to dropped files, and to nothing else', () => {
    expect([...openEdge({}).acts.keys()].sort()).toEqual([...CHANNEL_NAMES, DROP_CHANNEL].sort());
  });

  it.each([...CHANNEL_NAMES, DROP_CHANNEL])('refuses %s from another page', async (name) => {
    const { call, notes } = openEdge({ trusted: () => false });
    expect(await call(name)).toEqual({ refused: { code: 'ipc.untrusted' } });
    expect(notes).toHaveLength(1);
  });

  it('refuses with a reference where who calls cannot be told', async () => {
    const { call, notes } = openEdge({
      trusted() {
        throw new Error(SECRET);
      },
    });
    const reply = await call('desk:info');
    expect(reply).toEqual({
      refused: { code: 'internal', reference: expect.stringMatching(/^[0-9a-f]{8}$/) },
    });
    expect(notes).toHaveLength(1);
  });

  it.each([
    ['an error', () => Promise.reject(new Error(SECRET)), 'internal'],
    ['what is no error', () => Promise.reject(SECRET as unknown as Error), 'internal'],
    ['a full disk', () => Promise.reject(Object.assign(new Error(SECRET), { code: 'ENOSPC' })), 'disk.full'],
    ['a refusal', () => Promise.reject(new Refused('desk.locked')), 'desk.locked'],
  ])('answers a handler that throws %s with a code', async (_what, handler, code) => {
    const reply = await openEdge({}, handler).call('desk:info');
    expect(reply).toMatchObject({ refused: { code } });
    expect(JSON.stringify(reply)).not.toContain('secret');
  });

  it('takes dropped paths for a token, and refuses what are none', async () => {
    const kept: (readonly string[])[] = [];
    const { call } = openEdge({ keepDropped: (paths) => (kept.push(paths), 'token') });
    expect(await call(DROP_CHANNEL, ['/a/1.jpg'])).toEqual({ answered: 'token' });
    for (const bad of [undefined, [], [7], [''], 'x'])
      expect(await call(DROP_CHANNEL, bad)).toEqual({ refused: { code: 'ipc.badInput' } });
    expect(kept).toEqual([['/a/1.jpg']]);
  });
});
