/** The window's backend in a plain browser: the same edge that main has, without Electron between. */
import { answer } from '../main/ipc/answer';
import type { Backend } from '../renderer/backend/backend';
import { answerIn } from '../renderer/backend/refusal';
import { fromBytes } from './cards';
import type { Demo } from './desk';
import { draw } from './pictures';

/** As over the bridge: plain data, and nothing that both sides hold. */
function plain<T>(input: T): T {
  return input === undefined ? input : (JSON.parse(JSON.stringify(input)) as T);
}

export function demoBackend(demo: Demo): Backend {
  return {
    pretended: true,
    invoke: async (name, input) =>
      structuredClone(
        answerIn(
          await answer(name, plain(input), demo.handlers, (message, cause) =>
            demo.defect(new Error(message, { cause })),
          ),
        ),
      ),
    on: demo.on,
    dropped: async (files) => (files.length > 0 ? demo.drop(files.length) : undefined),
    pictureUrl(id, kind) {
      const name = demo.card(id)?.pictures[kind];
      const bytes = name === undefined ? undefined : demo.pictures.peek(name);
      const card = bytes && fromBytes(bytes);
      return card ? draw(card, kind) : '';
    },
  };
}
