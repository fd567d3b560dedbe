/** Each channel of the contract refuses bad input, hides its defects, and cannot be used before the desk is open. */
import { describe, expect, it } from 'vitest';
import { answer, type Handlers } from '../../src/main/ipc/answer';
import { EXAMPLES } from './examples';
import { createHandlers } from '../../src/main/ipc/handlers';
import type { Shell } from '../../src/main/ipc/shell';
import type { ChannelName } from '../../src/shared/ipc';
import { CHANNELS } from '../../src/shared/ipc-channels';
import { CHANNEL_NAMES } from '../../src/shared/ipc-names';

const log: string[] = [];
const note = (message: string, error?: unknown) => void log.push(`${message} ${String(error)}`);

/** A shell whose desk is not open; whatever else is called on it is a defect. */
const closedShell = new Proxy({} as Shell, {
  get: (_target, name) => {
    if (name === 'composition') return () => undefined;
    if (name === 'batchName') return () => 'batch';
    return () => Promise.resolve(undefined);
  },
});

async function refusal(name: ChannelName, input: unknown, handlers: Handlers): Promise<unknown> {
  const reply = await answer(name, input, handlers, note);
  return 'refused' in reply ? reply.refused : reply;
}

const BAD: readonly unknown[] = [
  null,
  'text',
  42,
  [],
  { cardId: 'x', target: 1, filter: 7, from: -1, token: '../..' },
];
const OPEN_WHEN_LOCKED = new Set<ChannelName>(['desk:info', 'desk:unlock', 'sheet:cancel', 'sheet:show']);

describe('contract', () => {
  const handlers = createHandlers(closedShell);

  it.each(CHANNEL_NAMES)('%s refuses what is not its input', async (name) => {
    for (const bad of BAD) {
      // Settings may be changed by an object that names none of them.
      if (CHANNELS[name].input.safeParse(bad).success) continue;
      expect(await refusal(name, bad, handlers)).toEqual({ code: 'ipc.badInput' });
    }
    expect(BAD.filter((bad) => CHANNELS[name].input.safeParse(bad).success).length).toBeLessThanOrEqual(1);
  });

  it.each(CHANNEL_NAMES.filter((name) => !OPEN_WHEN_LOCKED.has(name)))(
    '%s answers nothing while the desk is locked',
    async (name) => {
      expect(await refusal(name, EXAMPLES[name], handlers)).toEqual({ code: 'desk.locked' });
    },
  );

  it('answers a defect with a reference only, and logs it', async () => {
    const broken = { ...handlers, 'desk:info': () => Promise.reject(new Error('/home/someone/secret path')) };
    const got = await refusal('desk:info', undefined, broken);
    expect(got).toEqual({ code: 'internal', reference: expect.stringMatching(/^[0-9a-f]{8}$/) });
    expect(log.at(-1)).toContain((got as { reference: string }).reference);
  });

  it('keeps the cause of a failure on its own side', async () => {
    const failing = {
      ...handlers,
      'credentials:test': async () => ({
        ok: false as const,
        error: { code: 'x', cause: new Error('/home/secret') },
      }),
    };
    expect(await answer('credentials:test', undefined, failing, note)).toEqual({
      answered: { ok: false, error: { code: 'x' } },
    });
  });

  it('refuses keys and columns that nothing in the window could have chosen', () => {
    const { input } = CHANNELS['settings:change'];
    expect(input.safeParse({ keys: { approve: ['Mod+Enter'] } }).success).toBe(true);
    expect(input.safeParse({ grid: { columns: [{ name: 'state', width: 120 }] } }).success).toBe(true);
    for (const change of [
      { keys: { nonsense: ['A'] } },
      { keys: { approve: ['Escape'] } },
      { keys: { approve: 'A' } },
      { grid: { columns: [{ name: 'nonsense' }] } },
      { grid: { columns: [{ name: 'state', width: 1e9 }] } },
      { grid: {} },
    ])
      expect(input.safeParse(change).success, JSON.stringify(change)).toBe(false);
  });

  it('refuses a piece that reaches out of its picture, is nothing, or is turned by more than half a turn', () => {
    const { input } = CHANNELS['cards:recogniseCut'];
    const cut = { left: 0.4, top: 0, width: 0.6, height: 1 };
    const takes = (angle: number, piece: object) =>
      input.safeParse({ cardId: 1, angle, cut: { ...cut, ...piece } }).success;
    expect(takes(180, {})).toBe(true);
    expect(takes(0, { left: 0.3, width: 0.7000000000000001 })).toBe(true);
    expect(takes(0, { left: 0.5 })).toBe(false);
    expect(takes(0, { top: 0.1 })).toBe(false);
    expect(takes(0, { left: -0.1 })).toBe(false);
    expect(takes(0, { width: 0 })).toBe(false);
    expect(takes(181, {})).toBe(false);
    expect(takes(Number.NaN, {})).toBe(false);
  });

  it('refuses more rows at once than a window shows, and more ids than a person selects', () => {
    expect(CHANNELS['view:rows'].input.safeParse({ viewId: 1, from: 0, to: 201 }).success).toBe(false);
    const ids = Array.from({ length: 5001 }, (_none, at) => at + 1);
    expect(CHANNELS['cards:reopen'].input.safeParse({ target: { kind: 'cards', ids } }).success).toBe(false);
  });
});
