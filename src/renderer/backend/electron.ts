import type { Bridge } from '../../shared/ipc';
import type { Backend } from './backend';
import { answerIn } from './refusal';

/** Reactive objects cannot cross the bridge; inputs are plain data, so a copy through JSON loses nothing. */
function plain<T>(input: T): T {
  return input === undefined ? input : (JSON.parse(JSON.stringify(input)) as T);
}

export function electronBackend(bridge: Bridge): Backend {
  return {
    pretended: false,
    invoke: async (name, input) => answerIn(await bridge.invoke(name, plain(input))),
    on: (name, listener) => bridge.on(name, listener),
    dropped: async (files) => answerIn(await bridge.dropped(files)),
    pictureUrl: (id, kind, revision) => `picture://card/${id}/${kind}?rev=${revision}`,
  };
}
