/** What the sheet holds: the chosen cards in the chosen columns, and totals that balance. */
import { CARD_STATES, type CardStateName, type Counts } from '../../shared/cards';
import type { CardId } from '../../shared/ids';
import type { FailureOf } from '../../shared/ipc';
import {
  COLUMN_WORDS,
  ENGINE_WORDS,
  DOUBT_WORDS,
  RULE_WORDS,
  STATE_WORDS,
  WARNING_WORDS,
  reasonWords,
} from '../../shared/messages/terms';
import { sentence } from '../../shared/messages/codes';
import { SHEET_WORDS } from '../../shared/messages/sheet';
import { fail, ok, type Result } from '../../shared/result';
import type { Language } from '../../shared/settings';
import type { SheetColumn, SheetRequest } from '../../shared/sheet';
import { maskNumbersIn } from '../../shared/mask';
import { maskCardNumber } from '../../shared/number';
import type { AuditLog } from '../audit/ports';
import type { Card, CardStore, Clock } from '../cards/ports';
import type { AttemptStore, CancelSignal } from '../recognition/ports';
import type { Cell, SheetBook, SheetTable, SheetWriter } from './ports';
import { cellText } from './text';

/** Characters with which spreadsheets begin a formula, their full-width forms, and what is skipped before them. */
const FORMULA_START = /^[=+\-@\t\r\n＝＋－＠]/;

/** Text that no spreadsheet takes for a formula, also after it was saved as CSV: OWASP's advice on CSV injection. */
export function formulaSafe(text: string): string {
  const clean = cellText(text);
  return FORMULA_START.test(clean) ? cellText(`'${clean}`) : clean;
}

const WIDTHS: Readonly<Partial<Record<SheetColumn, number>>> = {
  cardNumber: 24,
  bankInfo: 26,
  cardName: 22,
  warnings: 28,
  doubts: 32,
  note: 28,
  rule: 24,
  reason: 28,
  decidedAt: 19,
  takenInAt: 19,
  batch: 22,
  name: 32,
  sha256: 66,
  requestId: 38,
};
const WIDTH = 12;
const CARDS_AT_ONCE = 500;

/** What people and programs wrote beside the number: where that is masked, the same number is in it too. */
function beside(value: string | undefined, { fullNumbers }: SheetRequest): Cell {
  return text(value === undefined || fullNumbers ? value : maskNumbersIn(value));
}

function text(value: string | undefined): Cell {
  return value === undefined || value === '' ? undefined : { kind: 'text', text: formulaSafe(value) };
}

interface Cells {
  readonly card: Card;
  readonly request: SheetRequest;
  readonly store: AttemptStore;
}

/** The cell of each column; card numbers are text, so that no spreadsheet rounds their last digits. */
const CELLS: Readonly<Record<SheetColumn, (of: Cells) => Cell>> = {
  cardNumber: ({ card: { fields }, request: { fullNumbers } }) =>
    text(fields.cardNumber && (fullNumbers ? fields.cardNumber : maskCardNumber(fields.cardNumber))),
  bankInfo: ({ card }) => text(card.fields.bankInfo),
  cardType: ({ card }) => text(card.fields.cardType),
  cardName: ({ card }) => text(card.fields.cardName),
  validDate: ({ card }) => expiry(card.fields.validDate),
  state: ({ card: { state }, request: { language } }) => ({
    kind: 'state',
    state: state.kind,
    text: STATE_WORDS[state.kind][language],
  }),
  reason: ({ card, request }) => beside(reason(card, request.language), request),
  warnings: ({ card, request: { language } }) =>
    text(card.warnings.map((code) => `${WARNING_WORDS[code][language]} (${code})`).join(', ')),
  risk: ({ card }) => number(card.score),
  doubts: ({ card, request: { language } }) =>
    text([...new Set(card.doubts.map(({ name }) => DOUBT_WORDS[name][language]))].join(', ')),
  quality: ({ card }) => number(card.quality),
  engine: ({ card, request: { language } }) => text(card.engine && ENGINE_WORDS[card.engine][language]),
  corrected: ({ card, request: { language } }) =>
    text(card.corrected.map((name) => COLUMN_WORDS[name][language]).join(', ')),
  note: ({ card, request }) => beside(card.note, request),
  decidedBy: ({ card }) => text(decidedBy(card)),
  rule: ({ card: { state }, request: { language } }) =>
    text(state.kind === 'approved' && state.rule ? RULE_WORDS[state.rule][language] : undefined),
  decidedAt: ({ card: { state } }) => ('by' in state ? { kind: 'moment', at: state.at } : undefined),
  takenInAt: ({ card }) => ({ kind: 'moment', at: card.takenInAt }),
  batch: ({ card, request }) => beside(card.batchName, request),
  name: ({ card, request }) => beside(card.name, request),
  sha256: ({ card }) => text(card.sha256),
  requestId: ({ card, store }) =>
    text(store.attempts(card.id).findLast(({ requestId }) => requestId !== undefined)?.requestId),
};

function number(value: number | undefined): Cell {
  return value === undefined ? undefined : { kind: 'number', value };
}

function expiry(value: string | undefined): Cell {
  const parts = /^(\d{2})\/(\d{4})$/.exec(value ?? '');
  const [month, year] = [Number(parts?.[1]), Number(parts?.[2])];
  return parts && month >= 1 && month <= 12 ? { kind: 'month', year, month } : text(value);
}

/** Both people, where two had to agree. */
function decidedBy({ state }: Card): string | undefined {
  if (!('by' in state) || (state.kind === 'approved' && state.rule)) return undefined;
  return state.kind === 'approved' && state.also !== undefined ? `${state.by}, ${state.also}` : state.by;
}

function reason({ state }: Card, language: Language): string | undefined {
  if (state.kind === 'failed') return sentence(state.code, language, state.params);
  if (state.kind !== 'rejected') return undefined;
  const words = reasonWords(state.reason, language);
  return state.note ? `${words}: ${state.note}` : words;
}

function* rows(
  ids: readonly CardId[],
  request: SheetRequest,
  store: CardStore & AttemptStore,
): Iterable<readonly Cell[]> {
  for (let from = 0; from < ids.length; from += CARDS_AT_ONCE) {
    for (const card of store.cards(ids.slice(from, from + CARDS_AT_ONCE))) {
      yield request.columns.map((column) => CELLS[column]({ card, request, store }));
    }
  }
}

/** How many of the cards that are asked for are in each state. */
function countsOf(store: CardStore, { ids, batchId }: SheetOrder): Counts {
  if (ids === undefined) return store.counts({ batchId });
  const counts = Object.fromEntries(CARD_STATES.map((state) => [state, 0])) as Record<CardStateName, number>;
  for (let from = 0; from < ids.length; from += CARDS_AT_ONCE) {
    for (const { state } of store.cards(ids.slice(from, from + CARDS_AT_ONCE))) counts[state.kind]++;
  }
  return counts;
}

/** A line for each state: how many were taken in, how many are in this sheet; the last line is their sum. */
function totals(store: CardStore, request: SheetOrder): SheetTable {
  const { language } = request;
  const counts = countsOf(store, request);
  const line = (state: CardStateName) =>
    [counts[state], request.states.includes(state) ? counts[state] : 0] as const;
  const sum = CARD_STATES.map(line).reduce<readonly [number, number]>(
    ([a, b], [c, d]) => [a + c, b + d],
    [0, 0],
  );
  return {
    title: SHEET_WORDS.totals[language],
    summed: true,
    headers: [COLUMN_WORDS.state[language], SHEET_WORDS.takenIn[language], SHEET_WORDS.inThisSheet[language]],
    lines: [
      ...CARD_STATES.map((state) => ({ label: STATE_WORDS[state][language], numbers: line(state) })),
      { label: SHEET_WORDS.sum[language], numbers: sum },
    ],
  };
}

/** What a face asks for; or these very cards in this order, whatever batch they are of. */
export type SheetOrder = SheetRequest & { readonly ids?: readonly CardId[] };

export interface ExportTools {
  readonly store: CardStore & AttemptStore & AuditLog;
  readonly clock: Clock;
  readonly writer: SheetWriter;
  who(): string;
}

/** Writes the sheet; what was exported, and whether with whole numbers, goes to the audit log. */
export async function exportSheet(
  tools: ExportTools,
  target: string,
  request: SheetOrder,
  signal: CancelSignal,
  written: (rows: number, of: number) => void,
): Promise<Result<{ rows: number }, FailureOf<'sheet:export'>>> {
  const { store } = tools;
  const filter = { states: request.states, batchId: request.batchId };
  const ids = request.ids ?? store.ids(filter, { key: 'takenIn', descending: false });
  if (ids.length === 0) return fail('sheet.empty');
  const book: SheetBook = {
    title: SHEET_WORDS.cards[request.language],
    columns: request.columns.map((column) => ({
      header: COLUMN_WORDS[column][request.language],
      width: WIDTHS[column] ?? WIDTH,
    })),
    rows: rows(ids, request, store),
    rowCount: ids.length,
    tables: [totals(store, request)],
  };
  const params = { rows: ids.length, numbers: request.fullNumbers ? 'full' : 'masked' };
  // Written before the file is: a sheet with whole numbers never exists without its line.
  store.addAudit(tools.who(), 'exported', undefined, params, tools.clock.now());
  const done = await tools.writer.write(target, book, signal, (count) => written(count, ids.length));
  return done.ok ? ok({ rows: ids.length }) : done;
}
