/** Preparing a picture: ours (sniffed, checked whole, in a process of its own) against sharp alone decoding it and making the same thumbnail. */
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { createPictureProcess } from '../../src/adapters/images/picture-process';
import { forkNode } from '../../src/adapters/processes/fork-node';
import { inTurns, type Figure } from './figure';

const ROUNDS = 5;

export async function benchPrepare(): Promise<Figure[]> {
  const folder = path.resolve('resources/specimens');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.jpg'));
  const pictures = await Promise.all(names.map((name) => readFile(path.join(folder, name))));
  const tool = createPictureProcess(() => forkNode(path.resolve('out/main/picture-worker.js')));
  try {
    await tool.prepare(pictures[0] as Buffer);
    const all = async (work: (picture: Buffer) => Promise<unknown>) => {
      for (const picture of pictures) await work(picture);
    };
    const times = await inTurns(
      ROUNDS,
      () => all((picture) => tool.prepare(picture)),
      () =>
        all((picture) =>
          sharp(picture).autoOrient().resize(320, 320, { fit: 'inside' }).jpeg({ quality: 80 }).toBuffer(),
        ),
    );
    const [ours, peer] = [times.ours / pictures.length, times.peer / pictures.length];
    return [{ name: 'prepare.picture', ours, peer, unit: 'ms', ratio: ours / peer }];
  } finally {
    tool.close();
  }
}
