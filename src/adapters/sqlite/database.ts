/** Opens the encrypted database of a profile and brings it to this version's shape, one numbered SQL file at a time. */
import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import Libsql from 'libsql';
import { fail, ok, type Result } from '../../shared/result';

export type Database = Libsql.Database;

export type OpenFailure = 'profile.inUse' | 'profile.newer' | 'profile.damaged' | 'profile.cannotOpen';

export interface OpenOptions {
  readonly file: string;
  /** 32 bytes in hexadecimal. */
  readonly keyHex: string;
  /** Folder of `NNN-name.sql`. */
  readonly migrationsDir: string;
}

/** Pages kept decrypted in memory, at most: those of the grid's columns at 100,000 cards fit, and a sort need not decrypt them anew. */
const CACHE_KIB = 96 * 1024;

/** Never deletes or replaces what cannot be opened: a file that is damaged, from a newer version or of another key stays as it is. */
export function openDatabase(options: OpenOptions): Result<Database, OpenFailure> {
  let database: Database | undefined;
  try {
    database = new Libsql(options.file, {
      // libsql's types lack its own two options for encryption at rest.
      encryptionCipher: 'aes256cbc',
      encryptionKey: options.keyHex,
    } as Libsql.Options);
    // Held until this process ends, however it ends: one process at a time works in a profile.
    database.exec('PRAGMA locking_mode = EXCLUSIVE');
    database.exec('PRAGMA busy_timeout = 1000');
    database.exec('PRAGMA journal_mode = WAL');
    database.exec('BEGIN IMMEDIATE; COMMIT');
    database.exec('PRAGMA synchronous = FULL');
    database.exec('PRAGMA foreign_keys = ON');
    database.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
    const migrated = migrate(database, options.migrationsDir);
    if (migrated.ok) return ok(database);
    database.close();
    return migrated;
  } catch (cause) {
    database?.close();
    return fail(openFailure(String(cause)), undefined, cause);
  }
}

function openFailure(message: string): OpenFailure {
  if (/database is locked|SQLITE_BUSY/.test(message)) return 'profile.inUse';
  if (/not a database|malformed|SQLITE_NOTADB|SQLITE_CORRUPT/.test(message)) return 'profile.damaged';
  return 'profile.cannotOpen';
}

function migrate(database: Database, directory: string): Result<true, OpenFailure> {
  const files = readdirSync(directory)
    .filter((name) => /^\d{3}-.*\.sql$/.test(name))
    .sort();
  const row = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (row.user_version > files.length) return fail('profile.newer', { version: row.user_version });
  for (let version = row.user_version + 1; version <= files.length; version++) {
    const sql = readFileSync(path.join(directory, files[version - 1] as string), 'utf8');
    database.exec(`BEGIN IMMEDIATE;\n${sql}\nPRAGMA user_version = ${version};\nCOMMIT;`);
  }
  return ok(true);
}
