/**
 * The recognising process. It serves Electron's utility process (`process.parentPort`) and Node's fork alike, reads
 * its resource paths from the first message, and ends with its parent.
 */
import { loadBinTable } from '../bin-table/bin-table';
import { parentChannel } from '../processes/channel';
import { loadModels } from './text/models';
import { lookAtPicture } from './back/picture-look';
import { usePictureThreads } from './picture/raster';
import { createViewReader, readCard, type ViewReader } from './pipeline';
import type { FromWorker, ToWorker } from './protocol';

const channel = parentChannel<ToWorker, FromWorker>();
let reader: Promise<ViewReader> | undefined;

async function start({ paths, ownRows, threads }: Extract<ToWorker, { kind: 'start' }>): Promise<ViewReader> {
  usePictureThreads(threads);
  const [models, bins] = await Promise.all([
    loadModels(paths, threads),
    loadBinTable(paths.binTable, ownRows),
  ]);
  return createViewReader(models, bins);
}

async function work(job: Exclude<ToWorker, { kind: 'start' }>): Promise<void> {
  if (!reader) throw new Error('Expected a start message before the first picture but received none');
  const { id, kind, image } = job;
  if (kind === 'look') {
    channel.post({ kind: 'looked', id, look: await lookAtPicture((await reader).models, image) });
    return;
  }
  const { switches, requestId, nowMs } = job;
  const answer = await readCard(await reader, { image, switches, requestId, now: new Date(nowMs) });
  channel.post({ kind: 'answer', id, answer });
}

function receive(message: ToWorker): void {
  if (message.kind === 'start') {
    reader = start(message);
    reader.catch((error: unknown) => {
      channel.post({ kind: 'unusable', message: describe(error) });
      setImmediate(() => process.exit(1));
    });
    return;
  }
  work(message).catch((error: unknown) =>
    channel.post({ kind: 'failed', id: message.id, message: describe(error) }),
  );
}

function describe(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

channel.onMessage(receive);
