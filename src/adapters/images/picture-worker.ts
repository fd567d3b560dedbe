/** The process that decodes pictures: whatever a hostile one does to a decoder happens here. */
import { fail, type Result } from '../../shared/result';
import { parentChannel } from '../processes/channel';
import type { PictureDone, PictureJob } from './picture-protocol';
import { pictureTool } from './picture-tool';

const channel = parentChannel<PictureJob, PictureDone>();

function withoutCause<T, Code extends string>(result: Result<T, Code>): Result<T, Code> {
  return result.ok ? result : fail(result.error.code, result.error.params);
}

channel.onMessage(async (job) => {
  const { id, kind, bytes } = job;
  if (kind === 'prepare') channel.post({ id, kind, result: withoutCause(await pictureTool.prepare(bytes)) });
  else channel.post({ id, kind, result: withoutCause(await pictureTool.cut(bytes, job.piece)) });
});
