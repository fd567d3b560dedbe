/** What a person decides: refused with a reason or done, always undoable, always in the audit log, numbers masked until asked for. */
import path from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CardId } from '../../src/shared/ids';
import { toDetail, toRow } from '../../src/core/views/rows';
import { openTestDesk, recognition, type TestDesk } from '../helpers/test-desk';
import { writePictures } from '../helpers/pictures';

const NUMBER = '6222020200112233448';
let test: TestDesk;
beforeEach(async () => {
  test = openTestDesk({
    local: (call) =>
      recognition(
        { cardNumber: NUMBER, bankInfo: '中国工商银行(01020000)', validDate: '07/2030' },
        call === 2 ? [-9112] : [],
      ),
    tencent: () => recognition({ cardNumber: '6222020200112233446' }),
    slots: 1,
    credentials: true,
  });
  test.desk.settings.change({ engine: 'local' });
  test.desk.start();
  // All are on the list before the first goes to the engine, so that calls come in the order of cards.
  test.desk.queue.pause();
  await test.desk.intake.take('scans', { paths: await writePictures(path.join(test.folder, 'in'), 4) });
  await test.desk.intake.idle();
  test.desk.queue.resume();
  await test.desk.queue.settled();
});
afterEach(() => test.dispose());

const id = (number: number) => number as CardId;
const state = (number: number) => test.store.card(id(number))?.state.kind;
const APPROVE = { kind: 'approve' } as const;
const REJECT = { kind: 'reject', reason: 'unreadable' } as const;

describe('decisions', () => {
  it('approves many at once, but not one that has a warning: that is acknowledged for itself', () => {
    // All four are one number that fails Luhn, which alone would have them stay.
    ['6222020200112233446', '6222020200112233453', '6222020200112233461'].forEach((number, at) =>
      test.correct(id(at + 1), 'cardNumber', number),
    );
    test.desk.settings.change({ doubtWeights: { reflectionWarning: 0 } });
    const done = test.decide([1, 2, 3].map(id), APPROVE, true);
    expect(done).toMatchObject({ ok: true, value: { changed: 2, skipped: 1 } });
    expect([state(1), state(2), state(3), state(4)]).toEqual(['approved', 'pending', 'approved', 'pending']);
    expect(test.decide([id(2)], APPROVE, false)).toMatchObject({
      error: { code: 'card.warningsNotAcknowledged' },
    });
    expect(test.decide([id(2)], APPROVE, true).ok).toBe(true);
  });

  it('does not approve a card without a number', () => {
    test.correct(id(1), 'cardNumber', '');
    expect(test.decide([id(1)], APPROVE, true)).toMatchObject({
      error: { code: 'card.noNumber' },
    });
  });

  it('names a card that is gone', () => {
    expect(test.decide([id(99)], APPROVE, true)).toMatchObject({ error: { code: 'card.gone' } });
  });

  it('keeps the reading when a value is corrected, and refuses what is no number or date', () => {
    expect(test.correct(id(1), 'cardNumber', '6222 0202')).toMatchObject({
      error: { code: 'field.badNumber' },
    });
    expect(test.correct(id(1), 'validDate', '13/2030')).toMatchObject({
      error: { code: 'field.badDate' },
    });
    expect(test.correct(id(1), 'bankInfo', 'x'.repeat(61))).toMatchObject({
      error: { code: 'field.tooLong' },
    });
    expect(test.correct(id(1), 'cardNumber', '６２２２-0202 0011 2233 440').ok).toBe(true);
    const card = test.store.card(id(1));
    expect(card?.fields.cardNumber).toBe('6222020200112233440');
    expect(card?.corrected).toEqual(['cardNumber']);
    expect(test.store.attempts(id(1))[0]?.fields?.cardNumber).toBe(NUMBER);
  });

  it('undoes and redoes any number of steps, over several cards, back to exactly what was', () => {
    const snapshot = () =>
      JSON.stringify(
        test.store
          .cards([1, 2, 3, 4].map(id))
          .map(({ state: at, fields, corrected }) => ({ at, fields, corrected })),
      );
    const step = fc.oneof(
      fc.record({
        card: fc.integer({ min: 1, max: 4 }),
        decision: fc.constantFrom(APPROVE, REJECT, { kind: 'rescan' } as const),
      }),
      fc.record({
        card: fc.integer({ min: 1, max: 4 }),
        number: fc.constantFrom('6222020200112233440', '4111111111111111'),
      }),
    );
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 50 }), (steps) => {
        const before = snapshot();
        let done = 0;
        for (const one of steps) {
          const result =
            'decision' in one
              ? test.decide([id(one.card)], one.decision, true)
              : test.correct(id(one.card), 'cardNumber', one.number);
          if (result.ok) done++;
          test.clock.advance(1);
        }
        const after = snapshot();
        for (let at = 0; at < done; at++) expect(test.desk.review.undo().ok).toBe(true);
        expect(snapshot()).toBe(before);
        for (let at = 0; at < done; at++) expect(test.desk.review.redo().ok).toBe(true);
        expect(snapshot()).toBe(after);
        for (let at = 0; at < done; at++) test.desk.review.undo();
      }),
      { numRuns: 20 },
    );
  });

  it('does not undo over what happened since', async () => {
    test.desk.review.recogniseAgain([id(1)], 'tencent');
    await test.desk.queue.settled();
    expect(test.desk.review.undo()).toMatchObject({ error: { code: 'edit.changedSince' } });
    expect(state(1)).toBe('pending');
    expect(test.desk.review.undo()).toMatchObject({ error: { code: 'edit.nothing' } });
  });

  it('writes who did what to the audit log, and that a number was revealed', () => {
    test.desk.review.reveal(id(1));
    test.decide([id(1)], REJECT, false);
    test.desk.review.undo();
    expect(test.store.history(id(1)).map(({ who, what }) => `${who} ${what}`)).toEqual([
      'tester takenIn',
      'tester revealed',
      'tester rejected',
      'tester undone',
    ]);
    expect(JSON.stringify(test.store.history(id(1)))).not.toContain(NUMBER);
  });
});

describe('what a face sees', () => {
  it('never holds a whole number unless it was asked for', async () => {
    test.desk.review.recogniseAgain([id(1)], 'tencent');
    await test.desk.queue.settled();
    const card = test.store.card(id(1));
    if (!card) throw new Error('Expected the card');
    const detail = toDetail(card, test.store, { who: 'tester', supervisor: true });
    const seen = JSON.stringify([toRow(card), detail]).replaceAll(' ', '');
    for (const middle of ['2020011', '0200112233', NUMBER]) expect(seen).not.toContain(middle);
    expect(detail.row.maskedNumber).toBe('6222 02•• •••• •••3 446');
    expect(detail.fields[0]?.differingDigits).toEqual([18]);
    expect(test.desk.review.reveal(id(1))).toMatchObject({
      value: {
        value: '6222020200112233446',
        readings: [{ engine: 'local', value: NUMBER }, { engine: 'tencent' }],
      },
    });
  });
});

describe('views', () => {
  it('hold ids in order, give windows of rows, and follow the filter', () => {
    const all = { states: [], search: '', onlyWithWarnings: false };
    const view = test.desk.views.open(all, { key: 'name', descending: true });
    expect(view).toMatchObject({ total: 4, revision: 1, counts: { pending: 4 } });
    const viewId = view.viewId as never;
    expect(test.desk.views.rows(viewId, 1, 3).rows.map(({ name }) => name)).toEqual([
      'scan-003.jpg',
      'scan-002.jpg',
    ]);
    expect(test.desk.views.position(viewId, id(4))).toBe(0);
    expect(test.desk.views.all(viewId, [id(1)])).toEqual([4, 3, 2]);
    expect(
      test.desk.views.open({ ...all, search: '2020 0112' }, { key: 'takenIn', descending: false }).total,
    ).toBe(4);
    expect(
      test.desk.views.open({ ...all, search: '3448' }, { key: 'takenIn', descending: false }).total,
    ).toBe(4);
    expect(
      test.desk.views.open({ ...all, search: '100%_' }, { key: 'takenIn', descending: false }).total,
    ).toBe(0);
    expect(
      test.desk.views.open({ ...all, onlyWithWarnings: true }, { key: 'takenIn', descending: false }).total,
    ).toBe(1);
    expect(test.desk.views.rows(viewId, 0, 4).rows).toEqual([]);
  });
});
