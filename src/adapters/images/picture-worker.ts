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

/** A defect ends the process, and that picture fails: Electron 37 and newer would only warn, and the desk wait a minute. */
async function serve(job: PictureJob): Promise<void> {
  try {
    channel.post(await doneWith(job));
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exit(1);
  }
}

channel.onMessage((job) => void serve(job));
