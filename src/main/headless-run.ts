/** `process …` from its words to its exit code, whether Electron or plain Node runs it. */
import { openKeychain } from '../adapters/keychain/keychain';
import { stretchByNode } from '../adapters/scrypt/stretch';
import { troubleOf } from '../core/environment/trouble';
import type { CancelSignal } from '../core/recognition/ports';
import { createLog, sayToStandardError, type Log } from '../adapters/files/log';
import { parseCommandLine, type ProcessCommand } from '../cli/command-line';
import { LINES, USAGE } from '../shared/messages/command-line';
import { createProgress, processPictures } from '../cli/process';
import { createTerminal, type Terminal } from '../cli/terminal';
import { sentence } from '../shared/messages/codes';
import { compose, type ComposeOptions, type Composition } from './compose';
import { createEnding, hearSignals } from './ending';
import { leaveBehind } from './leave-behind';
import { PATHS } from './paths';

type Parts = Pick<ComposeOptions, 'spawn' | 'resolveProxy'>;

/** Resolves when all is closed, or when it is to end at once: whoever called then ends the process. */
export async function runHeadless(words: readonly string[], parts: Parts): Promise<number> {
  const terminal = createTerminal(sayToStandardError, process.stderr.isTTY);
  const command = parseCommandLine(words);
  if (!command.ok) {
    terminal.say(`${command.error.params?.['message'] ?? ''}\n${USAGE}`);
    return 1;
  }
  const log = createLog(undefined);
  const run = createRun(command.value, parts, terminal, log);
  return new Promise((exit) => {
    const ending = createEnding({ close: run.end, exit, log });
    hearSignals((name) => {
      run.stop();
      ending.signal(name);
    });
    void run.work().then((code) => ending.begin(code));
  });
}

/** One run: its work, which answers its exit code soon after it was told to stop, and its end. */
function createRun(command: ProcessCommand, parts: Parts, terminal: Terminal, log: Log) {
  const stopping = new AbortController();
  const { signal } = stopping;
  let composition: Composition | undefined;
  let delivered = command.exportFile === undefined && command.jsonFile === undefined;
  let working: Promise<number> | undefined;
  let done = false;

  /** Said in a sentence, as everything else; the rest is for the log. */
  function broke(error: unknown): number {
    noteIn(log, error);
    terminal.say(`${sentence(troubleOf(error) ?? 'internal', 'en')}\n`);
    return 1;
  }

  async function work(): Promise<number> {
    const told = new Promise<'told'>((resolve) => signal.addEventListener('abort', () => resolve('told')));
    // It may ask a person to unlock it.
    const keychain = await Promise.race([openKeychain(), told]);
    if (keychain === 'told') return 1;
    const composed = await compose({
      ...parts,
      // There is no window here that is held by it.
      stretch: stretchByNode,
      profileFolder: command.profile,
      keychain,
      passphrase: process.env['CARDPROOF_PASSPHRASE'] || undefined,
      environment: process.env,
      places: PATHS,
      events: {
        queueChanged: createProgress(terminal),
        intakeProgressed: () => undefined,
        viewPatched: () => undefined,
        undoChanged: () => undefined,
        settingsChanged: () => undefined,
        sessionChanged: () => undefined,
        defect: (error) => noteIn(log, error),
      },
      log,
    });
    if (!composed.ok) {
      terminal.say(`${sentence(composed.error.code, 'en', composed.error.params)}\n`);
      return 1;
    }
    composition = composed.value;
    if (signal.aborted) return 1;
    const { desk, files, folder, canKeep, credentials } = composition;
    const pays = command.engine !== 'local' && credentials.status().stored;
    if (!canKeep && pays && command.fullNumbers && !delivered) terminal.say(`${LINES.noKey}\n`);
    const tools = { desk, files, terminal, signal, folder, delivered: () => void (delivered = true) };
    return processPictures(tools, command);
  }

  return {
    work: () =>
      (working = work()
        .catch(broke)
        .finally(() => (done = true))),
    stop() {
      if (!done && !signal.aborted) terminal.say(`\n${LINES.ended}\n`);
      stopping.abort();
    },
    async end(enough: CancelSignal): Promise<void> {
      await working;
      if (!composition) return;
      try {
        // Where nothing was to be delivered no answer is worth waiting for.
        if (command.profile === undefined && delivered && signal.aborted) composition.desk.queue.cancel();
        if (command.profile === undefined && !delivered) await leaveBehind(composition, terminal, enough);
        else await composition.close(enough);
      } catch (error) {
        broke(error);
      }
    },
  };
}

/** What the computer fails at is no defect of ours: one line, beside the sentence that the progress has for it. */
function noteIn(log: Log, error: unknown): void {
  const trouble = troubleOf(error);
  if (trouble === undefined) log('defect', error);
  else log(`${trouble}: ${error instanceof Error ? error.message : String(error)}`);
}
