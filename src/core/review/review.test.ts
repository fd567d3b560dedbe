import { beforeEach, describe, expect, it } from 'vitest';
import { openMemoryDesk, type MemoryDesk } from '../../../test/helpers/memory-desk';
import {
  everyEngine,
  IN_THE_CLOUD,
  ON_THIS_COMPUTER,
  scriptedEngine,
} from '../../../test/helpers/scripted-engine';
import type { CardId } from '../../shared/ids';
import type { Role } from '../../shared/people';
import type { Fields } from '../../shared/recognition';
import { SettingsSchema, type Settings } from '../../shared/settings';
import type { CardChange } from '../cards/ports';
import { createEngines } from '../recognition/engines';
import { createReview, type Review } from './review';
import { seenOne, seenTogether } from './seen';

/** Generated, of no bank; both pass Luhn. */
const NUMBER = '6222020200112233446';
const OTHER = '6222020200112233453';
const FIELDS: Fields = { cardNumber: NUMBER, bankInfo: '工商银行(01020000)', validDate: '07/2030' };
const APPROVE = { kind: 'approve' } as const;

let desk: MemoryDesk;
let review: Review;
let settings: Settings;
let sits: { who: string; role: Role; several: boolean };
let credentials: boolean;
let sent: number;

beforeEach(() => {
  desk = openMemoryDesk();
  settings = SettingsSchema.parse({});
  sits = { who: 'An', role: 'reviewer', several: false };
  credentials = false;
  sent = 0;
  const silent = () => new Promise<never>(() => undefined);
  review = createReview({
    store: desk.store,
    clock: desk.clock,
    who: () => sits.who,
    people: {
      may: (role) => sits.role === role || sits.role === 'administrator',
      several: () => sits.several,
      known: (name) => ['An', 'Bo', 'Su'].includes(name),
    },
    settings: () => settings,
    random: () => 0.5,
    engines: createEngines({
      engines: everyEngine({
        local: scriptedEngine('local', ON_THIS_COMPUTER, silent),
        tencent: scriptedEngine('tencent', IN_THE_CLOUD, silent),
      }),
      chosen: () => 'local',
      hasCredentials: (name) => credentials && name === 'tencent',
    }),
    assessed: () => undefined,
    changed: () => undefined,
    undoChanged: () => undefined,
    requeued: () => void sent++,
  });
});

/** A card that this computer has read, and about which there is nothing to ask. */
function add(name: string, change: CardChange = {}): CardId {
  const id = desk.add(name, { fields: FIELDS, score: 0, pictures: { original: name }, ...change });
  const attempt = desk.store.beginAttempt(id, 'local', desk.clock.now(), {});
  desk.store.endAttempt(attempt, {
    finishedAt: desk.clock.now(),
    outcome: 'finished',
    maybeCharged: false,
    fields: FIELDS,
  });
  return id;
}
const shown = (id: CardId) => ({ id, revision: desk.card(id).revision });
const approve = (id: CardId, acknowledged = false) =>
  review.decide(seenOne(shown(id)), APPROVE, acknowledged);
const approveWall = (ids: readonly CardId[]) => review.decide(seenTogether(ids.map(shown)), APPROVE, true);
const state = (id: CardId) => desk.card(id).state.kind;
const refusal = (code: string) => ({ ok: false, error: { code } });

describe('approving on the wall', () => {
  it('leaves what needs a look as it is, counts it by why, and approves the others', () => {
    const plain = add('plain');
    const doubtful = add('doubtful', { doubts: [{ name: 'luhn', weight: 40 }], score: 40 });
    const warned = add('warned', { warnings: [-9113] });
    const bare = add('bare', { fields: {} });
    const unassessed = desk.add('unassessed', { fields: FIELDS });
    const all = [plain, doubtful, warned, bare, unassessed];
    expect(approveWall(all)).toMatchObject({
      ok: true,
      value: { changed: 1, skipped: 4, why: { 'card.needsLook': 4 } },
    });
    expect(all.map(state)).toEqual(['approved', 'pending', 'pending', 'pending', 'pending']);
  });

  it('leaves what is another by now than it was on the screen', () => {
    const [one, other] = [add('one'), add('other')];
    const seen = seenTogether([one, other].map(shown));
    review.correct(shown(other), 'cardNumber', OTHER);
    expect(review.decide(seen, APPROVE, false)).toMatchObject({
      value: { changed: 1, why: { 'card.changedSince': 1 } },
    });
    expect([state(one), state(other)]).toEqual(['approved', 'pending']);
  });
});

describe('deciding on a card for itself', () => {
  it('approves nothing without a number, and no warning that was not acknowledged', () => {
    const bare = add('bare', { fields: {} });
    const warned = add('warned', { warnings: [-9114] });
    expect(approve(bare)).toMatchObject(refusal('card.noNumber'));
    expect(approve(warned)).toMatchObject(refusal('card.warningsNotAcknowledged'));
    expect(approve(warned, true)).toMatchObject({ ok: true });
  });

  it('decides nothing twice, and nothing that changed since it was shown', () => {
    const id = add('a');
    const before = shown(id);
    review.note(id, 'looked at');
    expect(review.decide(seenOne(before), APPROVE, false)).toMatchObject(refusal('card.changedSince'));
    approve(id);
    expect(approve(id)).toMatchObject(refusal('card.decided'));
  });

  it('is one edit with one line of the log, taken back and done again', () => {
    const id = add('a');
    approve(id);
    expect(review.undo()).toMatchObject({ ok: true, value: { cardId: id } });
    expect(state(id)).toBe('pending');
    expect(review.redo()).toMatchObject({ ok: true });
    expect(state(id)).toBe('approved');
    expect(desk.written(id)).toEqual(['approved', 'undone', 'redone']);
  });

  it('makes a card approved anew with the doubts that were met, in whichever order they are told', () => {
    const [blurred, weak] = [
      { name: 'lowQuality', weight: 25 },
      { name: 'weakDigits', weight: 25 },
    ] as const;
    const id = add('a', { doubts: [blurred, weak], score: 50 });
    approve(id);
    review.reopen([id]);
    // As another version tells them that weighs them the same.
    desk.store.change(id, { doubts: [weak, blurred] }, desk.clock.now());
    expect(review.undo()).toMatchObject({ ok: true });
    expect(state(id)).toBe('approved');
  });

  it.each([
    ['another', [{ name: 'luhn', weight: 25 }]],
    [
      'a further',
      [
        { name: 'lowQuality', weight: 25 },
        { name: 'luhn', weight: 20 },
      ],
    ],
  ] as const)('makes no card approved anew with %s doubt', (_which, doubts) => {
    const id = add('a', { doubts: [{ name: 'lowQuality', weight: 25 }], score: 25 });
    approve(id);
    review.reopen([id]);
    desk.store.change(id, { doubts }, desk.clock.now());
    expect(review.undo()).toMatchObject(refusal('edit.changedSince'));
  });

  it('takes nothing back that somebody changed since', () => {
    const id = add('a');
    approve(id);
    sits = { ...sits, who: 'Bo' };
    review.reopen([id]);
    sits = { ...sits, who: 'An' };
    expect(review.undo()).toMatchObject(refusal('edit.changedSince'));
    expect(review.undo()).toMatchObject(refusal('edit.nothing'));
  });
});

describe('a second review', () => {
  beforeEach(() => {
    settings = SettingsSchema.parse({ secondReview: 'all' });
    sits = { ...sits, several: true };
  });
  const sit = (who: string, role: Role = 'reviewer') => void (sits = { who, role, several: true });

  it('shows the second person what was read, not what the first one made of it', () => {
    const id = add('a');
    review.correct(shown(id), 'cardNumber', OTHER);
    approve(id);
    expect(desk.card(id)).toMatchObject({ state: { kind: 'second' }, fields: FIELDS, corrected: [] });
  });

  it('is not for the first person, agrees in every field, and else is a dispute', () => {
    const [agreed, disputed] = [add('agreed'), add('disputed')];
    approve(agreed);
    approve(disputed);
    expect(approve(agreed)).toMatchObject(refusal('card.samePerson'));
    sit('Bo');
    approve(agreed);
    review.correct(shown(disputed), 'cardNumber', OTHER);
    approve(disputed);
    expect(desk.card(agreed).state).toMatchObject({ kind: 'approved', by: 'An', also: 'Bo' });
    expect(state(disputed)).toBe('disputed');
  });

  it('leaves a dispute to a supervisor who was neither of the two', () => {
    const id = add('a');
    approve(id);
    sit('Bo', 'supervisor');
    review.decide(seenOne(shown(id)), { kind: 'rescan' }, false);
    expect(review.settle(shown(id), 'first')).toMatchObject(refusal('card.samePerson'));
    sit('Su');
    expect(review.settle(shown(id), 'first')).toMatchObject(refusal('session.notAllowed'));
    sit('Su', 'supervisor');
    expect(review.settle(shown(id), 'first')).toMatchObject({ ok: true });
    expect(desk.card(id).state).toMatchObject({ kind: 'approved', by: 'An', also: 'Su' });
  });
});

describe('correcting', () => {
  it('takes what is a number and a date, and refuses what is none', () => {
    const id = add('a');
    expect(review.correct(shown(id), 'cardNumber', '1234')).toMatchObject(refusal('field.badNumber'));
    expect(review.correct(shown(id), 'validDate', '13/2030')).toMatchObject(refusal('field.badDate'));
    expect(review.correct(shown(id), 'bankInfo', 'x'.repeat(61))).toMatchObject(refusal('field.tooLong'));
    expect(review.correct(shown(id), 'cardNumber', OTHER)).toMatchObject({ ok: true });
    expect(desk.card(id)).toMatchObject({ fields: { cardNumber: OTHER }, corrected: ['cardNumber'] });
  });

  it('makes a failed card one to decide on, and touches none that is at an engine or decided', () => {
    const failed = add('failed', { state: { kind: 'failed', code: 'local.crashed', at: 1 }, fields: {} });
    const away = add('away', { state: { kind: 'recognising', attemptId: 1 } });
    const decided = add('decided');
    approve(decided);
    review.correct(shown(failed), 'cardNumber', NUMBER);
    expect(state(failed)).toBe('pending');
    expect(review.correct(shown(away), 'cardNumber', OTHER)).toMatchObject(refusal('card.wrongState'));
    expect(review.correct(shown(decided), 'cardNumber', OTHER)).toMatchObject(refusal('card.decided'));
  });
});

describe('asking an engine', () => {
  it('takes another opinion only from one that can be asked and has not read the card', () => {
    const id = add('a');
    expect(review.secondOpinion([id])).toMatchObject(refusal('card.noOtherEngine'));
    credentials = true;
    expect(review.secondOpinion([id])).toMatchObject({ ok: true });
    expect(desk.card(id).state).toMatchObject({ kind: 'queued', engine: 'tencent', opinion: true });
    expect(sent).toBe(1);
  });

  it('sends no card to an engine that lacks credentials, and none without a picture', () => {
    expect(review.recogniseAgain([add('a')], 'tencent')).toMatchObject(refusal('card.noCredentials'));
    const bare = add('bare', { pictures: {} });
    expect(review.recogniseAgain([bare], undefined)).toMatchObject(refusal('card.noPicture'));
    expect(sent).toBe(0);
  });

  it('asks nothing anew about a card that is at an engine: that answer would be paid for and lost', () => {
    credentials = true;
    const at = { kind: 'recognising', attemptId: 9, engine: 'tencent', opinion: true } as const;
    const away = add('away', { state: at });
    const here = add('here');
    for (const asked of [
      review.secondOpinion([away]),
      review.recogniseAgain([away], undefined),
      review.recogniseAgain([away], 'tencent'),
      review.recogniseAgain([away], undefined, 'cut'),
    ]) {
      expect(asked).toMatchObject(refusal('card.wrongState'));
    }
    expect(desk.card(away).state).toEqual(at);
    expect(sent).toBe(0);
    expect(review.secondOpinion([away, here])).toMatchObject({ ok: true, value: { changed: 1, skipped: 1 } });
  });
});

describe('whole numbers', () => {
  it('are given one by one and on the wall, and each time it is written down', () => {
    const [one, bare] = [add('one'), add('bare', { fields: {} })];
    expect(review.reveal(one)).toMatchObject({ ok: true, value: { value: NUMBER } });
    expect(review.wall([one, bare]).map(({ cardNumber }) => cardNumber)).toEqual([NUMBER]);
    expect([desk.written(one), desk.written(bare)]).toEqual([['revealed', 'revealed'], []]);
  });

  it('of a dispute are for a supervisor who was neither of the two', () => {
    const verdict = (by: string, cardNumber: string) =>
      ({ by, at: 1, decision: APPROVE, fields: { cardNumber }, corrected: [] }) as const;
    const id = add('a', {
      state: { kind: 'disputed', first: verdict('An', NUMBER), second: verdict('Bo', OTHER) },
    });
    sits = { who: 'Bo', role: 'supervisor', several: true };
    expect(review.reveal(id)).toMatchObject({ value: { dispute: undefined } });
    sits = { who: 'Su', role: 'supervisor', several: true };
    expect(review.reveal(id)).toMatchObject({ value: { dispute: { first: NUMBER, second: OTHER } } });
  });
});
