/** The desk without a window: takes pictures in, waits until each is recognised or failed, writes what was asked for. */
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CARD_STATES } from '../shared/cards';
import type { BatchId, CardId } from '../shared/ids';
import type { QueueStatus } from '../shared/ipc';
import { sentence } from '../shared/messages/codes';
import { fail, ok, type Result } from '../shared/result';
import { DEFAULT_COLUMNS } from '../shared/sheet';
import type { Desk } from '../core/desk';
import { findLinks } from '../core/intake/links';
import type { ProcessCommand } from './command-line';
import { jsonLines } from './json-lines';

export interface Terminal {
  /** Progress and words for people: standard error. */
  say(text: string): void;
  /** True when a line may be written over. */
  readonly live: boolean;
}

/** 0 all recognised, 2 some failed, 1 could not run. */
export type ExitCode = 0 | 1 | 2;

const isLink = (source: string) => /^https?:\/\//i.test(source);

export function createProgress(terminal: Terminal): (status: QueueStatus) => void {
  let last = '';
  return ({ done, total, cardsPerMinute, secondsLeft, kind, code, room }) => {
    if (total === 0 && code === undefined) return;
    const rate = cardsPerMinute === undefined ? '' : `, ${cardsPerMinute.toFixed(0)} a minute`;
    const left = secondsLeft === undefined ? '' : `, ${secondsLeft} s left`;
    const trouble = code === undefined ? '' : `, ${kind}: ${sentence(code, 'en')}${where(room)}`;
    const line = `${done} of ${total}${rate}${left}${trouble}`;
    if (line === last) return;
    last = line;
    terminal.say(terminal.live ? `\r\u001b[2K${line}` : `${line}\n`);
  };
}

function where(room: QueueStatus['room']): string {
  if (room === undefined) return '';
  const needed = room.megabytes === undefined ? '' : `: about ${room.megabytes} MB of room needed`;
  return `. ${room.folder}${needed}`;
}

async function takeIn(desk: Desk, sources: readonly string[], name: string): Promise<BatchId> {
  const { links } = findLinks(sources.filter(isLink).join('\n'));
  const paths = sources.filter((source) => !isLink(source)).map((source) => path.resolve(source));
  return desk.keep(() => desk.intake.take(name, { paths, links }));
}

/** Written beside its place and moved there when it is whole. */
async function writeJson(
  desk: Desk,
  ids: readonly CardId[],
  file: string,
  fullNumbers: boolean,
): Promise<Result<true, 'sheet.cannotWrite'>> {
  const part = `${file}.part`;
  try {
    await pipeline(
      Readable.from(jsonLines(ids, desk.store, fullNumbers)),
      createWriteStream(part, { mode: 0o600 }),
    );
    await rename(part, file);
    return ok(true);
  } catch (cause) {
    await rm(part, { force: true });
    return fail('sheet.cannotWrite', undefined, cause);
  }
}

/** A person at the window can wait for the network or for room on the disk; a script wants to know. */
const STANDSTILL_AT_MOST_MS: Readonly<Partial<Record<QueueStatus['kind'], number>>> = {
  offline: 60_000,
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

export async function processPictures(
  desk: Desk,
  command: ProcessCommand,
  terminal: Terminal,
): Promise<ExitCode> {
  const overridden = desk.settings.override({ engine: command.engine, endpoint: command.endpoint });
  if (!overridden.ok) {
    terminal.say(`${sentence(overridden.error.code, 'en')}\n`);
    return 1;
  }
  const tooLong = standsStill(desk);
  desk.start();
  const name = new Date().toISOString().slice(0, 16).replace('T', ' ');
  const batchId = await Promise.race([takeIn(desk, command.sources, name), tooLong]);
  if (batchId === 'standstill') return gaveUp(desk.queue.status(), command, terminal);
  await Promise.race([desk.intake.idle().then(() => desk.queue.settled()), tooLong]);
  if (terminal.live) terminal.say('\n');

  const all = { search: '', onlyWithWarnings: false, batchId, states: [] };
  const ids = desk.store.ids(all, { key: 'takenIn', descending: false });
  const stopped = desk.queue.status();
  if (command.jsonFile) {
    const written = await writeJson(desk, ids, path.resolve(command.jsonFile), command.fullNumbers);
    if (!written.ok) {
      terminal.say(`The lines of JSON cannot be written: ${String(written.error.cause)}\n`);
      return 1;
    }
  }
  if (command.exportFile) {
    const sheet = await desk.exportSheet(
      path.resolve(command.exportFile),
      {
        states: [...CARD_STATES],
        batchId,
        columns: [...DEFAULT_COLUMNS],
        fullNumbers: command.fullNumbers,
        language: 'en',
      },
      { aborted: false, addEventListener: () => undefined, removeEventListener: () => undefined },
      () => undefined,
    );
    if (!sheet.ok) {
      terminal.say(`${sentence(sheet.error.code, 'en')}\n`);
      return 1;
    }
    terminal.say(`Sheet of ${sheet.value.rows} cards: ${command.exportFile}\n`);
  }
  if (stopped.code !== undefined) return gaveUp(stopped, command, terminal);
  return report(desk, ids, terminal);
}

function gaveUp({ code, room }: QueueStatus, command: ProcessCommand, terminal: Terminal): ExitCode {
  terminal.say(`Stopped: ${sentence(code ?? 'internal', 'en')} (${code})${where(room)}\n`);
  if (command.profile !== undefined)
    terminal.say(`The same command goes on with what is kept in ${command.profile}\n`);
  return 1;
}

function report(desk: Desk, ids: readonly CardId[], terminal: Terminal): ExitCode {
  let failed = 0;
  for (const id of ids) {
    const card = desk.store.card(id);
    if (card?.state.kind !== 'failed') continue;
    failed++;
    terminal.say(
      `failed: ${card.name}: ${sentence(card.state.code, 'en', card.state.params)} (${card.state.code})\n`,
    );
  }
  terminal.say(`${ids.length - failed} recognised, ${failed} failed\n`);
  return ids.length === 0 ? 1 : failed > 0 ? 2 : 0;
}
