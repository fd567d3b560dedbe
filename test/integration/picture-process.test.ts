/** Decoding apart from the desk: a picture that kills the decoder fails alone, and the next one is read by a fresh process. */
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createPictureProcess, type PictureProcess } from '../../src/adapters/images/picture-process';
import type { PictureDone, PictureJob } from '../../src/adapters/images/picture-protocol';
import { pictureTool } from '../../src/adapters/images/picture-tool';
import { forkNode } from '../../src/adapters/processes/fork-node';
import type { Channel } from '../../src/adapters/processes/channel';
import { plainPicture } from '../helpers/pictures';

const WORKER = path.resolve('src/adapters/images/picture-worker.ts');
let tool: PictureProcess;
afterEach(() => tool.close());

/** The real process, but it is killed when it is given something for the n-th time. */
function dyingAt(...nth: number[]) {
  let [started, posted] = [0, 0];
  const spawn = (): Channel<PictureJob, PictureDone> => {
    started++;
    const channel = forkNode<PictureJob, PictureDone>(WORKER);
    return {
      ...channel,
      post(job) {
        posted++;
        if (nth.includes(posted)) channel.kill();
        else channel.post(job);
      },
    };
  };
  return { spawn, started: () => started };
}

describe('picture process', () => {
  it('prepares as the tool in the same process does, and gives untouched bytes back as they are', async () => {
    const { spawn } = dyingAt(0);
    tool = createPictureProcess(spawn);
    const jpeg = await plainPicture().jpeg().toBuffer();
    const prepared = await tool.prepare(jpeg);
    expect(prepared).toMatchObject({
      ok: true,
      value: { width: 900, height: 600, format: 'jpeg', notes: [] },
    });
    expect(prepared.ok && prepared.value.prepared).toBe(jpeg);
    expect(await tool.prepare(Buffer.from('nothing'))).toMatchObject({
      error: { code: 'picture.unknownFormat' },
    });
  });

  it('cuts as the tool in the same process does, and says why it does not', async () => {
    tool = createPictureProcess(dyingAt(0).spawn);
    const jpeg = await plainPicture().jpeg().toBuffer();
    const region = { angle: 12, cut: { left: 0.2, top: 0.2, width: 0.5, height: 0.5 } };
    const here = await pictureTool.cut(jpeg, region);
    const there = await tool.cut(jpeg, region);
    if (!here.ok || !there.ok) throw new Error('Expected what was cut out');
    expect(Buffer.from(there.value).equals(here.value)).toBe(true);
    const tiny = { ...region, cut: { ...region.cut, width: 0.01 } };
    expect(await tool.cut(jpeg, tiny)).toEqual({
      ok: false,
      error: { code: 'card.cutTooSmall', params: { min: 100 } },
    });
  });

  it('that is killed costs no picture: a fresh one tries it again', async () => {
    const { spawn, started } = dyingAt(2, 5);
    tool = createPictureProcess(spawn);
    const jpeg = await plainPicture().jpeg().toBuffer();
    const all = await Promise.all([1, 2, 3, 4].map(() => tool.prepare(jpeg)));
    expect(all.map(({ ok }) => ok)).toEqual([true, true, true, true]);
    expect(started()).toBe(3);
  });

  it('fails only the picture that kills it twice', async () => {
    const { spawn, started } = dyingAt(2, 3);
    tool = createPictureProcess(spawn);
    const jpeg = await plainPicture().jpeg().toBuffer();
    const all = await Promise.all([tool.prepare(jpeg), tool.prepare(jpeg), tool.prepare(jpeg)]);
    expect(all.map((prepared) => (prepared.ok ? 'prepared' : prepared.error.code))).toEqual([
      'prepared',
      'picture.damaged',
      'prepared',
    ]);
    expect(started()).toBe(3);
  });
});

describe('a defect in the process', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('fails its picture at once, also where a rejected promise does not end a process', async () => {
    // As Electron runs utility processes since 37.
    vi.stubEnv('NODE_OPTIONS', '--unhandled-rejections=warn');
    tool = createPictureProcess(() => {
      const channel = forkNode<PictureJob, PictureDone>(WORKER);
      return { ...channel, post: (job) => channel.post({ ...job, kind: 'unheard of' } as never) };
    });
    const prepared = await tool.prepare(await plainPicture().jpeg().toBuffer());
    expect(prepared).toMatchObject({ error: { code: 'picture.damaged' } });
  });
});

describe('a computer that has no process left', () => {
  const failure = Object.assign(new Error('as the system says it'), { code: 'EAGAIN' });
  /** Is told of right away by Node, or a moment later. */
  const never = (): Channel<PictureJob, PictureDone> => ({
    post: () => undefined,
    onMessage: () => undefined,
    onExit: (listener) => void setImmediate(() => listener(failure)),
    kill: () => undefined,
  });
  const atOnce = () => {
    throw failure;
  };

  it.each([
    ['at once', atOnce],
    ['a moment later', never],
  ])('is said (%s), and not that the picture is damaged', async (_when, spawn) => {
    tool = createPictureProcess(spawn);
    const both = [tool.prepare(new Uint8Array(10)), tool.prepare(new Uint8Array(10))];
    for (const one of await Promise.allSettled(both))
      expect(one).toMatchObject({ status: 'rejected', reason: { code: 'EAGAIN' } });
  });
});
