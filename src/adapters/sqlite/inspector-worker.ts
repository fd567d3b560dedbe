/** The process that looks at databases which may be damaged: whatever they do to the library happens here. */
import { parentChannel } from '../processes/channel';
import type { Database } from './database';
import type { Inspected, Inspection } from './inspector';
import { openEncrypted, salvage } from './salvage';

const channel = parentChannel<Inspection, Inspected>();

function check({ file, keyHex, readAll }: Extract<Inspection, { kind: 'check' }>): Inspected {
  const database = openEncrypted(file, keyHex);
  const pragma = readAll ? 'integrity_check' : 'quick_check';
  const found = (database.prepare(`PRAGMA ${pragma}(1)`).get() as Record<string, string>)[pragma] ?? '';
  if (found !== 'ok') return { kind: 'unsound', found };
  if (readAll) readEveryRow(database);
  return { kind: 'sound' };
}

/** A damaged block decrypts to anything, which hardly ever is text: to read that ends this process. */
function readEveryRow(database: Database): void {
  const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all() as {
    name: string;
  }[];
  for (const { name } of tables) {
    const rows = database.prepare(`SELECT * FROM "${name}"`).iterate();
    while (rows.next().done !== true);
  }
}

function answer(inspection: Inspection): Inspected {
  if (inspection.kind === 'check') return check(inspection);
  const built = salvage(inspection);
  return built ? { kind: 'rebuilt', ...built } : { kind: 'unsound', found: 'what is left is no desk' };
}

channel.onMessage((inspection) => {
  try {
    channel.post(answer(inspection));
  } catch (error) {
    channel.post({ kind: 'unsound', found: error instanceof Error ? error.message : String(error) });
  }
});
