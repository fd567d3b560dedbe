/**
 * The recognising process. It serves Electron's utility process (`process.parentPort`) and Node's fork alike, reads
 * its resource paths from the first message, and ends with its parent.
 */
import { loadBinTable } from './bin-table';
import { loadModels } from './models';
import { createViewReader, readCard, type ViewReader } from './pipeline';
import type { FromWorker, ToWorker } from './protocol';

/** The part of Electron's parent port that is used; Node's types do not know it. */
interface ParentPort {
  on(event: 'message', listener: (event: { readonly data: unknown }) => void): void;
  postMessage(message: unknown): void;
}

const parentPort = (process as unknown as { readonly parentPort?: ParentPort }).parentPort;
let reader: Promise<ViewReader> | undefined;

function post(message: FromWorker): void {
  if (parentPort) parentPort.postMessage(message);
  else process.send?.(message);
}

async function start({ paths, threads }: Extract<ToWorker, { kind: 'start' }>): Promise<ViewReader> {
  const [models, bins] = await Promise.all([loadModels(paths, threads), loadBinTable(paths.binTable)]);
  return createViewReader(models, bins);
}

async function read(job: Extract<ToWorker, { kind: 'read' }>): Promise<void> {
  if (!reader) throw new Error('Expected a start message before the first picture but received none');
  const { id, image, switches, requestId, nowMs } = job;
  const answer = await readCard(await reader, { image, switches, requestId, now: new Date(nowMs) });
  post({ kind: 'answer', id, answer });
}

function receive(message: ToWorker): void {
  if (message.kind === 'start') {
    reader = start(message);
    reader.catch((error: unknown) => {
      post({ kind: 'unusable', message: describe(error) });
      setImmediate(() => process.exit(1));
    });
    return;
  }
  read(message).catch((error: unknown) => post({ kind: 'failed', id: message.id, message: describe(error) }));
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

// Both ends are built together, so the messages are taken as what the protocol says.
if (parentPort) parentPort.on('message', (event) => receive(event.data as ToWorker));
else process.on('message', (message) => receive(message as ToWorker));
process.on('disconnect', () => process.exit(0));
