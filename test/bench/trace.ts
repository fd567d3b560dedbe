/** Where the time goes: events of Chromium's tracing, summed up by thread and by part. */
import { readFile } from 'node:fs/promises';
import type { ElectronApplication } from '@playwright/test';

/** As Chromium writes them; only what is read here. */
export interface TraceEvent {
  readonly name: string;
  /** X: whole; M: about a thread. */
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  readonly args?: { readonly name?: string };
}

export interface TracePart {
  readonly thread: string;
  readonly part: string;
  readonly ms: number;
  readonly count: number;
}

export const CATEGORIES = ['devtools.timeline', 'toplevel', 'v8', 'cc', 'blink'];

/** What an event is part of; one that is not named here is part of what it lies in. */
const PARTS: Readonly<Record<string, string>> = {
  FunctionCall: 'script',
  'v8.callFunction': 'script',
  'v8.run': 'script',
  EvaluateScript: 'script',
  'v8.evaluateModule': 'script',
  'v8.compile': 'compile',
  'v8.compileModule': 'compile',
  'V8.CompileCode': 'compile',
  ParseHTML: 'parse',
  RunMicrotasks: 'script',
  FireAnimationFrame: 'script',
  TimerFire: 'script',
  MajorGC: 'collecting',
  MinorGC: 'collecting',
  'V8.GC_SCAVENGER': 'collecting',
  UpdateLayoutTree: 'style',
  Layout: 'layout',
  PrePaint: 'pre-paint',
  Paint: 'paint',
  Layerize: 'layers',
  Commit: 'commit',
  RasterTask: 'raster',
  ImageDecodeTask: 'decode',
  'Decode Image': 'decode',
};

interface Open {
  readonly part: string;
  readonly until: number;
}

/** The time of each part on one thread without what lies within it: nothing is counted twice. */
function partsOfThread(thread: string, events: readonly TraceEvent[]): TracePart[] {
  const sums = new Map<string, { us: number; count: number }>();
  const add = (part: string, us: number, count: number) => {
    const sum = sums.get(part) ?? { us: 0, count: 0 };
    sums.set(part, { us: sum.us + us, count: sum.count + count });
  };
  const open: Open[] = [];
  const whole = events.filter(({ ph, dur }) => ph === 'X' && dur !== undefined);
  for (const { name, ts, dur = 0 } of whole.toSorted(
    (one, other) => one.ts - other.ts || (other.dur ?? 0) - (one.dur ?? 0),
  )) {
    while ((open.at(-1)?.until ?? Infinity) <= ts) open.pop();
    const around = open.at(-1);
    const part = PARTS[name] ?? around?.part ?? 'other';
    if (around) add(around.part, -Math.min(dur, around.until - ts), 0);
    add(part, around ? Math.min(dur, around.until - ts) : dur, part === around?.part ? 0 : 1);
    open.push({ part, until: Math.min(ts + dur, around?.until ?? Infinity) });
  }
  return [...sums].map(([part, { us, count }]) => ({ thread, part, ms: us / 1000, count }));
}

const THREADS: readonly (readonly [RegExp, string])[] = [
  [/^CrRendererMain$/, 'main'],
  [/^Compositor$/, 'compositor'],
  [/^CompositorTileWorker/, 'raster'],
  [/^VizCompositor/, 'display'],
  [/^CrGpuMain$/, 'display'],
  [/^CrBrowserMain$/, 'browser'],
];

function groupedBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

/** Parts of all threads that draw a page, the longest first within each; of several pages, all together. */
export function partsOf(events: readonly TraceEvent[]): readonly TracePart[] {
  const keyOf = ({ pid, tid }: TraceEvent) => `${pid} ${tid}`;
  const byThread = groupedBy(
    events.filter(({ ph }) => ph === 'X'),
    keyOf,
  );
  const parts: TracePart[] = [];
  for (const event of events) {
    if (event.ph !== 'M' || event.name !== 'thread_name') continue;
    const thread = THREADS.find(([name]) => name.test(event.args?.name ?? ''))?.[1];
    if (thread) parts.push(...partsOfThread(thread, byThread.get(keyOf(event)) ?? []));
  }
  const together = groupedBy(parts, ({ thread, part }) => `${thread} ${part}`);
  const order = THREADS.map(([, thread]) => thread);
  return [...together.values()]
    .map((same) => ({
      thread: same[0]?.thread ?? '',
      part: same[0]?.part ?? '',
      ms: same.reduce((sum, { ms }) => sum + ms, 0),
      count: same.reduce((sum, { count }) => sum + count, 0),
    }))
    .sort((one, other) => order.indexOf(one.thread) - order.indexOf(other.thread) || other.ms - one.ms);
}

/** What an application does while `work` goes on. */
export async function traced(
  app: ElectronApplication,
  work: () => Promise<unknown>,
): Promise<readonly TracePart[]> {
  await app.evaluate(
    ({ contentTracing }, categories) => contentTracing.startRecording({ included_categories: categories }),
    CATEGORIES,
  );
  await work();
  return stopTracing(app);
}

/** What was recorded since whoever began it. */
export async function stopTracing(app: ElectronApplication): Promise<readonly TracePart[]> {
  const file = await app.evaluate(({ contentTracing }) => contentTracing.stopRecording());
  const { traceEvents } = JSON.parse(await readFile(file, 'utf8')) as { traceEvents: TraceEvent[] };
  await app.evaluate(({ app: main }, name) => {
    // The trace lies in the system's folder for temporary files.
    if (name.startsWith(main.getPath('temp')))
      process.getBuiltinModule('node:fs').rmSync(name, { force: true });
  }, file);
  return partsOf(traceEvents);
}

/** A table of milliseconds for each of so many frames, or of all of them. */
export function tableOf(title: string, parts: readonly TracePart[], frames = 1): string {
  const lines = parts
    .filter(({ ms }) => ms / frames >= 0.005)
    .map(({ thread, part, ms }) => `  ${thread.padEnd(11)} ${part.padEnd(11)} ${(ms / frames).toFixed(2)}`);
  return [`${title}: ms${frames === 1 ? '' : ' a frame'}`, ...lines].join('\n');
}
