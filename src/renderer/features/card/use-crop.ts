/** A region of the original is framed and read by an engine. */
import { ref, watch } from 'vue';
import type { CardRow } from '../../../shared/cards';
import type { EngineName } from '../../../shared/recognition';
import { useToasts } from '../../ui/toast-store';
import { useDecide } from '../decide/decide-store';
import { useCard } from '../open-card/card-store';
import { FIRST_CUT } from './crop';

export interface CropHost {
  readonly row: () => CardRow;
  /** How far the original is turned, in degrees. */
  readonly angle: () => number;
  /** The frame is gone, and the focus that it had. */
  readonly left: () => void;
}

export function useCrop({ row, angle, left }: CropHost) {
  const card = useCard();
  const decide = useDecide();
  const toasts = useToasts();
  const cut = ref(FIRST_CUT);
  /** Who is to read the region; undefined: whoever reads the others. */
  const reader = ref<EngineName>();

  function toggleCrop(): void {
    if (card.cropping) leaveCrop();
    else if (!['pending', 'held', 'failed'].includes(row().state)) {
      toasts.failed({ code: 'card.wrongState' });
    } else if (row().pictures.includes('original')) {
      cut.value = FIRST_CUT;
      reader.value = undefined;
      card.cropping = true;
    }
  }
  function leaveCrop(): void {
    card.cropping = false;
  }
  async function recognise(): Promise<void> {
    if (await decide.againWithCut({ angle: angle(), cut: cut.value }, reader.value)) leaveCrop();
  }
  watch(
    () => card.cropping,
    (on, was) => was && !on && left(),
    { flush: 'post' },
  );

  return { cut, reader, toggleCrop, leaveCrop, recognise };
}
