/** Where the pictures of cards go by the settings, so that the window says only what is true of them. */
import type { Settings } from '../../shared/settings';

/** here: they stay on this computer. some: those that a second opinion is asked about go to the cloud. cloud: all do. */
export type PictureWay = 'here' | 'some' | 'cloud';

/** Undefined while it is not known whether there are credentials, where that matters. */
export function pictureWay(
  { engine, secondOpinion }: Pick<Settings, 'engine' | 'secondOpinion'>,
  credentials: { readonly stored: boolean } | undefined,
): PictureWay | undefined {
  if (engine === 'tencent') return 'cloud';
  if (engine === 'local' && secondOpinion === 'never') return 'here';
  if (!credentials) return undefined;
  if (!credentials.stored) return 'here';
  if (engine === 'auto' || secondOpinion === 'always') return 'cloud';
  return secondOpinion === 'never' ? 'here' : 'some';
}
