/** The process that looks at databases which may be damaged: whatever they do to the library happens here. */
import { parentChannel } from '../processes/channel';
import type { Inspected, Inspection } from './inspector';
import { openEncrypted, salvage } from './salvage';

const channel = parentChannel<Inspection, Inspected>();

function check({ file, keyHex }: Inspection): Inspected {
  const database = openEncrypted(file, keyHex);
  const found = database.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
  return found.quick_check === 'ok' ? { kind: 'sound' } : { kind: 'unsound', found: found.quick_check };
}

function answer(inspection: Inspection): Inspected {
  if (inspection.kind === 'check') return check(inspection);
  const built = salvage(inspection);
  return built ? { kind: 'rebuilt', ...built } : { kind: 'unsound', found: 'what is left is no desk' };
}

channel.onMessage((inspection) => {
  try {
    channel.post(answer(inspection));
  } catch (error) {
    channel.post({ kind: 'unsound', found: error instanceof Error ? error.message : String(error) });
  }
});
