/** Which picture of the card stands on the stage: the original or the card cut out of it, here or still on its way. */
import { computed, ref } from 'vue';
import type { CardRow } from '../../../shared/cards';
import { backend } from '../../backend/backend';

export type StagePicture = 'original' | 'card';

export interface StagePictureHost {
  readonly row: () => CardRow;
  /** Cards whose pictures are kept ready. */
  readonly neighbours: () => readonly CardRow[];
  /** A region of the original is being framed: then it is the original that stands there. */
  readonly cropping: () => boolean;
}

export function useStagePicture({ row, neighbours, cropping }: StagePictureHost) {
  const kind = ref<StagePicture>('original');
  /** Addresses of the picture that stands on the stage, and of one that cannot be shown. */
  const placed = ref<string>();
  const broken = ref<string>();

  const canSwitch = computed(() => row().pictures.includes('card') && !cropping());
  const kindFor = ({ pictures }: CardRow): StagePicture =>
    pictures.includes('card') && !cropping() ? kind.value : 'original';
  const urlFor = (one: CardRow) =>
    one.pictures.includes(kindFor(one))
      ? backend().pictureUrl(one.id, kindFor(one), one.revision)
      : undefined;

  const shown = computed(() => kindFor(row()));
  const source = computed(() => urlFor(row()));
  const ahead = computed(() =>
    neighbours()
      .map(urlFor)
      .filter((url) => url !== undefined),
  );
  /** Set once all that can be seen of this card's picture is seen. */
  const painted = computed(() =>
    source.value === placed.value || source.value === broken.value ? row().id : undefined,
  );

  function choose(picture: StagePicture): void {
    if (picture === 'original' || canSwitch.value) kind.value = picture;
  }
  function toggleKind(): void {
    if (canSwitch.value) kind.value = kind.value === 'original' ? 'card' : 'original';
  }

  return { placed, broken, canSwitch, shown, source, ahead, painted, choose, toggleKind };
}
