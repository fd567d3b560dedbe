/** The desk without a window: takes pictures in, waits until each is recognised or failed, writes what was asked for. */
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CARD_STATES, type CardStateName } from '../shared/cards';
import type { CardId } from '../shared/ids';
import type { QueueStatus } from '../shared/ipc';
import { sentence } from '../shared/messages/codes';
import { maskNumbersIn } from '../shared/mask';
import { fail, ok, type Result } from '../shared/result';
import { DEFAULT_COLUMNS } from '../shared/sheet';
import type { WholeFiles } from '../adapters/files/whole-files';
import type { Desk } from '../core/desk';
import type { ProcessCommand } from './command-line';
import { jsonLines } from './json-lines';

export interface Terminal {
  /** Progress and words for people: standard error. */
  say(text: string): void;
  /** True when a line may be written over. */
  readonly live: boolean;
}

export interface Tools {
  readonly desk: Desk;
  readonly files: WholeFiles;
  readonly terminal: Terminal;
  /** Fires when the run is to end before its work is done. */
  readonly signal: AbortSignal;
}

/** 0 all recognised, 2 some failed, 1 could not run. */
export type ExitCode = 0 | 1 | 2;

const UNDER_WAY: readonly CardStateName[] = ['arriving', 'queued', 'recognising'];

const isLink = (source: string) => /^https?:\/\//i.test(source);

export function createProgress(terminal: Terminal): (status: QueueStatus) => void {
  let last = '';
  return ({ done, total, cardsPerMinute, secondsLeft, kind, code }) => {
    if (total === 0) return;
    const rate = cardsPerMinute === undefined ? '' : `, ${cardsPerMinute.toFixed(0)} a minute`;
    const left = secondsLeft === undefined ? '' : `, ${secondsLeft} s left`;
    const trouble = code === undefined ? '' : `, ${kind}: ${sentence(code, 'en')}`;
    const line = `${done} of ${total}${rate}${left}${trouble}`;
    if (line === last) return;
    last = line;
    terminal.say(terminal.live ? `\r\u001b[2K${line}` : `${line}\n`);
  };
}

async function takeIn(desk: Desk, command: ProcessCommand): Promise<readonly CardId[]> {
  const sources = command.sources.map((source) =>
    isLink(source)
      ? ({ kind: 'link', url: source } as const)
      : ({ kind: 'path', path: path.resolve(source) } as const),
  );
  const named = await desk.takeNamed(sources, {
    batchName: new Date().toISOString().slice(0, 16).replace('T', ' '),
    again: command.again,
    engine: command.engine,
  });
  await desk.intake.idle();
  return named();
}

/** Appears in its place when it is whole. */
async function writeJson(
  { desk, files }: Tools,
  ids: readonly CardId[],
  file: string,
  fullNumbers: boolean,
): Promise<Result<true, 'sheet.cannotWrite'>> {
  try {
    await files.write(file, async (stream) => {
      await pipeline(Readable.from(jsonLines(ids, desk.store, fullNumbers)), stream);
      return true;
    });
    return ok(true);
  } catch (cause) {
    return fail('sheet.cannotWrite', undefined, cause);
  }
}

/** A person at the window can wait for the network; a script wants to know. */
const OFFLINE_AT_MOST_MS = 60_000;
const LOOK_EVERY_MS = 1_000;

function offlineTooLong(desk: Desk): Promise<void> {
  let since: number | undefined;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (desk.queue.status().kind !== 'offline') since = undefined;
      else since ??= performance.now();
      if (since === undefined || performance.now() - since < OFFLINE_AT_MOST_MS) return;
      clearInterval(timer);
      resolve();
    }, LOOK_EVERY_MS);
    timer.unref();
  });
}

/** Resolves when the run is told to stop, with nothing. */
function told(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

/** What was named, in the sheet's and the lines' order, when all of it is recognised or failed; undefined when told to stop. */
async function recognise({ desk, signal }: Tools, command: ProcessCommand) {
  const ids = await Promise.race([takeIn(desk, command), told(signal)]);
  await Promise.race([desk.queue.settled(), offlineTooLong(desk), told(signal)]);
  return signal.aborted ? undefined : ids;
}

/** Answers false, and has said why, when something could not be written. */
async function writeAll(tools: Tools, command: ProcessCommand, ids: readonly CardId[]): Promise<boolean> {
  const { desk, terminal, signal } = tools;
  if (command.jsonFile) {
    const written = await writeJson(tools, ids, path.resolve(command.jsonFile), command.fullNumbers);
    if (!written.ok) {
      terminal.say(`The lines of JSON cannot be written: ${maskNumbersIn(String(written.error.cause))}\n`);
      return false;
    }
  }
  if (command.exportFile) {
    const sheet = await desk.exportSheet(
      path.resolve(command.exportFile),
      {
        states: [...CARD_STATES],
        ids,
        columns: [...DEFAULT_COLUMNS],
        fullNumbers: command.fullNumbers,
        language: 'en',
      },
      signal,
      () => undefined,
    );
    if (!sheet.ok) {
      terminal.say(`${sentence(sheet.error.code, 'en')}\n`);
      return false;
    }
    terminal.say(`Sheet of ${sheet.value.rows} cards: ${maskNumbersIn(command.exportFile)}\n`);
  }
  return true;
}

/** When the signal fires it ends soon, with nothing half written; what it answers then says nothing. */
export async function processPictures(tools: Tools, command: ProcessCommand): Promise<ExitCode> {
  const { desk, terminal } = tools;
  const overridden = desk.settings.override({ engine: command.engine, endpoint: command.endpoint });
  if (!overridden.ok) {
    terminal.say(`${sentence(overridden.error.code, 'en')}\n`);
    return 1;
  }
  desk.start();
  const ids = await recognise(tools, command);
  if (terminal.live) terminal.say('\n');
  if (!ids) return 1;
  const stopped = desk.queue.status();
  if (!(await writeAll(tools, command, ids))) return 1;
  if (stopped.kind === 'stopped' || stopped.kind === 'offline') {
    terminal.say(`Stopped: ${sentence(stopped.code ?? 'internal', 'en')} (${stopped.code})\n`);
    return 1;
  }
  return report(desk, ids, terminal);
}

function report(desk: Desk, ids: readonly CardId[], terminal: Terminal): ExitCode {
  let failed = 0;
  let waiting = 0;
  for (const id of ids) {
    const card = desk.store.card(id);
    if (card && UNDER_WAY.includes(card.state.kind)) waiting++;
    if (card?.state.kind !== 'failed') continue;
    failed++;
    terminal.say(
      `failed: ${maskNumbersIn(card.name)}: ${sentence(card.state.code, 'en', card.state.params)} (${card.state.code})\n`,
    );
  }
  const left = waiting === 0 ? '' : `, ${waiting} still waiting (the queue is paused)`;
  terminal.say(`${ids.length - failed - waiting} recognised, ${failed} failed${left}\n`);
  if (ids.length === 0 || waiting > 0) return 1;
  return failed > 0 ? 2 : 0;
}
