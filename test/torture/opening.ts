/**
 * Opens the records of a profile under their seal, in a process of its own that somebody kills meanwhile. Arguments: the profile's
 * folder, and the keys of its database and of its seal.
 */
import path from 'node:path';
import { databaseIn, type ProfileKeys } from '../../src/adapters/files/profile';
import { openRecords } from '../../src/adapters/sqlite/records';
import { randomFrom } from '../../tools/specimens/random';
import { said, start } from './kills';

/** As long as carrying over takes, and a little. */
const LONGEST_MS = 40;

/** Begins to open it and is killed at a moment that the seed tells; answers what ended it. */
export async function openKilled(
  folder: string,
  { databaseKeyHex, sealKey }: ProfileKeys,
  seed: string,
): Promise<NodeJS.Signals | null> {
  const run = start('opening.ts', folder, `${databaseKeyHex} ${sealKey.toString('hex')}`);
  await said(run, 'opening');
  const ms = randomFrom(seed).next() * LONGEST_MS;
  await new Promise((resolve) => setTimeout(resolve, ms));
  run.child.kill('SIGKILL');
  await run.ended;
  return run.child.signalCode;
}

const [script, folder = '', keys = ''] = process.argv.slice(1);
if (script?.endsWith('opening.ts')) {
  const [keyHex = '', seal = ''] = keys.split(' ');
  process.send?.({ what: 'opening' });
  await openRecords({
    file: databaseIn(folder),
    keyHex,
    sealKey: Buffer.from(seal, 'hex'),
    migrationsDir: path.resolve('resources/migrations'),
    mustExist: true,
    // Another process that looks at them would be all that is there to be killed.
    inspect: async () => ({ kind: 'sound' }),
    log: () => undefined,
  });
  process.send?.({ what: 'opened' });
  setInterval(() => undefined, 1_000);
}
