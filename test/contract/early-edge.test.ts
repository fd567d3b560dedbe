/** Before the desk is loaded the window's calls wait; none is lost, refused or thrown at. */
import { describe, expect, it } from 'vitest';
import type { IpcMainInvokeEvent } from 'electron';
import { listenEarly, type Act } from '../../src/main/ipc/early-edge';
import { CHANNEL_NAMES, DROP_CHANNEL } from '../../src/shared/ipc-names';

const event = {} as IpcMainInvokeEvent;

function listen(acts: Promise<ReadonlyMap<string, Act>>): ReadonlyMap<string, Act> {
  const heard = new Map<string, Act>();
  listenEarly((name, act) => heard.set(name, act), acts);
  return heard;
}

describe('the edge before the desk is loaded', () => {
  it('listens to all that the desk answers, and hands each call on as it came', async () => {
    let loaded: (acts: ReadonlyMap<string, Act>) => void = () => undefined;
    const heard = listen(new Promise((resolve) => (loaded = resolve)));
    expect([...heard.keys()].sort()).toEqual([...CHANNEL_NAMES, DROP_CHANNEL].sort());
    const calls = [...heard].map(([name, act]) => act(event, `for ${name}`));
    loaded(
      new Map([...heard.keys()].map((name) => [name, async (_event, raw) => ({ answered: [name, raw] })])),
    );
    expect(await Promise.all(calls)).toEqual(
      [...heard.keys()].map((name) => ({ answered: [name, `for ${name}`] })),
    );
  });

  it('refuses, and throws nothing, where the desk cannot be loaded', async () => {
    const heard = listen(Promise.reject(new Error('/home/somebody/very secret')));
    expect(await heard.get('desk:info')?.(event, undefined)).toEqual({ refused: { code: 'internal' } });
  });
});
