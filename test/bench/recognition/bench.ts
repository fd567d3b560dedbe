/** `npm run bench -- --only recognition`: the whole table over the generated specimens, printed and put into the docs. */
import { readFile } from 'node:fs/promises';
import os, { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SpawnWorker } from '../../../src/adapters/local-engine/protocol';
import { forkNode } from '../../../src/adapters/processes/fork-node';
import { quantile, type Figure } from '../figure';
import { countByKind, measureAll, modelPaths, verdictOf } from '../recognition';
import { isTest, specimensOf } from './cached-set';
import type { Judged, Verdict } from './judged';
import { climbLadder } from './ladder';
import type { MemoryNote } from './measured-worker';
import { plainOcr, tesseract, type Peer } from './peers';
import { asMarkdown, rewriteBlock, type PeerScore, type RecognitionReport } from './report';
import { scoreOf, shareOf, type Share } from './score';
import { worstOf } from './worst';

const root = fileURLToPath(new URL('../../../', import.meta.url));
/** Ten of each kind: 26 old ones and 26 harder ones. */
const USUAL_COUNT = 520;
/** The least with both halves of all kinds: a shorter run is for trying, and the document keeps the table it has. */
const LEAST_DOCUMENTED = 104;
/** Tesseract takes several times as long as a card is worth waiting for. */
const TESSERACT_SAMPLE = 60;
const DOCUMENT = join(root, 'docs/local-engine.md');

export interface RecognitionBench {
  readonly figures: readonly Figure[];
  readonly report: RecognitionReport;
}

/** Prints the table, puts it into docs/local-engine.md, and answers the figures. */
export async function benchRecognition(count = USUAL_COUNT): Promise<RecognitionBench> {
  const { folder, truths } = await specimensOf(count);
  let peakBytes = 0;
  const spawn = measuringSpawn((bytes) => (peakBytes = Math.max(peakBytes, bytes)));
  let done = 0;
  const judged: readonly Judged[] = await measureAll(spawn, folder, truths, () => {
    done++;
    if (done % 26 === 0) process.stderr.write(`  ${done} of ${truths.length} read\n`);
  });
  const test = judged.filter(({ truth }) => isTest(truth));
  const readable = test.filter(({ truth }) => truth.readable);
  const plain = await readWith(await plainOcr(modelPaths, 1), folder, readable);
  const sample = everyNth(readable, TESSERACT_SAMPLE);
  const other = await readWith(await tesseract(), folder, sample);
  const report: RecognitionReport = {
    origin: originOf(count),
    specimens: truths.length,
    test: scoreOf(test),
    tune: scoreOf(judged.filter(({ truth }) => !isTest(truth))),
    byKind: countByKind(judged.filter(({ truth }) => truth.readable)),
    peakBytes,
    ladder: await climbLadder(
      folder,
      test.map(({ truth }) => truth),
    ),
    peers: [
      peerScore('PP-OCRv4 alone: text found, boxes read, line with most digits', plain, readable),
      peerScore(`tesseract.js 7, a sample of ${sample.length}`, other, sample),
    ],
    worst: worstOf(test, new Map([...plain].map(([file, { number }]) => [file, number]))),
  };
  const text = asMarkdown(report);
  console.log(`${text}\n`);
  if (count >= LEAST_DOCUMENTED) await rewriteBlock(DOCUMENT, text);
  else
    process.stderr.write(
      `  docs/local-engine.md keeps its table: fewer than ${LEAST_DOCUMENTED} specimens\n`,
    );
  return { report, figures: figuresOf(report) };
}

function originOf(count: number): string {
  const day = new Date().toISOString().slice(0, 10);
  const command = `npm run bench -- --only recognition${count === USUAL_COUNT ? '' : ` --count ${count}`}`;
  return `${day}, ${os.cpus()[0]?.model.trim() ?? 'unknown processor'}, ${availableParallelism()} cores, Node ${process.versions.node}, \`${command}\``;
}

/** The engine's process with a note of its memory beside its answers. */
function measuringSpawn(onPeak: (bytes: number) => void): SpawnWorker {
  return () => {
    const channel: ReturnType<SpawnWorker> = forkNode(
      join(root, 'test/bench/recognition/measured-worker.ts'),
    );
    return {
      ...channel,
      onMessage: (listener) =>
        channel.onMessage((message) => {
          const note: { readonly kind: string } = message;
          if (note.kind === 'memory') onPeak((note as MemoryNote).peakBytes);
          else listener(message);
        }),
    };
  };
}

interface PeerReading {
  readonly number: string | undefined;
  readonly durationMs: number;
}

async function readWith(
  peer: Peer,
  folder: string,
  judged: readonly Judged[],
): Promise<Map<string, PeerReading>> {
  const readings = new Map<string, PeerReading>();
  try {
    for (const { truth } of judged) {
      const picture = await readFile(join(folder, truth.file));
      const startMs = performance.now();
      const number = await peer.read(picture);
      readings.set(truth.file, { number, durationMs: performance.now() - startMs });
    }
  } finally {
    await peer.close();
  }
  return readings;
}

function peerScore(
  name: string,
  readings: ReadonlyMap<string, PeerReading>,
  judged: readonly Judged[],
): PeerScore {
  const share = (verdict: Verdict): Share =>
    shareOf(judged, ({ truth }) => verdictOf(readings.get(truth.file)?.number, truth) === verdict);
  return {
    name,
    exact: share('exact'),
    wrong: share('wrong'),
    refused: share('refused'),
    ourExact: shareOf(judged, ({ verdict }) => verdict === 'exact'),
    medianMs: quantile(
      [...readings.values()].map(({ durationMs }) => durationMs),
      0.5,
    ),
  };
}

/** So many of the list, evenly spread over it. */
function everyNth<T>(list: readonly T[], most: number): readonly T[] {
  const step = Math.max(1, list.length / most);
  return list.filter((_one, at) => Math.floor(at / step) !== Math.floor((at - 1) / step)).slice(0, most);
}

function figuresOf({ test, peakBytes, peers }: RecognitionReport): Figure[] {
  const percent = ({ part, whole }: Share): number => (whole === 0 ? Number.NaN : (100 * part) / whole);
  const exact = percent(test.exact);
  const [plain] = peers;
  const peer = plain ? percent(plain.exact) : Number.NaN;
  return [
    { name: 'recognition.exact', ours: exact, peer, limit: 100, unit: '%', ratio: exact / peer },
    { name: 'recognition.wrong', ours: percent(test.wrong), limit: 0, unit: '%' },
    { name: 'recognition.refused', ours: percent(test.refused), unit: '%' },
    { name: 'recognition.negatives-refused', ours: percent(test.negativesRefused), limit: 100, unit: '%' },
    { name: 'recognition.expiry', ours: percent(test.expiry), limit: 100, unit: '%' },
    { name: 'recognition.bank', ours: percent(test.bank), limit: 100, unit: '%' },
    { name: 'recognition.card-found', ours: percent(test.cardFound), limit: 100, unit: '%' },
    { name: 'recognition.median', ours: test.medianMs, ...(plain && { peer: plain.medianMs }), unit: 'ms' },
    { name: 'recognition.p95', ours: test.p95Ms, unit: 'ms' },
    { name: 'recognition.memory', ours: peakBytes / 2 ** 20, unit: 'MB' },
  ];
}
