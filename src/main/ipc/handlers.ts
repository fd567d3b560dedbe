/** Each channel of the contract by subject. Decides nothing: it finds the desk, calls it, and hands back what it said. */
import type { People } from '../../core/people/people';
import type { ChannelName } from '../../shared/ipc';
import { CHANNELS, type Least } from '../../shared/ipc-channels';
import { Refused, type Handlers } from './answer';
import { batchHandlers } from './handlers/batches';
import { cardHandlers } from './handlers/cards';
import { deskHandlers } from './handlers/desk';
import { intakeHandlers } from './handlers/intake';
import { peopleHandlers } from './handlers/people';
import { settingsHandlers } from './handlers/settings';
import { sheetHandlers } from './handlers/sheets';
import { viewHandlers } from './handlers/views';
import { handlerTools, type Shell } from './shell';

export function createHandlers(shell: Shell): Handlers {
  const tools = handlerTools(shell);
  const handlers: Handlers = {
    ...deskHandlers(tools),
    ...intakeHandlers(tools),
    ...viewHandlers(tools),
    ...batchHandlers(tools),
    ...cardHandlers(tools),
    ...sheetHandlers(tools),
    ...peopleHandlers(tools),
    ...settingsHandlers(tools),
  };
  return guarded(handlers, () => shell.composition()?.desk.people);
}

/** Each handler behind the question whether whoever sits there may call it. */
function guarded(handlers: Handlers, people: () => People | undefined): Handlers {
  const guard = (name: ChannelName) => {
    const here = people();
    const least: Least = CHANNELS[name].least;
    if (!here || least === 'everyone') return;
    if (!here.signedIn()) throw new Refused('session.signedOut');
    if (!here.may(least)) throw new Refused('session.notAllowed');
  };
  return Object.fromEntries(
    (Object.entries(handlers) as [ChannelName, (input: never) => unknown][]).map(([name, handle]) => [
      name,
      (input: never) => {
        guard(name);
        return handle(input);
      },
    ]),
  ) as unknown as Handlers;
}
