/** `process …` from its words to its exit code, whether Electron or plain Node runs it. */
import { openKeychain } from '../adapters/keychain/keychain';
import { troubleOf } from '../core/environment/trouble';
import { createLog, sayToStandardError } from '../adapters/files/log';
import { parseCommandLine, USAGE } from '../cli/command-line';
import { createProgress, processPictures, type ExitCode, type Terminal } from '../cli/process';
import { sentence } from '../shared/messages/codes';
import { compose, type ComposeOptions } from './compose';
import { PLACES } from './places';

export async function runHeadless(
  words: readonly string[],
  parts: Pick<ComposeOptions, 'spawn' | 'resolveProxy'>,
): Promise<ExitCode> {
  const terminal: Terminal = {
    say: sayToStandardError,
    live: process.stderr.isTTY === true,
  };
  const command = parseCommandLine(words);
  if (!command.ok) {
    terminal.say(`${command.error.params?.['message'] ?? ''}\n${USAGE}`);
    return 1;
  }
  const log = createLog(undefined);
  /** Said in a sentence, as everything else; the rest is for the log. */
  function broke(error: unknown): ExitCode {
    log('defect', error);
    terminal.say(`${sentence(troubleOf(error) ?? 'internal', 'en')}\n`);
    return 1;
  }
  const progress = createProgress(terminal);
  const composed = await compose({
    ...parts,
    profileFolder: command.value.profile,
    keychain: await openKeychain(),
    passphrase: process.env['CARDPROOF_PASSPHRASE'] || undefined,
    environment: process.env,
    places: PLACES,
    events: {
      queueChanged: progress,
      intakeProgressed: () => undefined,
      viewPatched: () => undefined,
      undoChanged: () => undefined,
      settingsChanged: () => undefined,
      sessionChanged: () => undefined,
      defect: (error) => log('defect', error),
    },
    log,
  }).catch(broke);
  if (typeof composed === 'number') return composed;
  if (!composed.ok) {
    terminal.say(`${sentence(composed.error.code, 'en', composed.error.params)}\n`);
    return 1;
  }
  const { desk, close } = composed.value;
  try {
    return await processPictures(desk, command.value, terminal);
  } catch (error) {
    return broke(error);
  } finally {
    await close().catch(broke);
  }
}
