/** The desk without a window: takes pictures in, waits until each is recognised or failed, writes what was asked for. */
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CARD_STATES, type CardStateName } from '../shared/cards';
import type { CardId } from '../shared/ids';
import type { QueueStatus } from '../shared/ipc';
import { sentence } from '../shared/messages/codes';
import { LINES } from '../shared/messages/command-line';
import { fail, ok, type Result } from '../shared/result';
import { DEFAULT_COLUMNS } from '../shared/sheet';
import { realPlace, type WholeFiles } from '../adapters/files/whole-files';
import { megabytesFree } from '../adapters/files/room';
import type { Desk } from '../core/desk';
import { megabytesNeeded } from '../core/environment/room';
import type { ProcessCommand } from './command-line';
import { jsonLines } from './json-lines';
import type { Terminal } from './terminal';

export interface Tools {
  readonly desk: Desk;
  readonly files: WholeFiles;
  readonly terminal: Terminal;
  /** Fires when the run is to end before its work is done. */
  readonly signal: AbortSignal;
  /** Where the records lie. */
  readonly folder: string;
  /** Sheet and lines are in their place: nothing of this run needs to be kept for their sake. */
  delivered(): void;
}

/** 0 all recognised, 2 some failed, 1 could not run. */
export type ExitCode = 0 | 1 | 2;

const UNDER_WAY: readonly CardStateName[] = ['arriving', 'queued', 'recognising'];

const isLink = (source: string) => /^https?:\/\//i.test(source);

export function createProgress(terminal: Terminal): (status: QueueStatus) => void {
  let last = '';
  return ({ done, total, cardsPerMinute, secondsLeft, kind, code, room }) => {
    if (total === 0 && code === undefined) return;
    const rate = cardsPerMinute === undefined ? '' : LINES.rate(cardsPerMinute);
    const left = secondsLeft === undefined ? '' : LINES.left(secondsLeft);
    const trouble = code === undefined ? '' : `, ${kind}: ${sentence(code, 'en')}${where(room)}`;
    const line = LINES.progress(done, total) + rate + left + trouble;
    if (line === last) return;
    last = line;
    terminal.sayOver(line);
  };
}

function where(room: QueueStatus['room']): string {
  return room === undefined ? '' : LINES.room(room.folder, room.megabytes);
}

/** What is named is on the list, or known; the cards of all of it can be told once intake is idle. */
async function takeIn(
  { desk, terminal, folder }: Tools,
  command: ProcessCommand,
): Promise<(() => readonly CardId[]) | undefined> {
  const sources = command.sources.map((source) =>
    isLink(source)
      ? ({ kind: 'link', url: source } as const)
      : ({ kind: 'path', path: path.resolve(source) } as const),
  );
  return desk.keep(() =>
    desk.takeNamed(sources, {
      batchName: new Date().toISOString().slice(0, 16).replace('T', ' '),
      again: command.again,
      engine: command.engine,
      admit: (pictures) => hasRoom(pictures, [folder, ...targetsOf(command)], terminal),
    }),
  );
}

/** Less room is none: not one picture could be kept. */
const LEAST_MEGABYTES = 3;

/** Answers false, and has said why, where not even one picture has room; what is only likely to become too little is said. */
async function hasRoom(pictures: number, places: readonly string[], terminal: Terminal): Promise<boolean> {
  const needed = megabytesNeeded({ arriving: pictures, queued: 0, recognising: 0 });
  for (const [at, place] of places.entries()) {
    const free = await megabytesFree(place);
    if (free === undefined || pictures === 0) continue;
    if (free < LEAST_MEGABYTES) {
      terminal.say(`${LINES.noRoom(place, free)}\n`);
      return false;
    }
    // Sheets are small beside the pictures.
    if (at === 0 && free < needed) terminal.say(`${LINES.littleRoom(place, free, pictures, needed)}\n`);
  }
  return true;
}

function targetsOf({ jsonFile, exportFile }: ProcessCommand): readonly string[] {
  return [jsonFile, exportFile].flatMap((file) => (file === undefined ? [] : [path.resolve(file)]));
}

/** Appears in its place when it is whole. */
async function writeJson(
  { desk, files, signal }: Tools,
  ids: readonly CardId[],
  file: string,
  fullNumbers: boolean,
): Promise<Result<true, 'sheet.cannotWrite'>> {
  try {
    await files.write(file, async (stream) => {
      await pipeline(Readable.from(jsonLines(ids, desk.cards, fullNumbers)), stream, { signal });
      return true;
    });
    return ok(true);
  } catch (cause) {
    return fail('sheet.cannotWrite', undefined, cause);
  }
}

/** A person at the window can wait for the network or for room on the disk; a script wants to know. */
const STANDSTILL_AT_MOST_MS: Readonly<Partial<Record<QueueStatus['kind'], number>>> = {
  offline: 60_000,
  // A service that fails is often back within minutes, and few calls are risked to find out.
  failing: 300_000,
  // Long enough for whoever reads it to make room.
  blocked: 300_000,
};
const LOOK_EVERY_MS = 1_000;

/** Resolves when nothing has gone on for too long, for the same reason. */
function standsStill(desk: Desk): Promise<'standstill'> {
  let since: { readonly kind: QueueStatus['kind']; readonly at: number } | undefined;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const { kind, retryAt, code } = desk.queue.status();
      const most = STANDSTILL_AT_MOST_MS[kind];
      if (most === undefined) since = undefined;
      else if (since?.kind !== kind) since = { kind, at: performance.now() };
      // What no waiting mends is not waited for.
      const inVain = kind === 'blocked' && code !== undefined && retryAt === undefined;
      if (!inVain && (since === undefined || performance.now() - since.at < (most ?? 0))) return;
      clearInterval(timer);
      resolve('standstill');
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

/**
 * What was named, in the sheet's and the lines' order, when all of it is recognised or failed; undefined when told to stop,
 * and `standstill` when it cannot go on.
 */
async function recognise(
  tools: Tools,
  command: ProcessCommand,
): Promise<readonly CardId[] | 'standstill' | undefined> {
  const { desk, signal } = tools;
  const tooLong = standsStill(desk);
  const stopped = told(signal);
  desk.start();
  const named = await Promise.race([takeIn(tools, command), tooLong, stopped]);
  if (named === undefined || named === 'standstill') return named;
  await Promise.race([desk.intake.idle().then(() => desk.queue.settled()), tooLong, stopped]);
  return signal.aborted ? undefined : named();
}

/** Answers false, and has said why, when something could not be written: one that cannot be costs no other. */
async function writeAll(tools: Tools, command: ProcessCommand, ids: readonly CardId[]): Promise<boolean> {
  const { desk, terminal, signal } = tools;
  let all = true;
  if (command.jsonFile) {
    const written = await writeJson(tools, ids, path.resolve(command.jsonFile), command.fullNumbers);
    if (!written.ok) {
      terminal.say(`${LINES.cannotWrite(LINES.json, String(written.error.cause))}\n`);
      all = false;
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
    if (sheet.ok) terminal.say(`${LINES.sheetWritten(sheet.value.rows, command.exportFile)}\n`);
    // No card is no reason to write one, and none to keep anything.
    else if (sheet.error.code !== 'sheet.empty' || ids.length > 0) {
      terminal.say(`${LINES.cannotWrite(LINES.sheet, sentence(sheet.error.code, 'en'))}\n`);
      all = false;
    } else terminal.say(`${sentence(sheet.error.code, 'en')}\n`);
  }
  return all;
}

/** What was given must not be written over, be it a picture or not. */
async function placesOfSources(sources: readonly string[]): Promise<readonly string[]> {
  const files = sources.filter((source) => !isLink(source)).map((source) => path.resolve(source));
  // One that is not there fails as a card.
  return Promise.all(files.map((file) => realPlace(file).catch(() => file)));
}

/** Answers false, and has said why, when something could not be written: before a call is paid for, not after all of them. */
async function canWrite({ files, terminal }: Tools, command: ProcessCommand): Promise<boolean> {
  const targets = [
    { what: LINES.json, file: command.jsonFile },
    { what: LINES.sheet, file: command.exportFile },
  ];
  const taken = new Set(await placesOfSources(command.sources));
  for (const { what, file } of targets) {
    if (file === undefined) continue;
    try {
      await files.examine(path.resolve(file));
      const place = await realPlace(path.resolve(file));
      if (taken.has(place)) throw new Error(`Expected a place of its own but ${file} is named twice`);
      taken.add(place);
    } catch (cause) {
      terminal.say(`${LINES.cannotBegin(what, file, String(cause))}\n`);
      return false;
    }
  }
  return true;
}

/** When the signal fires it ends soon, with nothing half written; what it answers then says nothing. */
export async function processPictures(tools: Tools, command: ProcessCommand): Promise<ExitCode> {
  const { desk, terminal, signal } = tools;
  const { engine, endpoint, region, rate } = command;
  const allowed = desk.settings.get().callsPerSecond;
  const callsPerSecond = rate === undefined ? undefined : Math.min(rate, allowed);
  const overridden = desk.settings.override({ engine, endpoint, region, callsPerSecond });
  if (!overridden.ok) {
    terminal.say(`${sentence(overridden.error.code, 'en')}\n`);
    return 1;
  }
  if (!(await canWrite(tools, command)) || signal.aborted) return 1;
  const ids = await recognise(tools, command);
  if (terminal.live) terminal.say('\n');
  if (ids === undefined) return 1;
  const stopped = desk.queue.status();
  if (ids === 'standstill') return gaveUp(stopped, command, terminal);
  const written = await writeAll(tools, command, ids);
  if (signal.aborted) return 1;
  if (!written) {
    if (command.profile !== undefined) terminal.say(`${LINES.keptIn(command.profile)}\n`);
    return 1;
  }
  tools.delivered();
  if (stopped.code !== undefined) return gaveUp(stopped, command, terminal);
  return report(desk, ids, terminal);
}

function gaveUp({ code, room }: QueueStatus, command: ProcessCommand, terminal: Terminal): ExitCode {
  terminal.say(`${LINES.stopped(sentence(code ?? 'internal', 'en'), code, where(room))}\n`);
  if (command.profile !== undefined) terminal.say(`${LINES.goesOn(command.profile)}\n`);
  return 1;
}

function report(desk: Desk, ids: readonly CardId[], terminal: Terminal): ExitCode {
  let failed = 0;
  let waiting = 0;
  for (const id of ids) {
    const card = desk.cards.recorded(id);
    if (card && UNDER_WAY.includes(card.state.kind)) waiting++;
    if (card?.state.kind !== 'failed') continue;
    failed++;
    terminal.say(
      `${LINES.failed(card.name, sentence(card.state.code, 'en', card.state.params), card.state.code)}\n`,
    );
  }
  const left = waiting === 0 ? '' : LINES.waiting(waiting);
  terminal.say(`${LINES.done(ids.length - failed - waiting, failed, left)}\n`);
  if (ids.length === 0 || waiting > 0) return 1;
  return failed > 0 ? 2 : 0;
}
