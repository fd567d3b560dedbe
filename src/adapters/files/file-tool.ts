import { constants } from 'node:fs';
import { lstat, open, opendir, stat } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../shared/result';
import type { IntakeFailure } from '../../core/intake/formats';
import type { FileTool, FoundFile } from '../../core/intake/ports';

/** What file managers leave behind; never meant as pictures of cards. */
const SYSTEM_FILES = new Set(['thumbs.db', 'desktop.ini']);

/** Control characters would break lines in sheets and lists. */
function shownName(name: string): string {
  return name.replace(/\p{Cc}/gu, '�');
}

async function* walk(folder: string): AsyncIterable<FoundFile> {
  const entries = [];
  for await (const entry of await opendir(folder)) entries.push(entry);
  entries.sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
  for (const entry of entries) {
    if (entry.name.startsWith('.') || SYSTEM_FILES.has(entry.name.toLowerCase())) continue;
    const whole = path.join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(whole);
    else if (entry.isFile()) yield { path: whole, name: shownName(entry.name) };
  }
}

/** A file that grows or is touched while it is read is looked at again this often, with this pause (ms). */
const TRIES = 5;
const PAUSE_MS = 400;

async function readOnce(file: string, maxBytes: number): Promise<Result<Uint8Array, IntakeFailure>> {
  // O_NONBLOCK: opening a pipe must not hang; O_NOFOLLOW where the system has it: links were judged before.
  const flags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOFOLLOW ?? 0);
  const handle = await open(file, flags);
  try {
    const before = await handle.stat();
    if (!before.isFile()) return fail('file.notRegular');
    if (before.size > maxBytes) return fail('file.tooLarge');
    const bytes = Buffer.alloc(before.size);
    let filled = 0;
    while (filled < bytes.length) {
      const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    const after = await handle.stat();
    if (filled !== bytes.length || after.size !== before.size || after.mtimeMs !== before.mtimeMs) {
      return fail('file.changing');
    }
    return bytes.length === 0 ? fail('file.empty') : ok(bytes);
  } finally {
    await handle.close();
  }
}

export const fileTool: FileTool = {
  async kind(file) {
    try {
      return (await stat(file)).isDirectory() ? 'folder' : 'file';
    } catch {
      // Missing, or not ours to see: reading it will say which, on its own card.
      return 'missing';
    }
  },
  name: (file) => shownName(path.basename(file)),
  walk,
  async read(file, maxBytes) {
    try {
      if ((await lstat(file)).isSymbolicLink()) return fail('file.notRegular');
      for (let tries = 1; ; tries++) {
        const read = await readOnce(file, maxBytes);
        if (read.ok || read.error.code !== 'file.changing' || tries === TRIES) return read;
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
      }
    } catch (cause) {
      const code = (cause as NodeJS.ErrnoException).code;
      return fail(
        code === 'ENOENT' ? 'file.gone' : code === 'ELOOP' ? 'file.notRegular' : 'file.cannotRead',
        undefined,
        cause,
      );
    }
  },
};
