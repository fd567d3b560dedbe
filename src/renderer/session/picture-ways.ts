/** Where the pictures of cards go by the settings, so that the window says only what is true of them. */
import type { EngineName } from '../../shared/recognition';
import type { Settings } from '../../shared/settings';

/** here: they stay on this computer. some: those that a second opinion is asked about go to the cloud. cloud: all do. */
export type PictureWay = 'here' | 'some' | 'cloud';

/** Whether an engine is asked elsewhere than on this computer. */
const SENDS_PICTURES: Readonly<Record<EngineName, boolean>> = { local: false, tencent: true };

/** Undefined while it is not known whether there are credentials, where that matters. */
export function pictureWay(
  { engine, secondOpinion }: Pick<Settings, 'engine' | 'secondOpinion'>,
  credentials: { readonly stored: boolean } | undefined,
): PictureWay | undefined {
  if (engine !== 'auto' && SENDS_PICTURES[engine]) return 'cloud';
  if (engine !== 'auto' && secondOpinion === 'never') return 'here';
  if (!credentials) return undefined;
  if (!credentials.stored) return 'here';
  if (engine === 'auto' || secondOpinion === 'always') return 'cloud';
  return secondOpinion === 'never' ? 'here' : 'some';
}
