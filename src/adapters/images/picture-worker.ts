/** The process that decodes pictures: whatever a hostile one does to a decoder happens here. */
import { parentChannel } from '../processes/channel';
import type { PictureDone, PictureJob } from './picture-protocol';
import { pictureTool } from './picture-tool';

const channel = parentChannel<PictureJob, PictureDone>();

channel.onMessage(({ id, bytes }) => {
  void pictureTool.prepare(bytes).then((prepared) => {
    channel.post({ id, result: prepared.ok ? prepared : { ok: false, code: prepared.error.code } });
  });
});
