/** A bounded log of defects. Whatever looks like a card number or a secret is struck out before it is written. */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';
import { replaceNumbers } from '../../shared/mask';

export type Log = (message: string, error?: unknown) => void;

const MAX_BYTES = 1_000_000;

export function redact(text: string): string {
  return replaceNumbers(text, () => '[number]')
    .replace(/((?:secret|token|passphrase|authorization)\w*["'=:\s]+)[^\s"',}]+/gi, '$1[secret]')
    .replace(/\bAKID\w{8,}/g, '[secret id]')
    .replace(/[^\P{Cc}\n\t]/gu, '\ufffd');
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? '' : `\n  caused by ${describe(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}

const hearing = new WeakSet<NodeJS.WriteStream>();

/** To standard error, be it closed, or a file on a disk that is full: then there is nowhere left to say it. */
export function sayToStandardError(text: string): void {
  const { stderr } = process;
  if (!hearing.has(stderr)) {
    hearing.add(stderr);
    // An error that nobody hears would end the process.
    stderr.on('error', () => undefined);
  }
  stderr.write(text);
}

/** Without a folder: to standard error only. Never throws: whoever logs has trouble enough. */
export function createLog(folder: string | undefined): Log {
  const file = folder && path.join(folder, 'cardproof.log');
  return (message, error) => {
    const line = redact(
      `${new Date().toISOString()} ${message}${error === undefined ? '' : `: ${describe(error)}`}\n`,
    );
    sayToStandardError(line);
    if (!file || !folder) return;
    try {
      mkdirSync(folder, { recursive: true });
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES) renameSync(file, `${file}.1`);
      appendFileSync(file, line, { mode: 0o600 });
    } catch (failure) {
      sayToStandardError(`the log cannot be written: ${String(failure)}\n`);
    }
  };
}
