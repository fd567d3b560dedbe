/** Files that were dropped on the window: preload gives their paths, the page gets a token for them and never a path. */
import { randomUUID } from 'node:crypto';
import { ipcMain } from 'electron';
import { z } from 'zod';
import { DROP_CHANNEL } from '../../shared/ipc-names';
import type { Edge } from './register';

const PathsSchema = z.array(z.string().min(1).max(32_768)).min(1).max(100_000);

export interface Drops {
  /** The paths behind a token; each token works once. */
  take(token: string): readonly string[] | undefined;
}

export function listenForDrops(trusted: Edge['trusted']): Drops {
  const dropped = new Map<string, readonly string[]>();
  ipcMain.handle(DROP_CHANNEL, (event, raw: unknown) => {
    if (!trusted(event)) throw new Error('Expected the application’s own page');
    const paths = PathsSchema.parse(raw);
    const token = randomUUID();
    // A drop is taken up at once; older tokens were given up.
    dropped.clear();
    dropped.set(token, paths);
    return token;
  });
  return {
    take(token) {
      const paths = dropped.get(token);
      dropped.delete(token);
      return paths;
    },
  };
}
