import type { Handlers } from '../answer';
import type { HandlerTools } from '../shell';

export function peopleHandlers({ desk }: HandlerTools) {
  return {
    'session:get': () => desk().people.session(),
    'session:signIn': ({ id, pin }) => desk().people.signIn(id, pin),
    'session:signOut': () => desk().people.signOut(),
    'people:add': ({ name, role, pin }) => desk().people.add(name, role, pin),
    'people:change': (change) => desk().people.change(change),
  } satisfies Partial<Handlers>;
}
