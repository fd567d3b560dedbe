/** Doubts follow what is written, whoever writes it: duplicates that come and go, weights that change, months that pass. */
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { CardId } from '../../src/shared/ids';
import { writePictures } from '../helpers/pictures';
import { openTestDesk, recognition, type TestDesk } from '../helpers/test-desk';

/** Generated, of no bank; both pass Luhn. */
const NUMBER = '6222020200112233446';
const OTHER = '6222020200112233453';
const DAY_MS = 86_400_000;
const id = (number: number) => number as CardId;

let test: TestDesk;
afterEach(() => test.dispose());

async function desk(cards: number, validDate = '07/2030'): Promise<void> {
  const fields = { cardNumber: NUMBER, bankInfo: '工商银行', cardType: '贷记卡', validDate };
  test = openTestDesk({ local: () => recognition(fields), slots: 1 });
  test.desk.settings.change({ doubtWeights: { smallPicture: 0 } });
  test.desk.start();
  await test.desk.intake.take('scans', { paths: await writePictures(path.join(test.folder, 'in'), cards) });
  await test.desk.intake.idle();
  await test.desk.queue.settled();
}

const doubts = (number: number) => test.store.card(id(number))?.doubts.map(({ name }) => name);

/** As long as going through some cards takes, slice by slice. */
function letSlicesPass(): void {
  for (let slice = 0; slice < 5; slice++) test.clock.advance(50);
}

describe('doubts', () => {
  it('are raised in both duplicates when the second one comes, and settled in both when one is corrected', async () => {
    await desk(2);
    expect([doubts(1), doubts(2)]).toEqual([['duplicateNumberInBatch'], ['duplicateNumberInBatch']]);
    test.correct(id(2), 'cardNumber', OTHER);
    expect([doubts(1), doubts(2)]).toEqual([[], ['corrected']]);
    test.desk.review.undo();
    expect([doubts(1), doubts(2)]).toEqual([['duplicateNumberInBatch'], ['duplicateNumberInBatch']]);
  });

  it('tell a number of another batch from one of the same', async () => {
    await desk(1);
    await test.desk.intake.take('more', { paths: await writePictures(path.join(test.folder, 'more'), 2) });
    await test.desk.intake.idle();
    await test.desk.queue.settled();
    // The first picture of the second batch is the very one of the first.
    expect(doubts(1)).toEqual(['duplicatePicture', 'duplicateNumber']);
    expect(doubts(3)).toEqual(['duplicateNumberInBatch', 'duplicateNumber']);
  });

  it('weigh what the settings say, in every card there is', async () => {
    await desk(2);
    test.desk.settings.change({ doubtWeights: { duplicateNumberInBatch: 7 } });
    letSlicesPass();
    expect([1, 2].map((number) => test.store.card(id(number))?.score)).toEqual([7, 7]);
    test.desk.settings.change({ doubtWeights: { duplicateNumberInBatch: 0 } });
    letSlicesPass();
    expect([doubts(1), doubts(2)]).toEqual([['duplicateNumberInBatch'], ['duplicateNumberInBatch']]);
    expect([1, 2].map((number) => test.store.card(id(number))?.score)).toEqual([0, 0]);
  });

  it('are looked at again when another month has begun', async () => {
    await desk(1, '01/2026');
    expect(doubts(1)).toEqual([]);
    const folder = test.crash();
    test.clock.advance(30 * DAY_MS);
    const later = test.clock.now();
    const again = openTestDesk({ folder });
    again.clock.advance(later - again.clock.now());
    again.desk.start();
    for (let slice = 0; slice < 5; slice++) again.clock.advance(50);
    expect(again.store.card(id(1))?.doubts.map(({ name }) => name)).toEqual(['expired']);
    await again.dispose();
  });
});
