/** The table of recognition as Markdown, and its place in docs/local-engine.md. */
import { readFile, writeFile } from 'node:fs/promises';
import type { LadderScore } from './ladder';
import { LADDER, SIZES } from './ladder';
import type { Score, Share, WarningScore } from './score';
import type { Worst } from './worst';

export interface PeerScore {
  readonly name: string;
  readonly exact: Share;
  readonly wrong: Share;
  readonly refused: Share;
  readonly medianMs: number;
  /** The engine on the same pictures. */
  readonly ourExact: Share;
}

export interface RecognitionReport {
  /** When, on what, by which command: one line. */
  readonly origin: string;
  readonly specimens: number;
  readonly test: Score;
  readonly tune: Score;
  readonly byKind: readonly KindScore[];
  readonly peakBytes: number;
  readonly ladder: LadderScore;
  readonly peers: readonly PeerScore[];
  readonly worst: readonly Worst[];
}

export interface KindScore {
  readonly kind: string;
  readonly right: number;
  readonly wrong: number;
  readonly refused: number;
}

const NAMES: Readonly<Record<WarningScore['code'], string>> = {
  [-9110]: 'date',
  [-9111]: 'border',
  [-9112]: 'reflection',
  [-9113]: 'photocopy',
  [-9114]: 'screen',
};

export function shown({ part, whole }: Share): string {
  return whole === 0 ? 'none' : `${part} of ${whole} (${((100 * part) / whole).toFixed(1)} %)`;
}

function rowsOf(report: RecognitionReport): readonly (readonly [string, (score: Score) => string])[] {
  return [
    ['pictures', ({ pictures }) => String(pictures)],
    ['**readable cards: exact number**', ({ exact }) => `**${shown(exact)}**`],
    ['wrong number', ({ wrong }) => shown(wrong)],
    [
      'wrong number that passes Luhn',
      ({ wrongUnnoticed, exact }) => shown({ ...wrongUnnoticed, whole: exact.whole }),
    ],
    ['refused', ({ refused }) => shown(refused)],
    ['no bank card, or unreadable: refused', ({ negativesRefused }) => shown(negativesRefused)],
    ['answered with the digits that are printed', ({ negativesAsPrinted }) => shown(negativesAsPrinted)],
    ['answered with other digits', ({ negativesWrong }) => shown(negativesWrong)],
    ['expiry right (or rightly none), of readable', ({ expiry }) => shown(expiry)],
    ['bank right, of readable', ({ bank }) => shown(bank)],
    ['card type right, of readable', ({ cardType }) => shown(cardType)],
    ['card found (overlap over 0.9), of those read', ({ cardFound }) => shown(cardFound)],
    ['upright, of those read', ({ upright }) => shown(upright)],
    [
      'quality against sigma, unshaken, first-hand: Spearman',
      ({ quality }) =>
        quality.cards === 0 ? 'none' : `${quality.spearman.toFixed(2)} (${quality.cards} cards)`,
    ],
    ['sharp (sigma at most 0.8): quality 50 or more', ({ quality }) => shown(quality.sharp)],
    ['blurred (sigma 1.8 and more, or shaken): below 50', ({ quality }) => shown(quality.blurred)],
    [
      'ms a card: median (p95)',
      ({ pictures, medianMs, p95Ms }) =>
        pictures === 0 ? 'none' : `${medianMs.toFixed(0)} (${p95Ms.toFixed(0)})`,
    ],
    ['peak memory of the recognising process', () => `${(report.peakBytes / 2 ** 20).toFixed(0)} MB`],
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function warningTable(warnings: readonly WarningScore[]): string {
  const ratio = (part: number, whole: number): string => (whole === 0 ? '-' : (part / whole).toFixed(2));
  return table(
    ['warning', 'right', 'missed', 'false', 'rightly quiet', 'precision', 'recall'],
    warnings.map(({ code, right, missed, falsely, quiet }) => [
      `${code} ${NAMES[code]}`,
      ...[right, missed, falsely, quiet].map(String),
      ratio(right, right + falsely),
      ratio(right, right + missed),
    ]),
  );
}

function peerTable(report: RecognitionReport): string {
  const head = [
    'readable cards of the test half',
    'pictures',
    'exact',
    'wrong',
    'refused',
    'ours on the same',
    'median ms',
  ];
  const percent = ({ part, whole }: Share): string => `${((100 * part) / whole).toFixed(1)} %`;
  return table(
    head,
    report.peers.map(({ name, exact, wrong, refused, ourExact, medianMs }) => [
      name,
      String(exact.whole),
      ...[exact, wrong, refused, ourExact].map(percent),
      medianMs.toFixed(0),
    ]),
  );
}

export function asMarkdown(report: RecognitionReport): string {
  const { test, tune, ladder } = report;
  const failing = report.byKind.filter(({ wrong, refused }) => wrong + refused > 0);
  return [
    `${report.origin}: ${report.specimens} generated specimens of the set \`wide\`. Even seeds may be looked at while thresholds are set; odd ones only test.`,
    table(
      ['question', 'test half', 'tuning half'],
      rowsOf(report).map(([name, cell]) => [name, cell(test), cell(tune)]),
    ),
    'Warnings on the readable cards that were read, test half:',
    warningTable(test.warnings),
    `Quality of sharp cards blurred by ${LADDER.join(', ')} pixels: never rises on ${shown(ladder.neverRises)}, Spearman with sigma ${ladder.spearman.toFixed(2)}; shrunk to ${SIZES.join(', ')} it changes by ${ladder.shrinkingChanges} at most.`,
    'The same pictures read by others:',
    peerTable(report),
    `Kinds of readable cards with a failure, both halves: ${failing.map(({ kind, right, wrong, refused }) => `${kind} ${wrong} wrong and ${refused} refused of ${right + wrong + refused}`).join('; ') || 'none'}.`,
    'The worst of the test half:',
    table(
      ['seed', 'number', 'reason'],
      report.worst.map(({ seed, what, why }) => [seed, what.replaceAll('*', '•'), why]),
    ),
  ].join('\n\n');
}

const BEGIN = '<!-- Written by `npm run bench -- --only recognition`; what is changed by hand is lost. -->';
const END = '<!-- End of what the bench writes. -->';

/** Puts the text between the two comments of the file; what stands around them stays. */
export async function rewriteBlock(file: string, text: string): Promise<void> {
  const document = await readFile(file, 'utf8');
  const [from, to] = [document.indexOf(BEGIN), document.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`Expected the bench's two comments in ${file} but found none`);
  await writeFile(file, `${document.slice(0, from + BEGIN.length)}\n\n${text}\n\n${document.slice(to)}`);
}
