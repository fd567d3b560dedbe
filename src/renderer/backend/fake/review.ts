/** The invented desk's people, digit wall, checks and report. */
import { CARD_STATES } from '../../../shared/cards';
import type { CardId } from '../../../shared/ids';
import type { Input } from '../../../shared/ipc';
import type { Person, PersonId, SessionState } from '../../../shared/people';
import type { Report } from '../../../shared/report';
import { fail, ok } from '../../../shared/result';
import { countStates, type FakeDesk } from './desk';
import type { Handlers } from './handlers';

const HOUR_MS = 3_600_000;

function reportOf(desk: FakeDesk, batchId: number | undefined): Report {
  const cards = desk.cards.filter(({ row }) => batchId === undefined || row.batchId === batchId);
  const counts = countStates(cards);
  const doubts = new Map<Report['doubts'][number]['name'], number>();
  for (const { row } of cards) {
    for (const { name } of row.doubts) doubts.set(name, (doubts.get(name) ?? 0) + 1);
  }
  const now = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  return {
    counts,
    taken: CARD_STATES.reduce((sum, state) => sum + counts[state], 0),
    byPerson: counts.approved + counts.rejected + counts.rescan,
    byRule: 0,
    corrected: 5,
    corrections: { cardNumber: 3, bankInfo: 1, cardType: 0, cardName: 2, validDate: 1 },
    hours: [12, 31, 44, 40, 8, 37, 46, 29].map((decided, at) => ({ at: now - (8 - at) * HOUR_MS, decided })),
    reviewers: [
      {
        who: 'li.na',
        decided: 142,
        approved: 128,
        rejected: 9,
        rescan: 5,
        corrected: 7,
        keysPerCard: 1,
        secondsPerCard: 3.4,
        perHour: 47,
        checked: 14,
        right: 14,
      },
      {
        who: 'wang.lei',
        decided: 105,
        approved: 96,
        rejected: 6,
        rescan: 3,
        corrected: 11,
        keysPerCard: 2,
        secondsPerCard: 4.8,
        perHour: 35,
        checked: 10,
        right: 9,
      },
    ],
    rule: { approved: 0, checked: 0, right: 0 },
    doubts: [...doubts]
      .map(([name, cards]) => ({ name, cards }))
      .sort((one, other) => other.cards - one.cards),
    samplesDue: cards.filter(({ row }) => row.sample === 'due').length,
  };
}

export function reviewHandlers(desk: FakeDesk) {
  const targets = (target: Input<'cards:assign'>['target']) =>
    desk.targets(target as Parameters<FakeDesk['targets']>[0]);
  const one = (id: number) => desk.find(id as CardId);
  return {
    'batches:rename': ({ batchId, name }) => {
      const batch = desk.batches.find(({ id }) => id === batchId);
      if (!batch) return fail('batch.gone');
      batch.name = name;
      for (const card of desk.cards) {
        if (card.row.batchId === batch.id) card.row = { ...card.row, batchName: name };
      }
      desk.touched([]);
      return ok(true);
    },
    'report:get': ({ batchId }) => reportOf(desk, batchId),
    'report:export': () => ok({ name: 'CardProof 2026-11-24 report.xlsx' }),
    'cards:wall': ({ ids }) =>
      ids.flatMap((id) => {
        const card = one(id);
        const cardNumber = card?.values.cardNumber;
        if (!card || cardNumber === undefined) return [];
        const doubtfulDigits = card.row.doubts.flatMap(({ digits }) => digits ?? []);
        return [{ id: card.row.id, revision: card.row.revision, cardNumber, doubtfulDigits }];
      }),
    'cards:settle': () => fail('card.wrongState'),
    'cards:check': ({ card: shown, right }) => {
      const card = one(shown.id);
      if (!card) return fail('card.gone');
      if (card.row.revision !== shown.revision) return fail('card.changedSince');
      if (card.row.sample !== 'due') return fail('card.wrongState');
      desk.edit(right ? 'checkedRight' : 'checkedWrong', [card], () => {
        const state = right ? card.row.state : 'pending';
        card.row = { ...card.row, state, sample: right ? 'right' : 'wrong' };
      });
      return ok({ changed: 1, skipped: 0 });
    },
    'cards:assign': ({ target, to }) => {
      const cards = targets(target);
      desk.edit('assigned', cards, (card) => (card.row = { ...card.row, assignedTo: to }));
      return ok({ changed: cards.length, skipped: 0 });
    },
    'cards:note': ({ cardId, text }) => {
      const card = one(cardId);
      if (!card) return fail('card.gone');
      desk.edit('noted', [card], () => {
        card.note = text.trim() === '' ? undefined : text.trim();
        card.row = { ...card.row, hasNote: card.note !== undefined };
      });
      return ok({ changed: 1, skipped: 0, revision: card.row.revision });
    },
    'cards:secondOpinion': ({ target }) => {
      const cards = targets(target).filter(({ readings }) => readings.length === 1);
      if (cards.length === 0) return fail('card.noOtherEngine');
      for (const card of cards) card.row = { ...card.row, state: 'queued' };
      desk.touched(cards.map(({ row }) => row.id));
      desk.work();
      return ok({ changed: cards.length, skipped: 0 });
    },
  } satisfies Partial<Handlers>;
}

const COLLEAGUES: readonly Person[] = [
  { id: 1 as PersonId, name: '李娜', role: 'administrator', active: true },
  { id: 2 as PersonId, name: '王磊', role: 'reviewer', active: true },
  { id: 3 as PersonId, name: '周敏', role: 'supervisor', active: true },
];

/** The PIN of everybody here is 1234. */
export function peopleHandlers(desk: FakeDesk, several: boolean) {
  let people: Person[] = several ? [...COLLEAGUES] : [];
  let current: PersonId | undefined;
  const session = (): SessionState => {
    const person = people.find(({ id }) => id === current);
    if (people.length === 0)
      return { signInNeeded: false, person: { name: 'li.na', role: 'administrator' }, people };
    return { signInNeeded: true, person, people };
  };
  const told = () => {
    desk.emit('session:changed', session());
    return session();
  };
  return {
    'session:get': session,
    'session:signIn': ({ id, pin }) => {
      if (pin !== '1234') return fail('people.wrongPin');
      current = id as PersonId;
      return ok(told());
    },
    'session:signOut': () => {
      current = undefined;
      return told();
    },
    'people:add': ({ name, role }) => {
      if (people.length === 0 && role !== 'administrator') return fail('people.firstIsAdministrator');
      if (people.some((person) => person.name === name)) return fail('people.nameTaken', { name });
      const id = (people.length + 1) as PersonId;
      people = [...people, { id, name, role, active: true }];
      current ??= id;
      return ok(told());
    },
    'people:change': ({ id, pin: _pin, ...change }) => {
      const next = people.map((person) => (person.id === id ? { ...person, ...change } : person));
      if (!next.some(({ role, active }) => active && role === 'administrator'))
        return fail('people.lastAdministrator');
      people = next;
      return ok(told());
    },
  } satisfies Partial<Handlers>;
}
