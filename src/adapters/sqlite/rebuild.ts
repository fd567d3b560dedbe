/** Puts a database that was built anew in the place of a damaged one; killed at any moment, one of them is there with its seal. */
import { closeSync, copyFileSync, linkSync, mkdirSync, openSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { KeyObject } from 'node:crypto';
import { fail, ok, type Result } from '../../shared/result';
import type { Examined } from '../seal/examine';
import { renameForGoodAtOnce } from '../files/rename';
import { replaceWhole, type SealFiles } from '../seal/files';
import { encodeSeal, type Seal } from '../seal/seal';
import { marksOfFile } from '../seal/verify';
import type { OpenFailure } from './database';
import type { Inspect, Inspected, Salvaged } from './inspector';

export interface Rebuilt {
  readonly seal: Seal;
  readonly setAside: Salvaged;
}

export async function rebuild(
  options: { readonly keyHex: string; readonly migrationsDir: string; readonly inspect: Inspect },
  files: SealFiles,
  key: KeyObject,
  { seal: { counter, taken }, pages, known }: Extract<Examined, { kind: 'damaged' }>,
  when: string,
): Promise<Result<Rebuilt, OpenFailure>> {
  const { keyHex, migrationsDir } = options;
  const target = `${files.database}.rebuilt`;
  const job = { kind: 'rebuild', file: files.database, keyHex, pages, known, migrationsDir, target } as const;
  try {
    // Where no process can be had the records are as damaged.
    const answer = await options.inspect({ ...job, at: Date.now() }).catch((error: unknown) => error);
    if (!isRebuilt(answer)) return fail('profile.damaged', undefined, answer);
    const seal = { counter: counter + 1, marks: marksOf(target, key), taken };
    const { bytes, bond } = encodeSeal(key, seal);
    replaceWhole(files.next, bytes);
    keep(files, when);
    renameForGoodAtOnce(target, files.database);
    renameForGoodAtOnce(files.next, files.seal);
    rmSync(files.journal, { force: true });
    return ok({ seal: { ...seal, bond }, setAside: answer });
  } finally {
    for (const left of [target, `${target}-wal`, `${target}-from`, `${target}-from-wal`])
      rmSync(left, { force: true });
  }
}

function isRebuilt(answer: unknown): answer is Salvaged & { kind: 'rebuilt' } {
  return (answer as Partial<Inspected> | undefined)?.kind === 'rebuilt';
}

function marksOf(file: string, key: KeyObject): Buffer {
  const opened = openSync(file, 'r');
  try {
    return marksOfFile(opened, key);
  } finally {
    closeSync(opened);
  }
}

/** The damaged one as it was, encrypted as it is, for whoever wants to make more of it. */
function keep(files: SealFiles, when: string): void {
  mkdirSync(files.damaged, { recursive: true, mode: 0o700 });
  const kept = path.join(files.damaged, `${when}-cards.db`);
  try {
    linkSync(files.database, kept);
  } catch {
    // Not every file system has links.
    copyFileSync(files.database, kept);
  }
}
