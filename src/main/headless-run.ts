/** `process …` from its words to its exit code, whether Electron or plain Node runs it. */
import os from 'node:os';
import { openKeychain } from '../adapters/keychain/keychain';
import { stretchByNode } from '../adapters/scrypt/stretch';
import { troubleOf } from '../core/environment/trouble';
import { createLog, sayToStandardError, type Log } from '../adapters/files/log';
import { parseCommandLine } from '../cli/command-line';
import { LINES, USAGE } from '../shared/messages/command-line';
import { createProgress, processPictures } from '../cli/process';
import { createTerminal } from '../cli/terminal';
import { sentence } from '../shared/messages/codes';
import { compose, type ComposeOptions } from './compose';
import { PATHS } from './paths';

export async function runHeadless(
  words: readonly string[],
  parts: Pick<ComposeOptions, 'spawn' | 'resolveProxy'>,
): Promise<number> {
  const terminal = createTerminal(sayToStandardError, process.stderr.isTTY);
  const command = parseCommandLine(words);
  if (!command.ok) {
    terminal.say(`${command.error.params?.['message'] ?? ''}\n${USAGE}`);
    return 1;
  }
  const log = createLog(undefined);
  /** Said in a sentence, as everything else; the rest is for the log. */
  function broke(error: unknown): number {
    noteIn(log, error);
    terminal.say(`${sentence(troubleOf(error) ?? 'internal', 'en')}\n`);
    return 1;
  }
  const stop = new AbortController();
  let stopCode: number | undefined;
  onStop((code) => {
    stopCode = code;
    stop.abort();
  });
  const progress = createProgress(terminal);
  const composed = await compose({
    ...parts,
    // There is no window here that is held by it.
    stretch: stretchByNode,
    profileFolder: command.value.profile,
    keychain: await openKeychain(),
    passphrase: process.env['CARDPROOF_PASSPHRASE'] || undefined,
    environment: process.env,
    places: PATHS,
    events: {
      queueChanged: progress,
      intakeProgressed: () => undefined,
      viewPatched: () => undefined,
      undoChanged: () => undefined,
      settingsChanged: () => undefined,
      sessionChanged: () => undefined,
      defect: (error) => noteIn(log, error),
    },
    log,
  }).catch(broke);
  if (typeof composed === 'number') return composed;
  if (!composed.ok) {
    terminal.say(`${sentence(composed.error.code, 'en', composed.error.params)}\n`);
    return 1;
  }
  const { desk, files, close } = composed.value;
  try {
    const code = await processPictures({ desk, files, terminal, signal: stop.signal }, command.value);
    if (stopCode === undefined) return code;
    terminal.say(`${LINES.ended}\n`);
    // Where nothing is kept no answer is worth waiting for.
    if (command.value.profile === undefined) desk.queue.cancel();
    return stopCode;
  } catch (error) {
    return broke(error);
  } finally {
    await close().catch(broke);
  }
}

/** What the computer fails at is no defect of ours: one line, beside the sentence that the progress has for it. */
function noteIn(log: Log, error: unknown): void {
  const trouble = troubleOf(error);
  if (trouble === undefined) log('defect', error);
  else log(`${trouble}: ${error instanceof Error ? error.message : String(error)}`);
}

/** Ctrl-C, and what the system and other programs say to end a process. The second one ends it at once. */
function onStop(stop: (code: number) => void): void {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(name, () => stop(128 + os.constants.signals[name]));
}
