/** The process that decodes pictures: whatever a hostile one does to a decoder happens here. */
import { assertNever, fail, type Result } from '../../shared/result';
import { parentChannel } from '../processes/channel';
import type { PictureDone, PictureJob } from './picture-protocol';
import { pictureTool } from './picture-tool';

const channel = parentChannel<PictureJob, PictureDone>();

function withoutCause<T, Code extends string>(result: Result<T, Code>): Result<T, Code> {
  return result.ok ? result : fail(result.error.code, result.error.params);
}

async function doneWith(job: PictureJob): Promise<PictureDone> {
  const { id, kind, bytes } = job;
  switch (kind) {
    case 'prepare':
      return { id, kind, result: withoutCause(await pictureTool.prepare(bytes)) };
    case 'cut':
      return { id, kind, result: withoutCause(await pictureTool.cut(bytes, job.region)) };
    case 'paintOver':
      return { id, kind, result: withoutCause(await pictureTool.paintOver(bytes, job.areas)) };
    case 'takeApart':
      return { id, kind, result: withoutCause(await pictureTool.takeApart(bytes, job.cards)) };
    default:
      return assertNever(kind);
  }
}

channel.onMessage(async (job) => channel.post(await doneWith(job)));
