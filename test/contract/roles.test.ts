/** Who may call what: refused at the edge, before a handler runs. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answer, type Handlers } from '../../src/main/ipc/answer';
import { createHandlers } from '../../src/main/ipc/handlers';
import type { Shell } from '../../src/main/ipc/shell';
import type { Composition } from '../../src/main/compose';
import type { ChannelName } from '../../src/shared/ipc';
import { CHANNEL_NAMES } from '../../src/shared/ipc-names';
import type { PersonId } from '../../src/shared/people';
import { openTestDesk, type TestDesk } from '../helpers/test-desk';
import { EXAMPLES } from './examples';

let test: TestDesk;
let handlers: Handlers;
const PIN = '2468';

beforeEach(async () => {
  test = openTestDesk();
  const composition = { desk: test.desk } as Composition;
  const shell = { composition: () => composition, info: async () => ({}), showPlace: () => undefined };
  handlers = createHandlers(shell as unknown as Shell);
  await test.desk.people.add('Chen', 'administrator', PIN);
  await test.desk.people.add('Su', 'supervisor', PIN);
  await test.desk.people.add('An', 'reviewer', PIN);
  test.desk.people.signOut();
});
afterEach(() => test.dispose());

async function refusal(name: ChannelName): Promise<string | undefined> {
  const reply = await answer(name, EXAMPLES[name], handlers, () => undefined);
  return 'refused' in reply ? reply.refused.code : undefined;
}
const seat = (id: number) => test.desk.people.signIn(id as PersonId, PIN);

const WAY_IN: readonly ChannelName[] = [
  ...(['desk:info', 'desk:unlock', 'session:get', 'session:signIn', 'session:signOut'] as const),
  ...(['settings:get', 'queue:status', 'menu:place'] as const),
];
const FOR_SUPERVISORS: readonly ChannelName[] = [
  ...(['cards:settle', 'cards:check', 'cards:assign', 'batches:rename'] as const),
  ...(['report:get', 'report:export', 'sheet:export'] as const),
];
const FOR_ADMINISTRATORS: readonly ChannelName[] = [
  ...(['people:add', 'people:change'] as const),
  ...(['credentials:store', 'credentials:forget', 'credentials:test'] as const),
];

describe('while nobody is signed in', () => {
  it.each(CHANNEL_NAMES.filter((name) => !WAY_IN.includes(name)))('%s is refused', async (name) => {
    expect(await refusal(name)).toBe('session.signedOut');
  });

  it.each(['session:get', 'settings:get', 'queue:status'] as const)('%s is answered', async (name) => {
    expect(await refusal(name)).toBeUndefined();
  });
});

describe('a reviewer', () => {
  it.each([...FOR_SUPERVISORS, ...FOR_ADMINISTRATORS])('may not call %s', async (name) => {
    await seat(3);
    expect(await refusal(name)).toBe('session.notAllowed');
  });

  it('may set how the window looks, and nothing else', async () => {
    await seat(3);
    async function change(what: object): Promise<string> {
      const reply = await answer('settings:change', what, handlers, () => undefined);
      if ('refused' in reply) return reply.refused.code;
      return reply.answered.ok ? 'done' : reply.answered.error.code;
    }
    expect(await change({ theme: 'dark' })).toBe('done');
    expect(await change({ approveByRule: true })).toBe('session.notAllowed');
    expect(await change({ theme: 'light', secondReview: 'off' })).toBe('session.notAllowed');
    expect(test.desk.settings.get()).toMatchObject({ theme: 'dark', approveByRule: false });
  });
});

describe('a supervisor', () => {
  it.each(FOR_ADMINISTRATORS)('may not call %s', async (name) => {
    await seat(2);
    expect(await refusal(name)).toBe('session.notAllowed');
  });

  it.each(['cards:settle', 'cards:check', 'cards:assign', 'report:get'] as const)(
    'may call %s',
    async (name) => {
      await seat(2);
      expect(await refusal(name)).toBeUndefined();
    },
  );
});
