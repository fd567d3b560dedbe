/**
 * Opens the records of a profile under their seal: what is on the disk is held against it before SQLite reads a page, what is
 * damaged is put back or set aside, and what an earlier run lost is said.
 */
import { closeSync, existsSync, openSync, statSync } from 'node:fs';
import { createSecretKey } from 'node:crypto';
import { fail, ok, type Result } from '../../shared/result';
import { examine, type Examined } from '../seal/examine';
import { sealFiles, type SealFiles } from '../seal/files';
import { createKeeper, type Keeper } from '../seal/keeper';
import { FIRST_NOTE } from '../seal/note';
import { openDatabase, type Database, type OpenFailure, type OpenOptions } from './database';
import { closeWithLog } from './ending';
import { holdLock } from './held-lock';
import type { Inspect, Salvaged } from './inspector';
import { rebuild } from './rebuild';

export interface RecordsOptions extends Omit<OpenOptions, 'seal'> {
  readonly sealKey: Buffer;
  /** Looks at a database in a process of its own: whatever befalls that process is an answer. */
  readonly inspect: Inspect;
  log(message: string, cause?: unknown): void;
}

export interface Records {
  readonly database: Database;
  readonly keeper: Keeper;
  /** What a person has to be told, and what stands in the log of the profile. */
  readonly found: RecordsFound;
  /** After the database was closed; the end of the process does it too. */
  letGo(): void;
}

export interface RecordsFound {
  /** Commits that were made are gone. */
  readonly lost: boolean;
  /** Pages that were put back as they were. */
  readonly repaired: number;
  /** Nothing vouched for the records but a look at all of them. */
  readonly sealRenewed: boolean;
  readonly setAside?: Salvaged;
}

const LOCK_WAIT_MS = 1_000;

export async function openRecords(options: RecordsOptions): Promise<Result<Records, OpenFailure>> {
  const files = sealFiles(options.file);
  const bytes = statSync(options.file, { throwIfNoEntry: false })?.size ?? 0;
  if (options.mustExist && bytes === 0) return fail('profile.recordsMissing');
  const release = holdLock(files.lock, LOCK_WAIT_MS);
  if (!release) return fail('profile.inUse');
  const opened = await openHeld(options, files, bytes > 0).catch((cause: unknown) =>
    fail('profile.cannotOpen' as const, undefined, cause),
  );
  if (!opened.ok) {
    release();
    return opened;
  }
  const { letGo, ...records } = opened.value;
  return ok({
    ...records,
    letGo() {
      letGo();
      release();
    },
  });
}

async function openHeld(
  options: RecordsOptions,
  files: SealFiles,
  exists: boolean,
): Promise<Result<Records, OpenFailure>> {
  const key = createSecretKey(options.sealKey);
  const when = new Date().toISOString().replace(/[:.]/g, '-');
  const found: Examined = exists
    ? examine(files, key, when)
    : { kind: 'unsealed', had: false, note: FIRST_NOTE };
  if (found.kind === 'sound') return open(options, files, found, {});
  const check = async (readAll: boolean) => {
    const { file, keyHex } = options;
    const answer = await options.inspect({ kind: 'check', file, keyHex, readAll });
    return answer?.kind === 'sound' ? ok(true) : fail('profile.damaged' as const, undefined, answer);
  };
  if (found.kind === 'damaged') {
    options.log(`damaged pages: ${found.pages.join(', ')}`);
    // Who knows of no seal may have taken the log in: an earlier version, or a tool of another make.
    if (found.note.lost && (await check(true)).ok)
      return open(options, files, { kind: 'unsealed', had: true, note: found.note }, {});
    const built = await rebuild(options, files, key, found, when);
    if (!built.ok) return built;
    const { seal, setAside } = built.value;
    return open(options, files, { kind: 'sound', seal, note: found.note, repaired: [] }, { setAside });
  }
  // It is not opened here before another process has read all of it.
  const sound = exists ? await check(found.had) : ok(true);
  return sound.ok ? open(options, files, found, {}) : sound;
}

function open(
  options: RecordsOptions,
  files: SealFiles,
  found: Exclude<Examined, { kind: 'damaged' }>,
  more: { setAside?: Salvaged },
): Result<Records, OpenFailure> {
  // Opened before SQLite opens it, and closed after it: closing it between would cost SQLite its locks.
  const file = openSync(files.database, existsSync(files.database) ? 'r' : 'w+', 0o600);
  let database: Database | undefined;
  const keeper = createKeeper(
    {
      files,
      key: createSecretKey(options.sealKey),
      database: file,
      checkpoint: (mode) =>
        database?.prepare(`PRAGMA wal_checkpoint(${mode})`).get() as { log: number; checkpointed: number },
      failed: (error) => options.log('the seal was not kept', error),
    },
    found.kind === 'sound' ? found.seal : undefined,
    found.note,
  );
  try {
    if (found.kind === 'sound') keeper.noLog();
    const seal = { opened: (made: Database) => void (database = made), committed: keeper.committed };
    const opened = openDatabase({ ...options, seal });
    if (!opened.ok) {
      closeSync(file);
      return opened;
    }
    if (found.kind === 'unsealed') keeper.sealAnew(found.note.counter + 1);
    const { lost } = found.note;
    const repaired = found.kind === 'sound' ? found.repaired.length : 0;
    const sealRenewed = found.kind === 'unsealed' && found.had;
    const told: RecordsFound = { lost, repaired, sealRenewed, ...more };
    say(opened.value, told);
    keeper.committed();
    if (lost) keeper.toldOfLoss();
    return ok({ database: opened.value, keeper, found: told, letGo: () => closeSync(file) });
  } catch (cause) {
    if (database) closeWithLog(database);
    closeSync(file);
    return fail('profile.cannotOpen', undefined, cause);
  }
}

/** In the records themselves, so that a person learns of it whatever befalls this process; and nothing is paid for before. */
function say(database: Database, { lost, repaired, sealRenewed }: RecordsFound): void {
  const audit = database.prepare("INSERT INTO audit (at, who, what, params) VALUES (?, 'CardProof', ?, ?)");
  const now = Date.now();
  database.exec('BEGIN IMMEDIATE');
  if (lost) {
    database
      .prepare("INSERT OR REPLACE INTO setting (name, value) VALUES ('queue.paused', 'profile.changesLost')")
      .run();
    audit.run(now, 'changesLost', '{}');
  }
  if (repaired > 0) audit.run(now, 'pagesRepaired', JSON.stringify({ pages: repaired }));
  if (sealRenewed) audit.run(now, 'sealRenewed', '{}');
  database.exec('COMMIT');
}
