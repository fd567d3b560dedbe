/** Nothing is decided on another value than the one that was shown, what is decided stays decided, and doubts stay for a look. */
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { makeReport } from '../../src/core/report/report';
import { createHandlers } from '../../src/main/ipc/handlers';
import type { Shell } from '../../src/main/ipc/shell';
import type { Handlers } from '../../src/main/ipc/answer';
import type { Composition } from '../../src/main/compose';
import type { Input } from '../../src/shared/ipc';
import { CHANNELS } from '../../src/shared/ipc-channels';
import type { CardId, ViewId } from '../../src/shared/ids';
import type { PersonId } from '../../src/shared/people';
import type { SettingsChange } from '../../src/shared/settings';
import { writePictures } from '../helpers/pictures';
import { openTestDesk, recognition, type Script, type TestDesk } from '../helpers/test-desk';

/** Generated, of no bank; all pass Luhn. */
const NUMBERS = ['6222020200112233446', '6222020200112233453', '6222020200112233461', '6222020200112233479'];
const id = (number: number) => number as CardId;
const NO_LITTLE = { fieldMissing: 0, smallPicture: 0 };
const APPROVE = { kind: 'approve' } as const;

let test: TestDesk;
let handlers: Handlers;
afterEach(() => test.dispose());

const readsOwn: Script = (call) =>
  recognition({
    cardNumber: NUMBERS[(call - 1) % NUMBERS.length],
    bankInfo: '工商银行(01020000)',
    cardType: '借记卡',
  });

async function desk(
  cards: number,
  { local = readsOwn, settings = {} }: { local?: Script; settings?: SettingsChange } = {},
): Promise<void> {
  test = openTestDesk({ local, tencent: readsOwn, slots: 1 });
  test.desk.settings.change({ engine: 'local', ...settings });
  const composition = { desk: test.desk } as Composition;
  handlers = createHandlers({ composition: () => composition } as unknown as Shell);
  test.desk.start();
  test.desk.queue.pause();
  await test.desk.intake.take('scans', { paths: await writePictures(path.join(test.folder, 'in'), cards) });
  await test.desk.intake.idle();
  test.desk.queue.resume();
  await test.desk.queue.settled();
}

const card = (number: number) => {
  const found = test.store.card(id(number));
  if (!found) throw new Error(`Expected card ${number}`);
  return found;
};
const state = (number: number) => card(number).state.kind;

/** As the window asks, through the schema of the channel. */
function decide(input: Input<'cards:decide'>) {
  const parsed = CHANNELS['cards:decide'].input.parse(input);
  return handlers['cards:decide'](parsed);
}
const seen = (number: number) => ({ id: number, revision: card(number).revision });

describe('a decision on one card', () => {
  it.each<readonly [string, () => unknown]>([
    ['its number was corrected', () => test.correct(id(1), 'cardNumber', NUMBERS[3] ?? '')],
    ['another field was', () => test.correct(id(1), 'cardName', 'x')],
    ['a correction was undone', () => test.desk.review.undo()],
    ['somebody wrote a note', () => test.desk.review.note(id(1), 'x')],
    ['a duplicate came to be', () => test.correct(id(2), 'cardNumber', card(1).fields.cardNumber ?? '')],
  ])('is refused when, since it was shown, %s', async (_since, change) => {
    await desk(2);
    test.correct(id(1), 'cardNumber', NUMBERS[2] ?? '');
    const shown = seen(1);
    change();
    for (const decision of [APPROVE, { kind: 'rescan' }, { kind: 'hold' }] as const) {
      expect(decide({ target: { kind: 'card', ...shown }, decision })).toMatchObject({
        error: { code: 'card.changedSince' },
      });
    }
    expect(state(1)).toBe('pending');
    expect(decide({ target: { kind: 'card', ...seen(1) }, decision: APPROVE })).toMatchObject({ ok: true });
    expect(state(1)).toBe('approved');
  });

  it('cannot be asked for without saying what was shown', () => {
    const { input } = CHANNELS['cards:decide'];
    for (const target of [
      { kind: 'card', id: 1 },
      { kind: 'cards', ids: [1] },
      { kind: 'cards', cards: [{ id: 1 }] },
      { kind: 'view', viewId: 1, except: [] },
    ])
      expect(input.safeParse({ target, decision: APPROVE }).success, JSON.stringify(target)).toBe(false);
  });

  it('lets one of two that race win, and the other look again', async () => {
    await desk(1);
    const shown = seen(1);
    expect(test.desk.review.correct(test.shown(id(1)), 'cardNumber', NUMBERS[2] ?? '').ok).toBe(true);
    expect(
      handlers['cards:correct']({
        card: { id: id(1), revision: shown.revision },
        field: 'cardNumber',
        value: NUMBERS[3] ?? '',
      }),
    ).toMatchObject({ error: { code: 'card.changedSince' } });
    expect(card(1).fields.cardNumber).toBe(NUMBERS[2]);
  });

  it('tells with a number which card it was read from', async () => {
    await desk(1);
    expect(test.desk.review.reveal(id(1))).toMatchObject({ value: { revision: card(1).revision } });
    expect(test.desk.review.wall([id(1)])).toMatchObject([{ revision: card(1).revision }]);
    const done = test.correct(id(1), 'cardNumber', NUMBERS[2] ?? '');
    expect(done).toMatchObject({ value: { revision: card(1).revision } });
  });
});

describe('what is decided', () => {
  const DECISIONS = [
    APPROVE,
    { kind: 'reject', reason: 'unreadable' },
    { kind: 'rescan' },
    { kind: 'hold' },
  ] as const;

  it.each(DECISIONS.slice(0, 3))(
    'by $kind changes by being taken back first, in no other way',
    async (first) => {
      await desk(1);
      expect(test.decide([id(1)], first).ok).toBe(true);
      const decided = card(1);
      for (const second of DECISIONS) {
        expect(test.decide([id(1)], second, true)).toMatchObject({ error: { code: 'card.decided' } });
      }
      expect(test.correct(id(1), 'cardNumber', NUMBERS[2] ?? '')).toMatchObject({
        error: { code: 'card.decided' },
      });
      expect(card(1)).toEqual(decided);
      expect(test.desk.review.reopen([id(1)]).ok).toBe(true);
      expect(test.decide([id(1)], { kind: 'rescan' }).ok).toBe(true);
      // Undo goes its own way, back over what is decided.
      test.desk.review.undo();
      test.desk.review.undo();
      expect(state(1)).toBe(decided.state.kind);
    },
  );

  it('is passed over by what comes next, as is what failed', async () => {
    await desk(4, {
      local: (call) =>
        call === 2
          ? { kind: 'error', code: 'FailedOperation.NoBankCardError', sent: true }
          : readsOwn(call, {} as never),
    });
    expect(state(2)).toBe('failed');
    const { viewId } = test.desk.views.open({}, { key: 'name', descending: false });
    const next = (after: number) =>
      handlers['view:next']({ viewId: viewId as ViewId, after: id(after), kind: 'review' });
    expect(next(1)).toEqual({ cardId: 3, index: 2 });
    test.decide([id(3)], APPROVE);
    expect(next(1)).toEqual({ cardId: 4, index: 3 });
    // From the top again, and what was put aside when nothing else is left.
    expect(next(4)).toEqual({ cardId: 1, index: 0 });
    test.decide([id(1)], { kind: 'hold' });
    expect(next(3)).toEqual({ cardId: 4, index: 3 });
    test.decide([id(4)], APPROVE);
    expect(next(4)).toEqual({ cardId: 1, index: 0 });
    test.decide([id(1)], APPROVE);
    expect(next(1)).toBeUndefined();
    test.desk.review.reopen([id(1)]);
    expect(next(1)).toBeUndefined();
  });

  it('is passed over by a second look too, where it is not for whoever sits there', async () => {
    await desk(3, { settings: { secondReview: 'all' } });
    for (const [name, role] of [
      ['Chen', 'administrator'],
      ['An', 'reviewer'],
      ['Bo', 'reviewer'],
    ] as const)
      await test.desk.people.add(name, role, '2468');
    const seat = (at: number) => test.desk.people.signIn(at as PersonId, '2468');
    const { viewId } = test.desk.views.open({}, { key: 'name', descending: false });
    const next = (after: number) =>
      handlers['view:next']({ viewId: viewId as ViewId, after: id(after), kind: 'review' });
    await seat(2);
    test.decide([id(1)], APPROVE);
    test.decide([id(2)], APPROVE);
    expect(next(1)).toEqual({ cardId: 3, index: 2 });
    test.decide([id(3)], APPROVE);
    expect(next(3)).toBeUndefined();
    await seat(3);
    expect(next(3)).toEqual({ cardId: 1, index: 0 });
    test.correct(id(1), 'cardName', 'other');
    test.decide([id(1)], APPROVE);
    expect(state(1)).toBe('disputed');
    expect(next(3)).toEqual({ cardId: 2, index: 1 });
    test.decide([id(2)], APPROVE);
    test.decide([id(3)], APPROVE);
    expect(next(3)).toBeUndefined();
    // A dispute is for a supervisor who was neither.
    await seat(1);
    expect(next(3)).toEqual({ cardId: 1, index: 0 });
  });
});

describe('several cards at once', () => {
  it('are approved but for those in doubt, whatever asks, and each that stays is counted', async () => {
    // The last two are the same card.
    await desk(4, { local: (call) => readsOwn(Math.min(call, 3), {} as never) });
    expect(card(3).doubts.map(({ name }) => name)).toContain('duplicateNumberInBatch');
    const cards = [1, 2, 3, 4].map(seen);
    const all = decide({ target: { kind: 'cards', cards }, decision: APPROVE, warningsAcknowledged: true });
    expect(all).toMatchObject({
      ok: true,
      value: { changed: 2, skipped: 2, why: { 'card.needsLook': 2 } },
    });
    expect([1, 2, 3, 4].map(state)).toEqual(['approved', 'approved', 'pending', 'pending']);
    // Each for itself is one key as before.
    expect(decide({ target: { kind: 'card', ...seen(3) }, decision: APPROVE })).toMatchObject({ ok: true });
  });

  it('leaves one that stands alone among several too', async () => {
    await desk(1, { local: () => recognition({ cardNumber: '6222020200112233440' }) });
    expect(card(1).doubts.map(({ name }) => name)).toContain('luhn');
    expect(decide({ target: { kind: 'cards', cards: [seen(1)] }, decision: APPROVE })).toMatchObject({
      value: { changed: 0, skipped: 1, why: { 'card.needsLook': 1 } },
    });
    // Rejecting is no approval: it needs no look.
    expect(
      decide({ target: { kind: 'cards', cards: [seen(1)] }, decision: { kind: 'rescan' } }),
    ).toMatchObject({ value: { changed: 1 } });
  });

  it.each<readonly [string, string, SettingsChange, number]>([
    ['passes what weighs nothing', NUMBERS[0] ?? '', { doubtWeights: NO_LITTLE }, 1],
    [
      'leaves a doubt about the number though it weighs nothing',
      '6222020200112233440',
      { doubtWeights: { ...NO_LITTLE, luhn: 0 } },
      0,
    ],
  ])('%s', async (_what, cardNumber, settings, changed) => {
    await desk(1, { local: () => recognition({ cardNumber }), settings });
    expect(card(1).score).toBe(0);
    expect(decide({ target: { kind: 'cards', cards: [seen(1)] }, decision: APPROVE })).toMatchObject({
      value: { changed },
    });
  });

  it.each<readonly [string, () => unknown, string]>([
    [
      'other weights were set',
      () => test.desk.settings.change({ doubtWeights: { fieldMissing: 50 } }),
      'fieldMissing',
    ],
    ['another month began', () => test.clock.advance(31 * 86_400_000), 'expired'],
  ])('are looked at again before they are approved where %s', async (_what, happens, doubt) => {
    await desk(2, {
      local: (call) => recognition({ cardNumber: NUMBERS[call - 1], validDate: '01/2026' }),
      settings: { doubtWeights: NO_LITTLE },
    });
    const cards = [1, 2].map(seen);
    happens();
    const approve = () => decide({ target: { kind: 'cards', cards: [1, 2].map(seen) }, decision: APPROVE });
    expect(decide({ target: { kind: 'cards', cards }, decision: APPROVE })).toMatchObject({
      value: { changed: 0, why: { 'card.changedSince': 2 } },
    });
    expect(card(1).doubts.map(({ name }) => name)).toContain(doubt);
    expect(approve()).toMatchObject({ value: { changed: 0, why: { 'card.needsLook': 2 } } });
  });

  it('leaves those that changed since, and decides the others', async () => {
    await desk(3);
    const cards = [1, 2, 3].map(seen);
    test.desk.review.note(id(2), 'x');
    expect(decide({ target: { kind: 'cards', cards }, decision: APPROVE })).toMatchObject({
      value: { changed: 2, skipped: 1, why: { 'card.changedSince': 1 } },
    });
    expect([1, 2, 3].map(state)).toEqual(['approved', 'pending', 'approved']);
  });

  it('means by all of a view what it held when all were selected', async () => {
    await desk(4);
    const view = test.desk.views.open({}, { key: 'name', descending: false });
    const all = (version: number) =>
      decide({
        target: { kind: 'view', viewId: view.viewId, version, except: [4] },
        decision: { kind: 'hold' },
      });
    test.desk.review.note(id(2), 'x');
    // Told of or not, it is another card than the one that was selected.
    expect(all(view.version)).toMatchObject({
      value: { changed: 2, skipped: 1, why: { 'card.changedSince': 1 } },
    });
    test.desk.review.undo();
    test.clock.advance(1000);
    test.desk.review.note(id(3), 'y');
    test.clock.advance(1000);
    const [before, now] = [view.version + 1, view.version + 2];
    expect(all(before)).toMatchObject({ value: { changed: 2, why: { 'card.changedSince': 1 } } });
    test.desk.review.undo();
    test.clock.advance(1000);
    expect(all(now + 1)).toMatchObject({ value: { changed: 3, skipped: 0 } });
  });
});

describe('what was taken back', () => {
  it('is not approved again with another number than the one that was approved', async () => {
    await desk(1);
    const approved = card(1).fields.cardNumber;
    await decide({ target: { kind: 'card', ...seen(1) }, decision: APPROVE });
    test.desk.review.reopen([id(1)]);
    test.desk.review.recogniseAgain([id(1)], undefined);
    await test.desk.queue.settled();
    expect(card(1).fields.cardNumber).not.toBe(approved);
    // Neither that it was sent to the engine nor that it was reopened can be taken back over the new reading.
    for (const _step of [1, 2]) {
      expect(test.desk.review.undo()).toMatchObject({ error: { code: 'edit.changedSince' } });
      expect(state(1)).toBe('pending');
    }
  });

  it('is not approved again once there is another doubt about it', async () => {
    await desk(1, { local: () => readsOwn(1, {} as never) });
    await decide({ target: { kind: 'cards', cards: [seen(1)] }, decision: APPROVE });
    test.desk.review.undo();
    await test.desk.intake.take('more', { paths: await writePictures(path.join(test.folder, 'more'), 1) });
    await test.desk.intake.idle();
    await test.desk.queue.settled();
    expect(card(1).doubts).not.toEqual([]);
    expect(test.desk.review.redo()).toMatchObject({ error: { code: 'edit.changedSince' } });
    expect(state(1)).toBe('pending');
    // Nor does the report count what was not done again.
    expect(makeReport(test.store, undefined)).toMatchObject({ byPerson: 0 });
  });

  it('is approved again where it is what it was, whatever was noted and decided between', async () => {
    await desk(1);
    await decide({ target: { kind: 'card', ...seen(1) }, decision: APPROVE });
    test.desk.review.reopen([id(1)]);
    test.desk.review.note(id(1), 'x');
    test.correct(id(1), 'cardNumber', NUMBERS[1] ?? '');
    for (const _step of [1, 2, 3]) expect(test.desk.review.undo()).toMatchObject({ ok: true });
    expect(state(1)).toBe('approved');
    expect(test.desk.review.undo()).toMatchObject({ ok: true });
    expect(state(1)).toBe('pending');
    expect(test.desk.review.redo()).toMatchObject({ ok: true });
    expect(state(1)).toBe('approved');
  });
});
