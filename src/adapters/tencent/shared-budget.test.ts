import { fork } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRateBudget, WINDOW_MS } from '../../core/queue/rate-budget';
import { computerClock, shareBudget } from './shared-budget';

let temporary: string;
beforeEach(() => (temporary = mkdtempSync(path.join(os.tmpdir(), 'cardproof-budget-'))));
afterEach(() => rmSync(temporary, { recursive: true, force: true }));

const complaints: unknown[] = [];
const share = (key = 'AKIDinvented0001 https://here') =>
  shareBudget(key, (cause) => complaints.push(cause), temporary);
const countOf = (key?: string) =>
  share(key).change((state) => [state, state.places.length + state.lefts.length]);
const only = () => {
  const [folder = ''] = readdirSync(temporary);
  return path.join(temporary, folder);
};

describe('the rate budget of a key', () => {
  it('is one for all who call with the key at the same service, and another for another key', () => {
    const [one, other] = [share(), share()].map((kept) => createRateBudget(1, WINDOW_MS, kept));
    expect(typeof one?.reserve(computerClock())).toBe('object');
    expect(typeof other?.reserve(computerClock())).toBe('number');
    expect(countOf()).toBe(1);
    expect(countOf('AKIDinvented0002 https://here')).toBe(0);
  });

  it('lies where only this user can read, and tells nothing of the key', () => {
    countOf();
    const names = readdirSync(only());
    expect(statSync(only()).mode & 0o077).toBe(0);
    expect(names.join()).not.toMatch(/AKID|here/);
    for (const name of names)
      expect(readFileSync(path.join(only(), name), 'latin1')).not.toMatch(/AKID|here/);
  });

  it('counts the places of a process that was killed as calls that left', async () => {
    const script = path.join(temporary, 'caller.mts');
    const from = (place: string) => JSON.stringify(path.resolve(place));
    writeFileSync(
      script,
      `import { createRateBudget, WINDOW_MS } from ${from('src/core/queue/rate-budget')};
       import { computerClock, shareBudget } from ${from('src/adapters/tencent/shared-budget')};
       const kept = shareBudget('AKIDinvented0001 https://here', () => undefined, ${JSON.stringify(temporary)});
       createRateBudget(10, WINDOW_MS, kept).reserve(computerClock());
       process.send('there');
       setInterval(() => undefined, 1000);`,
    );
    const child = fork(script, { execArgv: ['--import', 'tsx'] });
    const over = new Promise((resolve) => child.once('exit', resolve));
    await new Promise((resolve) => child.once('message', resolve));
    const places = () => share().change((state) => [state, [state.places.length, state.lefts.length]]);
    expect(places()).toEqual([1, 0]);
    child.kill('SIGKILL');
    await over;
    expect(places()).toEqual([0, 1]);
  });

  it('counts the places of a process that ended and had the number that this one has', () => {
    const before = share();
    createRateBudget(10, WINDOW_MS, before).reserve(computerClock());
    const [pid, id = ''] = before.holder.split(' ');
    before.change((state) => {
      const theirs = state.places.map((place) => ({ ...place, holder: `${pid} ${id.replace(/./g, '0')}` }));
      return [{ ...state, places: theirs }, undefined];
    });
    expect(share().change((state) => [state, [state.places.length, state.lefts.length]])).toEqual([0, 1]);
  });

  it('is shared again when the file can be used again, and what was done alone counts', () => {
    let now = 1_000_000;
    const apart = path.join(temporary, 'apart');
    writeFileSync(apart, '');
    complaints.length = 0;
    const kept = shareBudget(
      'AKIDinvented0001 https://here',
      (cause) => complaints.push(cause),
      apart,
      () => now,
    );
    const budget = createRateBudget(1, WINDOW_MS, kept);
    for (let times = 0; times < 5; times++) budget.pace();
    expect(complaints).toHaveLength(3);
    rmSync(apart);
    mkdirSync(apart);
    now += 60_000;
    const place = budget.reserve(now);
    if (typeof place === 'object') place.left(now);
    const other = shareBudget(
      'AKIDinvented0001 https://here',
      () => undefined,
      apart,
      () => now,
    );
    expect(typeof createRateBudget(1, WINDOW_MS, other).reserve(now)).toBe('number');
  });

  it('goes on alone where no file can lie, and says so', () => {
    rmSync(temporary, { recursive: true });
    writeFileSync(temporary, '');
    complaints.length = 0;
    const budget = createRateBudget(1, WINDOW_MS, share());
    expect(typeof budget.reserve(computerClock())).toBe('object');
    expect(typeof budget.reserve(computerClock())).toBe('number');
    expect(String(complaints[0])).toMatch(/EEXIST|ENOTDIR/);
  });

  it('begins anew where its file was spoilt, and says so', () => {
    countOf();
    const [name = ''] = readdirSync(only()).filter((one) => one.endsWith('.db'));
    for (const other of readdirSync(only())) if (other !== name) rmSync(path.join(only(), other));
    writeFileSync(path.join(only(), name), 'no database, and longer than the header of one'.repeat(40));
    complaints.length = 0;
    const [one, other] = [share(), share()].map((kept) => createRateBudget(1, WINDOW_MS, kept));
    expect(typeof one?.reserve(computerClock())).toBe('object');
    expect(String(complaints[0])).toContain('not a database');
    expect(typeof one?.reserve(computerClock())).toBe('number');
    expect(typeof other?.reserve(computerClock())).toBe('number');
    expect(complaints).toHaveLength(1);
  });

  it('is not shared through a folder that others can write to', () => {
    countOf();
    chmodSync(only(), 0o777);
    complaints.length = 0;
    expect(typeof createRateBudget(1, WINDOW_MS, share()).reserve(computerClock())).toBe('object');
    expect(String(complaints[0])).toContain('alone');
  });

  it('is forgotten when nobody used the key for a week', () => {
    countOf();
    const longAgo = Date.now() / 1_000 - 8 * 24 * 3_600;
    for (const name of readdirSync(only())) utimesSync(path.join(only(), name), longAgo, longAgo);
    countOf('AKIDinvented0002 https://here');
    expect(readdirSync(only()).filter((name) => name.endsWith('.db'))).toHaveLength(1);
  });
});
