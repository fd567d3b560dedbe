/**
 * `npm run bench [-- --only NAME] [--json FILE] [--count N]`: every ratio is from this one run on this one machine.
 * `--count` is the number of specimens that recognition is measured on. The file of `--json` holds the figures, and
 * the whole report of recognition where that was measured.
 */
import { writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Figure } from './figure';
import { benchIntake } from './intake';
import { benchPrepare } from './prepare';
import { benchRecognition } from './recognition/bench';
import type { RecognitionReport } from './recognition/report';
import { benchReview, benchViews } from './review';
import { benchScroll } from './review/scrolling';
import { benchSheet } from './sheet';
import { benchSign } from './sign';
import { benchStart } from './start';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    json: { type: 'string' },
    count: { type: 'string' },
    trace: { type: 'boolean', default: false },
  },
});
const count = values.count === undefined ? undefined : Number(values.count);
if (count !== undefined && !(Number.isInteger(count) && count > 0))
  throw new Error(`Expected --count to be a whole number but received ${values.count}`);
let recognition: RecognitionReport | undefined;
const BENCHES: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  start: () => benchStart(values.trace),
  recognition: async () => {
    const measured = await benchRecognition(count);
    recognition = measured.report;
    return measured.figures;
  },
  intake: benchIntake,
  prepare: benchPrepare,
  sign: async () => [await benchSign()],
  sheet: benchSheet,
  review: () => benchReview(values.trace),
};

function show(value: number | undefined): string {
  if (value === undefined) return '';
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(2);
}

function table(figures: readonly Figure[]): string {
  const rows = [
    ['figure', 'ours', 'peer', 'limit', 'unit', 'ratio'],
    ...figures.map(({ name, ours, peer, limit, unit, ratio }) => [
      name,
      show(ours),
      show(peer),
      show(limit),
      unit,
      show(ratio),
    ]),
  ];
  const widths =
    rows[0]?.map((_none, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}

/** Parts of those above, when they are asked for by name. */
const PARTS: Readonly<Record<string, () => Promise<readonly Figure[]>>> = {
  views: benchViews,
  scroll: () => benchScroll(values.trace),
};

const names = values.only === undefined ? Object.keys(BENCHES) : [values.only];
const figures: Figure[] = [];
for (const name of names) {
  const bench = BENCHES[name] ?? PARTS[name];
  if (!bench)
    throw new Error(
      `Expected one of ${Object.keys({ ...BENCHES, ...PARTS }).join(', ')} but received ${name}`,
    );
  process.stderr.write(`▸ ${name}\n`);
  figures.push(...(await bench()));
}
console.log(
  `${new Date().toISOString().slice(0, 10)}, ${os.cpus()[0]?.model ?? ''}, ${os.availableParallelism()} cores, Node ${process.versions.node}`,
);
console.log(table(figures));
if (values.json) {
  const report = { figures, ...(recognition && { recognition }) };
  await writeFile(path.resolve(values.json), `${JSON.stringify(report, undefined, 2)}\n`);
}
process.exit(0);
