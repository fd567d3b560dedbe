/**
 * Keys that a reviewer presses for a card, counted by the page as they arrive. The person here knows what is on each card
 * and takes the shortest way that the window documents. Whole numbers are shown throughout (a switch of the card view).
 */
import { randomFrom } from '../../../tools/specimens/random';
import type { CardId } from '../../../src/shared/ids';
import {
  GROUP_KEYS,
  pressed,
  startOvertype,
  type Overtype,
} from '../../../src/renderer/features/card/overtype';
import { median } from '../figure';
import { LONGEST_WAIT_MS } from '../patience';
import { openFirst, type CardDesk } from './desk-of-cards';
import { teach } from './paint';
import type { PlainField } from './plain-field';

const PLANTED = 10;
const JUMPS = [...GROUP_KEYS, 'ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End'];

export interface KeysMeasured {
  readonly clean: number;
  readonly corrected: number;
  /** The same corrections in a plain text field. */
  readonly plain: number;
}

/** Another digit at one place of some numbers that were read right, so that what is true is known. */
async function plant({ running, truth, ids }: CardDesk): Promise<void> {
  const random = randomFrom('planted');
  const left = [...ids];
  for (let planted = 0; planted < PLANTED && left.length > 0;) {
    const [id] = left.splice(random.whole(0, left.length - 1), 1) as [CardId];
    const { row, value, real } = await numbersOf({ running, truth }, id);
    if (value === undefined || value !== real) continue;
    const at = random.whole(0, value.length - 1);
    const wrong = String((Number(value[at]) + random.whole(1, 9)) % 10);
    const done = await running.invoke('cards:correct', {
      card: { id, revision: row.revision },
      field: 'cardNumber',
      value: value.slice(0, at) + wrong + value.slice(at + 1),
    });
    if (!done.ok) throw new Error(done.error.code);
    planted++;
  }
}

async function numbersOf({ running, truth }: Pick<CardDesk, 'running' | 'truth'>, cardId: CardId) {
  const [detail, number] = [
    await running.invoke('cards:detail', { cardId }),
    await running.invoke('cards:reveal', { cardId }),
  ];
  if (!detail.ok || !number.ok) throw new Error('Expected the card to be there');
  const { row, doubtfulDigits } = detail.value;
  return { row, doubtfulDigits, value: number.value.value, real: truth.get(row.name) };
}

/** The fewest jumps to the next wrong digit and the digit, until none is wrong; typed anew where the length is wrong. */
export function shortestKeys(value: string, doubtful: readonly number[], real: string): readonly string[] {
  if (value.length !== real.length) return ['Mod+A', ...real];
  let state = startOvertype(value, doubtful);
  const keys: string[] = [];
  while (state.digits !== real) {
    const way = wayTo(state, doubtful, ({ at, digits }) => at < real.length && digits[at] !== real[at]);
    for (const key of way) state = after(state, key, doubtful);
    const digit = real[state.at] ?? '';
    state = after(state, digit, doubtful);
    keys.push(...way, digit);
  }
  return keys;
}

function after(state: Overtype, key: string, doubtful: readonly number[]): Overtype {
  const next = pressed(state, key, doubtful);
  if (typeof next !== 'object') throw new Error(`Expected ${key} to be heard by the editor`);
  return next;
}

function wayTo(
  from: Overtype,
  doubtful: readonly number[],
  wanted: (state: Overtype) => boolean,
): readonly string[] {
  let ways: { readonly state: Overtype; readonly keys: readonly string[] }[] = [{ state: from, keys: [] }];
  for (;;) {
    const found = ways.find(({ state }) => wanted(state));
    if (found) return found.keys;
    const further = ways.flatMap(({ state, keys }) =>
      JUMPS.map((key) => ({ state: after(state, key, doubtful), keys: [...keys, key] })),
    );
    ways = [...new Map(further.map((way) => [way.state.at, way])).values()];
  }
}

export async function measureKeys(desk: CardDesk, field: PlainField): Promise<KeysMeasured> {
  const { running, ids } = desk;
  const { page } = running;
  await teach(page);
  await plant(desk);
  await openFirst(desk);
  await page.getByRole('switch').press('Space');
  await page.locator('section.card').focus();
  await page.evaluate(() => {
    (window as unknown as { keys: number }).keys = 0;
    const count = ({ isTrusted, key }: KeyboardEvent) => {
      if (isTrusted && !['Control', 'Shift', 'Alt', 'Meta'].includes(key))
        (window as unknown as { keys: number }).keys++;
    };
    window.addEventListener('keydown', count, { capture: true });
  });
  const pressedSoFar = () => page.evaluate(() => (window as unknown as { keys: number }).keys);

  const clean: number[] = [];
  const corrected: number[] = [];
  const plain: number[] = [];
  /** An approval goes on by itself, past what nobody has to review. */
  let goesOn = false;
  for (const id of ids) {
    const { row, value, real, doubtfulDigits } = await numbersOf(desk, id);
    const toReview = row.state === 'pending';
    if (!toReview && goesOn) continue;
    await page.locator(`[data-painted="${id}"]`).waitFor();
    goesOn = toReview && real !== undefined;
    if (!toReview || real === undefined) {
      await page.keyboard.press('j');
      continue;
    }
    const before = await pressedSoFar();
    const wrong = value !== real;
    if (wrong) {
      await page.keyboard.press('e');
      await page.getByRole('textbox', { name: 'Card number' }).waitFor();
      for (const key of shortestKeys(value ?? '', doubtfulDigits, real)) {
        await page.keyboard.press(key.replace('Mod+', 'ControlOrMeta+'));
      }
    }
    await page.keyboard.press('a');
    if (row.warnings.length > 0) {
      await page.getByRole('alertdialog').waitFor();
      await page.keyboard.press('a');
    }
    await approved(desk, id, real);
    const keys = (await pressedSoFar()) - before;
    if (wrong) {
      corrected.push(keys);
      plain.push(await field.keysFor(value ?? '', real));
    } else if (row.warnings.length === 0) clean.push(keys);
  }
  return { clean: median(clean), corrected: median(corrected), plain: median(plain) };
}

async function approved(desk: CardDesk, id: CardId, real: string): Promise<void> {
  const until = Date.now() + LONGEST_WAIT_MS;
  while (Date.now() < until) {
    const detail = await desk.running.invoke('cards:detail', { cardId: id });
    if (detail.ok && detail.value.row.state === 'approved') {
      const { value } = await numbersOf(desk, id);
      if (value !== real)
        throw new Error('Expected the number that is on the card to be approved; it is another');
      return;
    }
    await desk.running.page.waitForTimeout(25);
  }
  throw new Error('Expected the card to be approved but it was not');
}
