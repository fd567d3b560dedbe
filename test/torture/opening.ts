/**
 * Opens the records of a profile, in a process of its own that somebody kills meanwhile. Arguments: the profile's folder, and the
 * key of its database.
 */
import { databaseIn } from '../../src/adapters/files/profile';
import { openDatabase } from '../../src/adapters/sqlite/database';
import path from 'node:path';
import { randomFrom } from '../../tools/specimens/random';
import { said, start } from './kills';

/** As long as carrying over takes, and a little. */
const LONGEST_MS = 40;

/** Begins to open it and is killed at a moment that the seed tells; answers what ended it. */
export async function openKilled(
  folder: string,
  keyHex: string,
  seed: string,
): Promise<NodeJS.Signals | null> {
  const run = start('opening.ts', folder, keyHex);
  await said(run, 'opening');
  const ms = randomFrom(seed).next() * LONGEST_MS;
  await new Promise((resolve) => setTimeout(resolve, ms));
  run.child.kill('SIGKILL');
  await run.ended;
  return run.child.signalCode;
}

const [script, folder = '', keyHex = ''] = process.argv.slice(1);
if (script?.endsWith('opening.ts')) {
  process.send?.({ what: 'opening' });
  openDatabase({
    file: databaseIn(folder),
    keyHex,
    migrationsDir: path.resolve('resources/migrations'),
    mustExist: true,
  });
  process.send?.({ what: 'opened' });
  setInterval(() => undefined, 1_000);
}
