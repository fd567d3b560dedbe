/** The pointer on the stage: the wheel zooms, a drag moves the picture, and the magnifier goes where the pointer is. */
import { ref, type Ref } from 'vue';
import type { Placing } from './use-placement';
import { onStage, type Point } from './zoom';

const WHEEL_SPEED = 0.0018;

export function useStagePointer(
  stage: Readonly<Ref<HTMLElement | undefined>>,
  { stage: size, zoom, move }: Pick<Placing, 'stage' | 'zoom' | 'move'>,
) {
  let dragging: number | undefined;
  /** Where the pointer is, from the middle of the stage; undefined while it is elsewhere. */
  let pointer: Point | undefined;
  /** Where the magnifier is while it is out. */
  const loupe = ref<Point>();

  function pointOf(event: MouseEvent): Point {
    const box = stage.value?.getBoundingClientRect() ?? new DOMRect();
    return { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 };
  }
  function wheeled(event: WheelEvent): void {
    zoom(Math.exp(-event.deltaY * WHEEL_SPEED), pointOf(event));
  }
  function grabbed(event: PointerEvent): void {
    if (event.button !== 0) return;
    dragging = event.pointerId;
    stage.value?.setPointerCapture(event.pointerId);
  }
  function moved(event: PointerEvent): void {
    pointer = pointOf(event);
    if (loupe.value) loupe.value = onStage(pointer, size.value);
    if (dragging === event.pointerId) move(event.movementX, event.movementY);
  }
  function released(): void {
    dragging = undefined;
  }
  function left(): void {
    pointer = undefined;
  }

  /** The arrows move the magnifier while it is out, else the picture. */
  function push(dx: number, dy: number): void {
    if (!loupe.value) move(dx, dy);
    else loupe.value = onStage({ x: loupe.value.x - dx / 2, y: loupe.value.y - dy / 2 }, size.value);
  }
  function toggleLoupe(): void {
    loupe.value = loupe.value ? undefined : (pointer ?? { x: 0, y: 0 });
  }

  return { loupe, wheeled, grabbed, moved, released, left, push, toggleLoupe };
}
