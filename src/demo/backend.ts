/** The window's backend in a plain browser: the bridge of Electron's window over the same edge that main has. */
import { answer } from '../main/ipc/answer';
import type { Backend } from '../renderer/backend/backend';
import { electronBackend } from '../renderer/backend/electron';
import { fromBytes } from './cards';
import type { Demo } from './desk';
import { draw } from './pictures';

export function demoBackend(demo: Demo): Backend {
  const note = (message: string, cause?: unknown) => demo.defect(new Error(message, { cause }));
  return {
    ...electronBackend({
      // Cloned, as on the way between processes: nothing that both sides hold.
      invoke: async (name, input) => structuredClone(await answer(name, input, demo.handlers, note)),
      on: demo.on,
      dropped: async (files) => ({ answered: files.length > 0 ? demo.drop(files.length) : undefined }),
    }),
    pretended: true,
    pictureUrl(id, kind) {
      const name = demo.card(id)?.pictures[kind];
      const bytes = name === undefined ? undefined : demo.pictures.peek(name);
      const card = bytes && fromBytes(bytes);
      return card ? draw(card, kind) : '';
    },
  };
}
