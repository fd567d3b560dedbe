import { nextTick, shallowRef } from 'vue';
import { describe, expect, it } from 'vitest';
import type { CardRow, RevealedNumber } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';
import { createRevealedNumber } from './revealed-number';

const ONE = 1 as CardId;
const OTHER = 2 as CardId;
const row = (id: CardId, revision: number) => ({ id, revision }) as CardRow;

/** A desk whose card 1 has a value at each revision; answers wait until they are let go. */
function deskOf(shownAt: CardRow | undefined) {
  const shown = shallowRef(shownAt);
  const waiting: (() => void)[] = [];
  const asked: CardId[] = [];
  const outdated: CardId[] = [];
  let revision = shownAt?.revision ?? 0;
  const revealed = createRevealedNumber({
    shown,
    ask(id) {
      asked.push(id);
      return new Promise<RevealedNumber>((resolve) =>
        waiting.push(() => resolve({ revision, value: `value ${revision}`, readings: [] })),
      );
    },
    outdated: (id) => outdated.push(id),
  });
  return {
    revealed,
    shown,
    asked,
    outdated,
    changeTo: (to: number) => (revision = to),
    async answer() {
      for (const go of waiting.splice(0)) go();
      for (let turn = 0; turn < 5; turn++) await nextTick();
    },
  };
}

describe('a whole number', () => {
  it('is shown with the card that it was read from, and gone with any change of it', async () => {
    const desk = deskOf(row(ONE, 4));
    void desk.revealed.want(ONE);
    await desk.answer();
    expect(desk.revealed.number.value?.value).toBe('value 4');
    desk.changeTo(5);
    desk.shown.value = row(ONE, 5);
    expect(desk.revealed.number.value).toBeUndefined();
    await nextTick();
    await desk.answer();
    expect(desk.revealed.number.value?.value).toBe('value 5');
    expect(desk.asked).toEqual([ONE, ONE]);
  });

  it('is not shown while what is shown is older than it', async () => {
    const desk = deskOf(row(ONE, 4));
    desk.changeTo(6);
    void desk.revealed.want(ONE);
    await desk.answer();
    expect(desk.revealed.number.value).toBeUndefined();
    expect(desk.outdated).toEqual([ONE]);
    desk.shown.value = row(ONE, 6);
    await nextTick();
    expect(desk.revealed.number.value?.value).toBe('value 6');
    expect(desk.asked).toEqual([ONE]);
  });

  it('is asked for anew when the card changed while it was on its way', async () => {
    const desk = deskOf(row(ONE, 4));
    void desk.revealed.want(ONE);
    desk.shown.value = row(ONE, 5);
    await nextTick();
    await desk.answer();
    expect(desk.revealed.number.value).toBeUndefined();
    desk.changeTo(5);
    await desk.answer();
    expect(desk.revealed.number.value?.value).toBe('value 5');
  });

  it('of another card is neither shown nor asked for', async () => {
    const desk = deskOf(row(ONE, 4));
    void desk.revealed.want(ONE);
    await desk.answer();
    desk.shown.value = row(OTHER, 4);
    await nextTick();
    expect(desk.revealed.number.value).toBeUndefined();
    expect(desk.revealed.numberOf(row(ONE, 4))).toBeUndefined();
    expect(desk.asked).toEqual([ONE]);
  });

  it('is not shown when it comes after nobody wants it any more', async () => {
    const desk = deskOf(row(ONE, 4));
    void desk.revealed.want(ONE);
    desk.revealed.forget();
    await desk.answer();
    expect(desk.revealed.number.value).toBeUndefined();
    expect(desk.revealed.kept.value).toBeUndefined();
  });
});
