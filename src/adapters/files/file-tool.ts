import { constants } from 'node:fs';
import { lstat, open, readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { fail, ok, type Result } from '../../shared/result';
import type { IntakeFailure } from '../../core/intake/formats';
import { shownName } from '../../core/intake/names';
import type { FileTool, FoundFile } from '../../core/intake/ports';

/** What file managers leave behind; never meant as pictures of cards. */
const SYSTEM_FILES = new Set(['thumbs.db', 'desktop.ini']);

/**
 * Paths are text, but for those of systems where a name is any bytes. One that is no UTF-8 is written as `bytes:` and the path
 * with every byte beyond ASCII, and `%`, as `%XX`: two such names stay two, and open.
 */
type Place = string | Buffer;
const BYTES = 'bytes:';

function textOf(place: Place): string {
  if (typeof place === 'string') return place;
  const text = place.toString('utf8');
  if (Buffer.from(text, 'utf8').equals(place)) return text;
  const escaped = (byte: number) =>
    byte < 0x80 && byte !== 0x25 ? String.fromCharCode(byte) : `%${byte.toString(16).padStart(2, '0')}`;
  return BYTES + [...place].map(escaped).join('');
}

function placeOf(text: string): Place {
  if (!text.startsWith(BYTES)) return text;
  const latin = text
    .slice(BYTES.length)
    .replace(/%([0-9a-f]{2})/g, (_whole, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return Buffer.from(latin, 'latin1');
}

function within(folder: Place, name: Buffer): Place {
  const parts = [Buffer.from(folder), Buffer.from(path.sep), name];
  const text = name.toString('utf8');
  return typeof folder === 'string' && Buffer.from(text).equals(name)
    ? path.join(folder, text)
    : Buffer.concat(parts);
}

async function* walk(folder: Place): AsyncIterable<FoundFile> {
  let listed;
  try {
    listed = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
  } catch {
    // Not ours to see, gone meanwhile, or no folder any more: reading it will say which, on its own card.
    yield { path: textOf(folder), name: shownName(path.basename(folder.toString())) };
    return;
  }
  const entries = listed.map((entry) => ({ entry, name: entry.name.toString('utf8') }));
  entries.sort((one, other) => one.name.localeCompare(other.name, 'en', { numeric: true }));
  for (const { entry, name } of entries) {
    if (name.startsWith('.') || SYSTEM_FILES.has(name.toLowerCase())) continue;
    const whole = within(folder, entry.name);
    if (entry.isDirectory()) yield* walk(whole);
    else if (entry.isFile()) yield { path: textOf(whole), name: shownName(name) };
  }
}

/** A file that was changed within this time (ms) may still be written, a part each second or two. */
const LATELY_MS = 5_000;
/** What is later than now by more was changed by a computer with another clock. */
const CLOCKS_DIFFER_MS = 60_000;
const MORE_COMES_WITHIN_MS = 2_000;

/** A file that grows or is touched while it is read is looked at again this often, with this pause (ms). */
const TRIES = 5;
const PAUSE_MS = 400;

async function readOnce(file: Place, maxBytes: number): Promise<Result<Uint8Array, IntakeFailure>> {
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
  async real(file) {
    try {
      const isFolder = (await stat(file)).isDirectory();
      return isFolder
        ? await realpath(file)
        : path.join(await realpath(path.dirname(file)), path.basename(file));
    } catch {
      // Missing, or not ours to see: reading it will say which, on its own card.
      return file;
    }
  },
  walk,
  async mayGrow(location, signal) {
    try {
      const { mtimeMs } = await lstat(placeOf(location));
      const ago = Date.now() - mtimeMs;
      if (ago > LATELY_MS || ago < -CLOCKS_DIFFER_MS) return false;
    } catch {
      // Gone or not ours to see: nothing more will come of it.
      return false;
    }
    await new Promise<void>((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, MORE_COMES_WITHIN_MS);
      signal.addEventListener('abort', end);
    });
    return true;
  },
  async read(location, maxBytes) {
    const file = placeOf(location);
    try {
      const found = await lstat(file);
      if (found.isSymbolicLink()) return fail('file.notRegular');
      // Folders are listed and never read: this one could not be.
      if (found.isDirectory()) return fail('folder.cannotRead');
      // A socket cannot even be opened.
      if (!found.isFile()) return fail('file.notRegular');
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
