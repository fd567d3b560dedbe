/** Words on the terminal: each step says what it does once, and how long it took. Progress goes to stderr. */
import { spawn } from 'node:child_process';

export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Ends the script with what is wrong and the command to type. */
export class CannotGoOn extends Error {
  constructor(what, typeThis) {
    super(what);
    this.typeThis = typeThis;
  }
}

export async function step(title, work) {
  const started = Date.now();
  say(`▸ ${title}`);
  const result = await work();
  say(`  done in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  return result;
}

/** What ends a command is told to it, and its end is waited for: it may have work that was paid for. */
const HANDED_ON = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a command and resolves with its exit code; what it prints is shown, or returned when `quiet`. With `endsItself` it is told
 * what this process is told, and ends when it likes.
 */
export function run(command, args, options = {}) {
  const { quiet = false, endsItself = false, ...rest } = options;
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit', ...rest });
    const handOn = (name) => child.kill(name);
    if (endsItself) {
      for (const name of HANDED_ON) process.on(name, handOn);
      child.on('close', () => HANDED_ON.forEach((name) => process.off(name, handOn)));
    }
    let output = '';
    if (quiet) {
      for (const stream of [child.stdout, child.stderr]) {
        stream.setEncoding('utf8');
        stream.on('data', (text) => (output = (output + text).slice(-20_000)));
      }
    }
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code: code ?? (signal ? 128 : 1), output }));
  });
}

/** Like run, but anything other than exit code 0 ends the script. */
export async function mustRun(command, args, what, typeThis, options = {}) {
  const { code, output } = await run(command, args, options).catch((error) => ({
    code: 1,
    output: String(error),
  }));
  if (code !== 0) {
    if (output) say(output.split('\n').slice(-25).join('\n'));
    throw new CannotGoOn(`${what} failed (exit ${code}).`, typeThis ?? [command, ...args].join(' '));
  }
  return output;
}

export async function main(work) {
  try {
    const code = await work();
    process.exitCode = code ?? 0;
  } catch (error) {
    if (!(error instanceof CannotGoOn)) throw error;
    say(`\n✗ ${error.message}`);
    if (error.typeThis) say(`  Type this, then try again:\n    ${error.typeThis}`);
    process.exitCode = 1;
  }
}
