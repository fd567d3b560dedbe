/** What is wrong with the picture of a card, each measure in a file of its own. */
import type { Switches, WarningCode } from '../../../shared/recognition';
import type { Scene, View } from '../outline/views';
import { isBorderIncomplete } from './border';
import { isPhotocopy } from './photocopy';
import { isReflecting } from './reflection';
import { isFromScreen } from './screen';

/** Only checks whose switch is on; the reflection has none. Without an outline nothing is known of border and surroundings. */
export async function pictureWarnings(scene: Scene, view: View, switches: Switches): Promise<WarningCode[]> {
  const { raster, outline } = scene;
  const warnings: WarningCode[] = [];
  if (switches.EnableBorderCheck && outline && isBorderIncomplete(raster, outline)) warnings.push(-9111);
  if (await isReflecting(view.raster)) warnings.push(-9112);
  if (switches.EnableCopyCheck && (await isPhotocopy(view.raster, raster))) warnings.push(-9113);
  if (switches.EnableReshootCheck && outline && isFromScreen(raster, outline.quad, scene.scale))
    warnings.push(-9114);
  return warnings;
}
