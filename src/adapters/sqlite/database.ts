/** Opens the encrypted database of a profile and brings it to this version's shape, one numbered SQL file at a time. */
import { readFileSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import Libsql from 'libsql';
import { fail, ok, type Result } from '../../shared/result';
import { closeWithLog, keepLogAtEnd } from './ending';

export type Database = Libsql.Database;

export type OpenFailure =
  'profile.inUse' | 'profile.newer' | 'profile.damaged' | 'profile.recordsMissing' | 'profile.cannotOpen';

export interface OpenOptions {
  readonly file: string;
  /** 32 bytes in hexadecimal. */
  readonly keyHex: string;
  /** Folder of `NNN-name.sql`. */
  readonly migrationsDir: string;
  /** It was there before: a missing or empty one is a loss, and no new one takes its place. */
  readonly mustExist?: boolean;
  /** Its pages were held against a seal, whose keeper makes the checkpoints and hears of each commit. */
  readonly seal?: DatabaseSeal;
}

export interface DatabaseSeal {
  /** Before anything is written. */
  opened(database: Database): void;
  committed(): void;
}

/** Looked through when it is opened, at a few hundred milliseconds at most; larger ones are looked through in use. */
const LOOKED_THROUGH_AT_ONCE_BYTES = 48_000_000;

/** Pages kept decrypted in memory, at most: those of the grid's columns at 100,000 cards fit, and a sort need not decrypt them anew. */
const CACHE_KIB = 96 * 1024;

/** Never deletes or replaces what cannot be opened: a file that is damaged, from a newer version or of another key stays as it is. */
export function openDatabase(options: OpenOptions): Result<Database, OpenFailure> {
  let database: Database | undefined;
  try {
    const bytes = statSync(options.file, { throwIfNoEntry: false })?.size ?? 0;
    if (options.mustExist && bytes === 0) return fail('profile.recordsMissing');
    database = new Libsql(options.file, {
      // libsql's types lack its own two options for encryption at rest.
      encryptionCipher: 'aes256cbc',
      encryptionKey: options.keyHex,
    } as Libsql.Options);
    if (options.seal) keepLogAtEnd(database);
    // Held until this process ends, however it ends: one process at a time works in a profile.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec('PRAGMA busy_timeout = 1000');
    if (options.seal) database.exec('PRAGMA wal_autocheckpoint = 0');
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('BEGIN IMMEDIATE; COMMIT');
    database.exec('PRAGMA synchronous = FULL');
    database.exec('PRAGMA foreign_keys = ON');
    database.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
    options.seal?.opened(database);
    const sound = checkSound(database, options.seal ? undefined : bytes, options.mustExist === true);
    const migrated = sound.ok ? migrate(database, options) : sound;
    if (migrated.ok) return ok(database);
    closeWithLog(database);
    return migrated;
  } catch (cause) {
    if (database) closeWithLog(database);
    return fail(openFailure(String(cause)), undefined, cause);
  }
}

function openFailure(message: string): OpenFailure {
  if (/database is locked|SQLITE_BUSY/.test(message)) return 'profile.inUse';
  if (/not a database|malformed|SQLITE_NOTADB|SQLITE_CORRUPT/.test(message)) return 'profile.damaged';
  return 'profile.cannotOpen';
}

/**
 * The cipher tells no damage, so the pages are looked through, unless a seal told (`bytes` is undefined then); and what has no
 * tables is not what was there.
 */
function checkSound(
  database: Database,
  bytes: number | undefined,
  mustExist: boolean,
): Result<true, OpenFailure> {
  if (mustExist && versionOf(database) === 0) return fail('profile.recordsMissing');
  if (bytes === undefined || bytes > LOOKED_THROUGH_AT_ONCE_BYTES) return ok(true);
  const found = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
  return found.quick_check === 'ok' ? ok(true) : fail('profile.damaged', undefined, found.quick_check);
}

function versionOf(database: Database): number {
  return (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
}

export const migrationsIn = (directory: string): readonly string[] =>
  readdirSync(directory)
    .filter((name) => /^\d{3}-.*\.sql$/.test(name))
    .sort();

function migrate(database: Database, { migrationsDir, seal }: OpenOptions): Result<true, OpenFailure> {
  const files = migrationsIn(migrationsDir);
  const before = versionOf(database);
  if (before > files.length) return fail('profile.newer', { version: before });
  for (let version = before + 1; version <= files.length; version++) {
    const sql = readFileSync(path.join(migrationsDir, files[version - 1] as string), 'utf8');
    database.exec(`BEGIN IMMEDIATE;\n${sql}\nPRAGMA user_version = ${version};\nCOMMIT;`);
    seal?.committed();
  }
  return ok(true);
}
