/** Where the picture stands on its stage, as the person zooms, moves and turns it. */
import { ref } from 'vue';
import { UPRIGHT, fit, pan, tilt, turn, zoomAt, type Angle, type Placement, type Size } from './zoom';

export type Placing = ReturnType<typeof usePlacement>;

export function usePlacement() {
  const stage = ref<Size>({ width: 0, height: 0 });
  const picture = ref<Size>({ width: 0, height: 0 });
  const placement = ref<Placement>({ scale: 1, x: 0, y: 0, ...UPRIGHT });
  /** False once the person has zoomed or moved: then a change of size leaves the placement alone. */
  let fitted = true;

  function refit(): void {
    fitted = true;
    placement.value = fit(stage.value, picture.value, placement.value);
  }

  return {
    stage,
    picture,
    placement,
    refit,
    resize(size: Size): void {
      stage.value = size;
      if (fitted) refit();
    },
    place(size: Size): void {
      picture.value = size;
      if (fitted) refit();
    },
    /** For a picture that was not looked at before, or at this angle. */
    begin({ turns, fine }: Angle): void {
      fitted = true;
      placement.value = { ...placement.value, turns, fine };
      refit();
    },
    zoom(factor: number, point = { x: 0, y: 0 }): void {
      fitted = false;
      placement.value = zoomAt(placement.value, factor, point, stage.value, picture.value);
    },
    move(dx: number, dy: number): void {
      fitted = false;
      placement.value = pan(placement.value, dx, dy, stage.value, picture.value);
    },
    rotate(by: 1 | -1): void {
      fitted = true;
      placement.value = turn(placement.value, by, stage.value, picture.value);
    },
    tiltTo(fine: number): void {
      placement.value = tilt(placement.value, fine, stage.value, picture.value);
      if (fitted) refit();
    },
  };
}
