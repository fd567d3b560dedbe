import { beforeEach, describe, expect, it } from 'vitest';
import { openMemoryDesk, type MemoryDesk } from '../../../test/helpers/memory-desk';
import type { PersonId, SessionState } from '../../shared/people';
import { fail, ok } from '../../shared/result';
import { createPeople, type People } from './people';

let desk: MemoryDesk;
let people: People;
let told: SessionState[];

beforeEach(() => {
  desk = openMemoryDesk();
  told = [];
  people = createPeople({
    store: desk.store,
    clock: desk.clock,
    pins: {
      hash: async (pin) => `hash of ${pin}`,
      verify: async (pin, hash) => (hash === '' ? fail('people.pinDamaged') : ok(hash === `hash of ${pin}`)),
    },
    account: 'the account',
    changed: (session) => told.push(session),
  });
});

const idOf = (name: string): PersonId => {
  const found = desk.store.people().find((person) => person.name === name);
  if (!found) throw new Error(`Expected somebody called ${name}`);
  return found.id;
};
async function addTwo(): Promise<void> {
  await people.add('An', 'administrator', '1111');
  await people.add('Bo', 'reviewer', '2222');
}

describe('while nobody was added', () => {
  it('the account is the one administrator, and no sign-in is asked for', () => {
    expect(people.session()).toEqual({
      signInNeeded: false,
      person: { name: 'the account', role: 'administrator' },
      people: [],
    });
    expect(people.may('administrator')).toBe(true);
    expect(people.who()).toBe('the account');
    expect(people.several()).toBe(false);
  });

  it('the first person has to be an administrator, and is signed in by it', async () => {
    expect(await people.add('Bo', 'supervisor', '1111')).toMatchObject({
      error: { code: 'people.firstIsAdministrator' },
    });
    await people.add('An', 'administrator', '1111');
    expect(people.session().person).toMatchObject({ name: 'An', role: 'administrator' });
    expect(told).toHaveLength(1);
  });
});

describe('attempts at a PIN', () => {
  beforeEach(addTwo);

  it('tries one PIN at a time: of many at once one is looked at, and counted', async () => {
    const guesses = Array.from({ length: 300 }, (_none, at) => String(at).padStart(4, '0'));
    const answers = await Promise.all(guesses.map((pin) => people.signIn(idOf('Bo'), pin)));
    expect(answers.filter((answer) => !answer.ok && answer.error.code === 'people.wrongPin')).toHaveLength(1);
    expect(answers.filter(({ ok }) => ok)).toEqual([]);
    expect(desk.store.people().find(({ name }) => name === 'Bo')?.failures).toBe(1);
    expect(await people.signIn(idOf('Bo'), '2222')).toMatchObject({ ok: true });
    expect(desk.store.people().find(({ name }) => name === 'Bo')?.failures).toBe(0);
  });

  it('counts a guess before it is looked at: the end of the application forgets none', async () => {
    let failures: number | undefined;
    const failuresOfBo = () => desk.store.people().find(({ name }) => name === 'Bo')?.failures;
    const looking = createPeople({
      store: desk.store,
      clock: desk.clock,
      pins: {
        hash: async (pin) => pin,
        async verify() {
          failures = failuresOfBo();
          return ok(false);
        },
      },
      account: 'the account',
      changed: () => undefined,
    });
    await looking.signIn(idOf('Bo'), '0000');
    expect(failures).toBe(1);
  });

  it.each([-86_400_000, 86_400_000])('waits as long when the clock is set by %d ms', async (byMs) => {
    for (let at = 0; at < 5; at++) await people.signIn(idOf('Bo'), '0000');
    desk.clock.set(byMs);
    desk.clock.advance(29_000);
    expect(await people.signIn(idOf('Bo'), '2222')).toMatchObject({ error: { params: { seconds: 1 } } });
    desk.clock.advance(1_000);
    expect(await people.signIn(idOf('Bo'), '2222')).toMatchObject({ ok: true });
  });

  it('waits no longer than it should where the clock was set back before the next start', async () => {
    for (let at = 0; at < 5; at++) await people.signIn(idOf('Bo'), '0000');
    desk.clock.set(-86_400_000);
    const next = createPeople({
      store: desk.store,
      clock: desk.clock,
      pins: { hash: async (pin) => pin, verify: async () => ok(true) },
      account: 'the account',
      changed: () => undefined,
    });
    expect(await next.signIn(idOf('Bo'), '2222')).toMatchObject({ error: { params: { seconds: 30 } } });
    desk.clock.advance(30_000);
    expect(await next.signIn(idOf('Bo'), '2222')).toMatchObject({ ok: false });
  });

  it('lets nobody in who was taken off while the PIN was looked at', async () => {
    let letGo: () => void = () => undefined;
    const slow = createPeople({
      store: desk.store,
      clock: desk.clock,
      pins: {
        hash: async (pin) => pin,
        verify: () => new Promise((resolve) => (letGo = () => resolve(ok(true)))),
      },
      account: 'the account',
      changed: () => undefined,
    });
    const signedIn = slow.signIn(idOf('Bo'), '2222');
    await people.change({ id: idOf('Bo'), active: false });
    letGo();
    expect(await signedIn).toMatchObject({ error: { code: 'people.unknown' } });
    expect(slow.signedIn()).toBe(false);
  });
});

describe('signing in', () => {
  beforeEach(addTwo);

  it('takes the right PIN, and says who sits there from then on', async () => {
    expect(await people.signIn(idOf('Bo'), '2222')).toMatchObject({ ok: true });
    expect(people.who()).toBe('Bo');
    expect(people.may('supervisor')).toBe(false);
    people.signOut();
    expect(people.signedIn()).toBe(false);
    expect(people.may('reviewer')).toBe(false);
    expect(people.who()).toBe('the account');
  });

  it('makes whoever tries wrong PINs wait, twice as long each time, up to a quarter of an hour', async () => {
    const wrong = () => people.signIn(idOf('Bo'), '0000');
    for (let free = 0; free < 4; free++)
      expect(await wrong()).toMatchObject({ error: { code: 'people.wrongPin' } });
    for (const seconds of [30, 60, 120, 240, 480, 900, 900]) {
      expect(await wrong()).toMatchObject({ error: { code: 'people.waitToTry', params: { seconds } } });
      desk.clock.advance((seconds - 1) * 1000);
      expect(await people.signIn(idOf('Bo'), '2222')).toMatchObject({ error: { params: { seconds: 1 } } });
      desk.clock.advance(1000);
    }
    expect(await people.signIn(idOf('Bo'), '2222')).toMatchObject({ ok: true });
    expect(await wrong()).toMatchObject({ error: { code: 'people.wrongPin' } });
  });

  it('says of a PIN that was stored damaged that it is, and counts no wrong one', async () => {
    desk.store.changePerson(idOf('Bo'), { pinHash: '' });
    expect(await people.signIn(idOf('Bo'), '2222')).toMatchObject({ error: { code: 'people.pinDamaged' } });
    expect(desk.store.people().find(({ name }) => name === 'Bo')?.failures).toBe(0);
    expect(people.who()).toBe('An');
  });

  it('is not for those who left, nor for those who never were', async () => {
    await people.change({ id: idOf('Bo'), active: false });
    expect(await people.signIn(idOf('Bo'), '2222')).toMatchObject({ error: { code: 'people.unknown' } });
    expect(await people.signIn(99 as PersonId, '2222')).toMatchObject({ error: { code: 'people.unknown' } });
  });

  it('ends for somebody who is made to leave', async () => {
    await people.signIn(idOf('Bo'), '2222');
    await people.change({ id: idOf('Bo'), active: false });
    expect(people.signedIn()).toBe(false);
    expect(people.several()).toBe(false);
    expect(people.known('Bo')).toBe(false);
  });
});

describe('changing people', () => {
  beforeEach(addTwo);

  it('keeps names apart, whatever their case', async () => {
    expect(await people.add('BO', 'reviewer', '3333')).toMatchObject({ error: { code: 'people.nameTaken' } });
    expect(await people.change({ id: idOf('Bo'), name: 'AN' })).toMatchObject({
      error: { code: 'people.nameTaken' },
    });
    expect(await people.change({ id: idOf('Bo'), name: 'BO' })).toMatchObject({ ok: true });
  });

  it('leaves one administrator who is there', async () => {
    const last = { error: { code: 'people.lastAdministrator' } };
    expect(await people.change({ id: idOf('An'), role: 'supervisor' })).toMatchObject(last);
    expect(await people.change({ id: idOf('An'), active: false })).toMatchObject(last);
    await people.change({ id: idOf('Bo'), role: 'administrator' });
    expect(await people.change({ id: idOf('An'), role: 'supervisor' })).toMatchObject({ ok: true });
  });

  it('takes a new PIN in place of the old one, and ends the waiting', async () => {
    for (let at = 0; at < 6; at++) await people.signIn(idOf('Bo'), '0000');
    await people.change({ id: idOf('Bo'), pin: '4444' });
    expect(await people.signIn(idOf('Bo'), '2222')).toMatchObject({ error: { code: 'people.wrongPin' } });
    expect(await people.signIn(idOf('Bo'), '4444')).toMatchObject({ ok: true });
  });

  it('changes only what is named', async () => {
    await people.change({ id: idOf('Bo'), name: undefined, role: 'supervisor' });
    expect(desk.store.people()[1]).toMatchObject({ name: 'Bo', role: 'supervisor', active: true });
  });
});
