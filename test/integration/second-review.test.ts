/** People at one desk: who may do what, blind second review, samples, the rule, and the report of it all. */
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { makeReport } from '../../src/core/report/report';
import { toDetail, toRow } from '../../src/core/views/rows';
import type { CardId } from '../../src/shared/ids';
import type { PersonId } from '../../src/shared/people';
import type { Fields } from '../../src/shared/recognition';
import type { SettingsChange } from '../../src/shared/settings';
import { passesLuhn } from '../../src/shared/number';
import { writePictures } from '../helpers/pictures';
import { engineError, openTestDesk, recognition, type Script, type TestDesk } from '../helpers/test-desk';

/** Generated, of no bank; passes Luhn. */
const NUMBER = '6222020200112233446';
const OTHER = '6222020200112233457';
const FIELDS: Fields = {
  cardNumber: NUMBER,
  bankInfo: '工商银行(01020000)',
  cardType: '借记卡',
  validDate: '07/2030',
};
const APPROVE = { kind: 'approve' } as const;
const id = (number: number) => number as CardId;
/** Numbers of their own, so that cards are not each other's duplicates. */
function numbered(call: number): Fields {
  const ending = Array.from({ length: 10 }, (_none, check) => `6222020200112233${60 + call}${check}`);
  return { ...FIELDS, cardNumber: ending.find(passesLuhn) };
}
const reads: Script = (call) => recognition(numbered(call));

let test: TestDesk;
afterEach(() => test.dispose());

interface Wish {
  readonly cards?: number;
  readonly local?: Script;
  readonly tencent?: Script;
  readonly settings?: SettingsChange;
  readonly random?: () => number;
}

async function desk({ cards = 1, local = reads, tencent, settings = {}, random }: Wish = {}): Promise<void> {
  test = openTestDesk({ local, tencent, credentials: tencent !== undefined, slots: 1, random });
  const doubtWeights = { smallPicture: 0, luhn: 0, ...settings.doubtWeights };
  test.desk.settings.change({ engine: 'local', ...settings, doubtWeights });
  test.desk.start();
  test.desk.queue.pause();
  await test.desk.intake.take('scans', { paths: await writePictures(path.join(test.folder, 'in'), cards) });
  await test.desk.intake.idle();
  test.desk.queue.resume();
  await test.desk.queue.settled();
}

const PEOPLE = [
  ['Chen', 'administrator'],
  ['An', 'reviewer'],
  ['Bo', 'reviewer'],
  ['Su', 'supervisor'],
] as const;
type Name = (typeof PEOPLE)[number][0];

async function addPeople(): Promise<void> {
  for (const [name, role] of PEOPLE) {
    expect((await test.desk.people.add(name, role, '2468')).ok).toBe(true);
  }
}
async function seat(name: Name): Promise<void> {
  const at = PEOPLE.findIndex(([one]) => one === name) + 1;
  expect((await test.desk.people.signIn(at as PersonId, '2468')).ok).toBe(true);
}

const card = (number: number) => {
  const found = test.store.card(id(number));
  if (!found) throw new Error(`Expected card ${number}`);
  return found;
};
const state = (number: number) => card(number).state.kind;
/** All that the window would get to see of a card. */
function seen(number: number): string {
  const viewer = { who: test.desk.people.who(), supervisor: test.desk.people.may('supervisor') };
  const detail = toDetail(card(number), test.store, viewer);
  const revealed = test.desk.review.reveal(id(number));
  return JSON.stringify([toRow(card(number)), detail, revealed, test.desk.review.undoState()]);
}

describe('one person alone', () => {
  it('is an administrator without a PIN and meets no second review', async () => {
    await desk({ settings: { secondReview: 'all' } });
    expect(test.desk.people.session()).toMatchObject({
      signInNeeded: false,
      person: { name: 'tester', role: 'administrator' },
    });
    test.decide([id(1)], APPROVE, false);
    expect(state(1)).toBe('approved');
  });
});

describe('people', () => {
  it('sign in with their PIN, and wait after some wrong ones, also after a restart', async () => {
    await desk();
    await addPeople();
    test.desk.people.signOut();
    expect(test.desk.people.signedIn()).toBe(false);
    const an = 2 as PersonId;
    for (let wrong = 0; wrong < 4; wrong++) {
      expect(await test.desk.people.signIn(an, '0000')).toMatchObject({ error: { code: 'people.wrongPin' } });
    }
    expect(await test.desk.people.signIn(an, '0000')).toMatchObject({ error: { code: 'people.waitToTry' } });
    expect(await test.desk.people.signIn(an, '2468')).toMatchObject({ error: { code: 'people.waitToTry' } });
    expect(test.store.people()[1]).toMatchObject({ failures: 5, waitUntil: test.clock.now() + 30_000 });
    test.clock.advance(30_001);
    expect((await test.desk.people.signIn(an, '2468')).ok).toBe(true);
    expect(test.desk.people.who()).toBe('An');
    expect(JSON.stringify(test.desk.people.session())).not.toContain('2468');
  });

  it('begin with an administrator and never lose the last one', async () => {
    await desk();
    expect(await test.desk.people.add('An', 'reviewer', '2468')).toMatchObject({
      error: { code: 'people.firstIsAdministrator' },
    });
    await addPeople();
    const [chen] = test.store.people();
    for (const change of [{ active: false }, { role: 'reviewer' as const }]) {
      expect(await test.desk.people.change({ id: chen?.id as PersonId, ...change })).toMatchObject({
        error: { code: 'people.lastAdministrator' },
      });
    }
    expect(await test.desk.people.add('chen', 'reviewer', '2468')).toMatchObject({
      error: { code: 'people.nameTaken' },
    });
  });

  it('undo what they did themselves, not what another did', async () => {
    await desk({ cards: 2 });
    await addPeople();
    await seat('An');
    test.decide([id(1)], APPROVE, false);
    await seat('Bo');
    expect(test.desk.review.undo()).toMatchObject({ error: { code: 'edit.nothing' } });
    test.decide([id(2)], APPROVE, false);
    await seat('An');
    expect(test.desk.review.undo().ok).toBe(true);
    expect([state(1), state(2)]).toEqual(['pending', 'approved']);
  });
});

describe('blind second review', () => {
  const blind = async () => {
    await desk({ settings: { secondReview: 'all' } });
    await addPeople();
    await seat('An');
    test.correct(id(1), 'cardNumber', OTHER);
    test.correct(id(1), 'cardName', 'An’s own words');
    test.desk.review.note(id(1), 'An’s note');
    test.decide([id(1)], APPROVE, false);
  };

  it('shows the second person what was read and nothing of what the first one did', async () => {
    await blind();
    expect(state(1)).toBe('second');
    await seat('Bo');
    expect(card(1).fields).toEqual(numbered(1));
    const sight = seen(1);
    expect(sight.replaceAll(' ', '')).not.toContain(OTHER);
    for (const trace of [
      'An’s own words',
      'An’s note',
      'hasNote":true',
      '"An"',
      'what":"corrected',
      'firstApproved',
    ])
      expect(sight).not.toContain(trace);
    expect(JSON.parse(sight)[0]).toMatchObject({ state: 'second', corrected: [] });
  });

  it('keeps what the first person noted above what the second one does', async () => {
    await blind();
    await seat('Bo');
    test.desk.review.note(id(1), 'Bo’s note');
    expect(card(1).note).toBe('An’s note\nBo’s note');
  });

  it('approves where both agree in every value, and names both', async () => {
    await blind();
    await seat('Bo');
    test.correct(id(1), 'cardNumber', OTHER);
    test.correct(id(1), 'cardName', 'An’s own words');
    expect(test.decide([id(1)], APPROVE, false).ok).toBe(true);
    expect(card(1)).toMatchObject({
      state: { kind: 'approved', by: 'An', also: 'Bo' },
      fields: { cardNumber: OTHER },
      corrected: ['cardNumber', 'cardName'],
    });
  });

  it('lets nobody be both, not even by reopening', async () => {
    await blind();
    expect(test.decide([id(1)], APPROVE, false)).toMatchObject({
      error: { code: 'card.samePerson' },
    });
    expect(test.correct(id(1), 'cardName', 'x')).toMatchObject({
      error: { code: 'card.samePerson' },
    });
    await seat('Bo');
    expect(test.desk.review.reopen([id(1)])).toMatchObject({ error: { code: 'session.notAllowed' } });
  });

  it('takes a disagreement to a supervisor who was neither, with both sides', async () => {
    await blind();
    await seat('Bo');
    expect(test.decide([id(1)], APPROVE, false).ok).toBe(true);
    expect(state(1)).toBe('disputed');
    expect(seen(1)).not.toContain('dispute":{');
    expect(test.desk.review.settle(test.shown(id(1)), 'second')).toMatchObject({
      error: { code: 'session.notAllowed' },
    });
    await seat('Su');
    const viewer = { who: 'Su', supervisor: true };
    expect(toDetail(card(1), test.store, viewer).dispute).toMatchObject({
      first: { who: 'An', decision: 'approve', fields: { cardName: 'An’s own words' } },
      second: { who: 'Bo' },
      differingDigits: [16, 17, 18],
    });
    expect(test.desk.review.settle(test.shown(id(1)), 'first').ok).toBe(true);
    expect(card(1)).toMatchObject({
      state: { kind: 'approved', by: 'An', also: 'Su' },
      fields: { cardNumber: OTHER },
    });
    expect(test.desk.review.undo().ok).toBe(true);
    expect(state(1)).toBe('disputed');
  });

  it('is settled by nobody who decided before, supervisor or not', async () => {
    await blind();
    await seat('Su');
    expect(test.decide([id(1)], APPROVE, false).ok).toBe(true);
    expect(state(1)).toBe('disputed');
    expect(test.desk.review.settle(test.shown(id(1)), 'second')).toMatchObject({
      error: { code: 'card.samePerson' },
    });
    expect(test.decide([id(1)], APPROVE, false)).toMatchObject({
      error: { code: 'card.samePerson' },
    });
    expect(seen(1)).not.toContain('dispute":{');
    await seat('Chen');
    expect(test.desk.review.settle(test.shown(id(1)), 'second').ok).toBe(true);
  });

  it('begins with nothing where no engine read anything', async () => {
    await desk({
      settings: { secondReview: 'all' },
      local: () => engineError('FailedOperation.NoBankCardError'),
    });
    await addPeople();
    await seat('An');
    test.correct(id(1), 'cardNumber', NUMBER);
    test.decide([id(1)], APPROVE, false);
    expect(card(1)).toMatchObject({ state: { kind: 'second' }, fields: {} });
  });

  it('gives the first person their values back when they undo', async () => {
    await blind();
    expect(test.desk.review.undo().ok).toBe(true);
    expect(card(1)).toMatchObject({ state: { kind: 'pending' }, fields: { cardNumber: OTHER } });
  });

  it('asks for two only where there is doubt, if so set', async () => {
    await desk({ cards: 2, settings: { secondReview: 'doubtful' } });
    await addPeople();
    await seat('An');
    test.correct(id(2), 'cardName', 'x');
    test.decide([id(1), id(2)], APPROVE, false);
    expect([state(1), state(2)]).toEqual(['approved', 'second']);
  });
});

describe('approval by the rule', () => {
  const agreed: SettingsChange = { secondOpinion: 'always', approveByRule: true, sampleOfRule: 50 };
  const clean: Script = () => recognition(FIELDS);

  it('approves what both engines agree on and nothing doubts, as the rule, and draws samples', async () => {
    await desk({ local: clean, tencent: clean, settings: agreed, random: () => 0.3 });
    expect(card(1)).toMatchObject({
      state: { kind: 'approved', rule: 'bothAgree' },
      sample: 'due',
      score: 0,
    });
    expect(test.engines.local.calls).toBe(1);
    expect(test.engines.tencent.calls).toBe(1);
    expect(toRow(card(1)).rule).toBe('bothAgree');
    expect(makeReport(test.store, undefined)).toMatchObject({ byRule: 1, byPerson: 0, samplesDue: 1 });
  });

  it.each<readonly [string, Script, SettingsChange]>([
    ['a digit differs', () => recognition({ ...FIELDS, cardNumber: OTHER }), agreed],
    [
      'a digit differs, though that weighs nothing',
      () => recognition({ ...FIELDS, cardNumber: OTHER }),
      { ...agreed, doubtWeights: { enginesDiffer: 0 } },
    ],
    ['there is a doubt of another kind', clean, { ...agreed, qualityThreshold: 95 }],
    ['there is a warning', () => recognition(FIELDS, [-9112]), agreed],
    ['the rule is off, as it is by default', clean, { secondOpinion: 'always' }],
  ])('leaves a card to a person where %s', async (_where, tencent, settings) => {
    await desk({ local: clean, tencent, settings });
    expect(state(1)).toBe('pending');
  });

  it('leaves one whose number is in doubt, though that weighs nothing', async () => {
    const both: Script = () => recognition({ ...FIELDS, cardNumber: OTHER });
    await desk({ local: both, tencent: both, settings: { ...agreed, doubtWeights: { luhn: 0 } } });
    expect(card(1).score).toBe(0);
    expect(state(1)).toBe('pending');
  });

  it('takes a second opinion only of doubtful cards, if so set, and keeps the values that stand', async () => {
    await desk({
      cards: 2,
      local: (call) => recognition({ ...numbered(call), bankInfo: undefined }, call === 2 ? [-9112] : []),
      tencent: () => recognition({ ...FIELDS, cardNumber: OTHER }),
      settings: { secondOpinion: 'doubtful', doubtWeights: { fieldMissing: 0 } },
    });
    expect(test.engines.tencent.calls).toBe(1);
    expect(card(2).fields).toMatchObject({ cardNumber: numbered(2).cardNumber, bankInfo: FIELDS.bankInfo });
    expect(card(2).doubts.map(({ name }) => name)).toContain('enginesDiffer');
  });
});

describe('samples', () => {
  it('come back for a check, and tell how often each person was right', async () => {
    await desk({ cards: 2, settings: { sampleOfPeople: 100 } });
    await addPeople();
    await seat('An');
    test.decide([id(1), id(2)], APPROVE, false);
    expect(test.desk.review.check(test.shown(id(1)), true)).toMatchObject({
      error: { code: 'card.samePerson' },
    });
    await seat('Su');
    expect(test.desk.review.check(test.shown(id(1)), true).ok).toBe(true);
    expect(test.desk.review.check(test.shown(id(2)), false).ok).toBe(true);
    expect([card(1).sample, state(1), card(2).sample, state(2)]).toEqual([
      'right',
      'approved',
      'wrong',
      'pending',
    ]);
    expect(makeReport(test.store, undefined).reviewers).toMatchObject([{ who: 'An', checked: 2, right: 1 }]);
    expect(test.desk.review.undo().ok).toBe(true);
    expect([card(2).sample, state(2)]).toEqual(['due', 'approved']);
  });
});

describe('the report', () => {
  it('balances, and counts what was decided, corrected and how long it took, without what was undone', async () => {
    await desk({ cards: 4 });
    const effort = (keys: number, seconds: number) => ({ keys, durationMs: seconds * 1000 });
    test.correct(id(1), 'cardNumber', OTHER);
    test.decide([id(1)], APPROVE, false, effort(6, 9));
    test.decide([id(2)], APPROVE, false, effort(1, 2));
    test.decide([id(3)], { kind: 'reject', reason: 'unreadable' }, false, effort(2, 4));
    test.decide([id(4)], APPROVE, false, effort(90, 900));
    test.desk.review.undo();
    const report = makeReport(test.store, undefined);
    expect(report).toMatchObject({
      taken: 4,
      counts: { approved: 2, rejected: 1, pending: 1 },
      byPerson: 3,
      corrected: 1,
      corrections: { cardNumber: 1, bankInfo: 0 },
      reviewers: [
        {
          who: 'tester',
          decided: 3,
          approved: 2,
          rejected: 1,
          corrected: 1,
          keysPerCard: 2,
          secondsPerCard: 4,
          perHour: 3,
        },
      ],
    });
    expect(report.hours.map(({ decided }) => decided)).toEqual([3]);
    expect(Object.values(report.counts).reduce((sum, count) => sum + count, 0)).toBe(report.taken);
  });
});
