/**
 * What a run without a profile leaves behind when its files could not be written or it was ended before: what was paid for is
 * kept until it was delivered. Encrypted, where a person can have its key; else with masked numbers, since nobody asked for
 * whole ones in that place.
 */
import { mkdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Terminal } from '../cli/terminal';
import type { CancelSignal } from '../core/recognition/ports';
import { CARD_STATES } from '../shared/cards';
import { LINES } from '../shared/messages/command-line';
import { SHEET_COLUMNS } from '../shared/sheet';
import type { Composition } from './compose';

export async function leaveBehind(
  composition: Composition,
  terminal: Terminal,
  enough: CancelSignal,
): Promise<void> {
  const { desk, paidAnswers, keyKeptIn } = composition;
  await desk.stop(enough);
  const paid = paidAnswers();
  const kept = paid > 0 && (await composition.keep());
  const masked = paid > 0 && !kept ? await writeMasked(composition) : undefined;
  const folder = await composition.close(enough);
  if (folder !== undefined) terminal.say(`${LINES.keptRun(folder, keyKeptIn === 'passphrase')}\n`);
  else if (masked !== undefined) terminal.say(`${LINES.keptMasked(masked)}\n`);
  else if (paid > 0) terminal.say(`${LINES.lost(paid)}\n`);
}

/** Answers where; undefined where it could be written nowhere. */
async function writeMasked({ desk, keptPlace }: Composition): Promise<string | undefined> {
  for (const folder of [keptPlace, os.homedir(), os.tmpdir()]) {
    const file = path.join(folder, `${path.basename(keptPlace)}.xlsx`);
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
    } catch {
      // There may be room in the next one.
      continue;
    }
    const written = await desk.exportSheet(
      file,
      { states: [...CARD_STATES], columns: [...SHEET_COLUMNS], fullNumbers: false, language: 'en' },
      new AbortController().signal,
      () => undefined,
    );
    if (written.ok) return file;
  }
  return undefined;
}
