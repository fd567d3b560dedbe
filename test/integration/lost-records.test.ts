/** A profile that lost a part is not made anew over what is left; one that was only begun is. */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stretchByNode } from '../../src/adapters/scrypt/stretch';
import { compose } from '../../src/main/compose';

const PASSPHRASE = 'a passphrase for this test';
let folder: string;
let whole: string;
let copies = 0;

/** The code, or `opened`. */
async function open(profileFolder: string): Promise<string> {
  const nothing = () => undefined;
  const opened = await compose({
    profileFolder,
    passphrase: PASSPHRASE,
    stretch: stretchByNode,
    environment: {},
    places: { resources: path.resolve('resources'), engineWorker: '', pictureWorker: '' },
    spawn: () => {
      throw new Error('Expected no process');
    },
    resolveProxy: async () => undefined,
    events: {
      queueChanged: nothing,
      intakeProgressed: nothing,
      viewPatched: nothing,
      undoChanged: nothing,
      settingsChanged: nothing,
      sessionChanged: nothing,
      defect: nothing,
    },
    log: nothing,
  });
  if (!opened.ok) return opened.error.code;
  const { desk } = opened.value;
  await desk.intake.take(`batch ${copies}`, {
    clipboard: [{ name: 'pasted', bytes: Buffer.from('a picture') }],
  });
  await opened.value.close();
  return 'opened';
}

/** A profile of its own to take things from: a closed database is let go of only at the end of the process. */
function copy(): string {
  const made = path.join(folder, `copy-${copies++}`);
  cpSync(whole, made, { recursive: true });
  return made;
}
const inside = (profile: string) => (name: string) => path.join(profile, name);

/** Every byte; a log of no bytes comes and goes with the database library. */
function contents(profile: string): Record<string, string> {
  const files = readdirSync(profile, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return Object.fromEntries(
    files
      .map((one) => path.join(one.parentPath, one.name))
      .filter((file) => !file.endsWith('-wal') || statSync(file).size > 0)
      .map((file) => [path.relative(profile, file), readFileSync(file, 'hex')]),
  );
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'cardproof-lost-'));
  whole = path.join(folder, 'whole');
  const code = await open(whole);
  if (code !== 'opened') throw new Error(code);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a profile that lost a part', () => {
  it.each<[string, (at: (name: string) => string) => void, string]>([
    ['its database', (at) => rmSync(at('cards.db')), 'profile.recordsMissing'],
    [
      'its database and all pictures',
      (at) =>
        [at('cards.db'), at('cards.db-wal'), at('pictures')].forEach((one) =>
          rmSync(one, { force: true, recursive: true }),
        ),
      'profile.recordsMissing',
    ],
    ['what was in its database', (at) => truncateSync(at('cards.db')), 'profile.recordsMissing'],
    [
      'its database, but not the log of it',
      (at) => {
        cpSync(at('cards.db'), at('cards.db-wal'));
        rmSync(at('cards.db'));
        rmSync(at('pictures'), { recursive: true });
        noteNothing(at('profile.json'));
      },
      'profile.recordsMissing',
    ],
    [
      'its database, and is of a version that noted nothing',
      (at) => {
        rmSync(at('cards.db'));
        noteNothing(at('profile.json'));
      },
      'profile.recordsMissing',
    ],
    ['a part of its database', (at) => truncateSync(at('cards.db'), 1_000), 'profile.damaged'],
    ['whole pages of its database', (at) => truncateSync(at('cards.db'), 4096 * 4), 'profile.damaged'],
    ['some bytes of its database', (at) => scratch(at('cards.db')), 'profile.damaged'],
    ['its profile.json', (at) => rmSync(at('profile.json')), 'profile.keyFileMissing'],
    [
      'its profile.json and its database',
      (at) => [at('profile.json'), at('cards.db')].forEach((one) => rmSync(one)),
      'profile.keyFileMissing',
    ],
    [
      'its profile.json and its pictures',
      (at) => [at('profile.json'), at('pictures')].forEach((one) => rmSync(one, { recursive: true })),
      'profile.keyFileMissing',
    ],
    ['what was in its profile.json', (at) => truncateSync(at('profile.json')), 'profile.damaged'],
    ['the end of its profile.json', (at) => truncateSync(at('profile.json'), 40), 'profile.damaged'],
  ])('%s is refused, and nothing of it is changed', async (_part, lose, code) => {
    const profile = copy();
    lose(inside(profile));
    const before = contents(profile);
    expect(await open(profile)).toBe(code);
    expect(contents(profile)).toEqual(before);
  });
});

describe('a profile that was only begun', () => {
  it.each<[string, (at: (name: string) => string) => void]>([
    ['with profile.json alone', (at) => rmSync(at('cards.db'))],
    ['with an empty database', (at) => truncateSync(at('cards.db'))],
    ['with an empty folder for pictures', (at) => (rmSync(at('cards.db')), mkdirSync(at('pictures')))],
    [
      'with half a profile.json of no name yet',
      (at) => (
        rmSync(at('cards.db')),
        rmSync(at('profile.json')),
        writeFileSync(at('profile.json.part'), '{')
      ),
    ],
    ['with nothing', (at) => (rmSync(at('cards.db')), rmSync(at('profile.json')))],
  ])('%s is made', async (_state, leave) => {
    const profile = copy();
    rmSync(inside(profile)('pictures'), { recursive: true });
    noteNothing(inside(profile)('profile.json'));
    leave(inside(profile));
    expect(await open(profile)).toBe('opened');
    expect(statSync(inside(profile)('cards.db')).size).toBeGreaterThan(4096);
    expect(JSON.parse(readFileSync(inside(profile)('profile.json'), 'utf8'))).toMatchObject({
      hasRecords: true,
    });
  });
});

/** As it is before its database is there. */
function noteNothing(file: string): void {
  const { hasRecords: _noted, ...profile } = JSON.parse(readFileSync(file, 'utf8')) as Record<
    string,
    unknown
  >;
  writeFileSync(file, JSON.stringify(profile));
}

/** In the middle of every page but the first. */
function scratch(file: string): void {
  const bytes = readFileSync(file);
  for (let at = 4096; at + 64 < bytes.length; at += 4096) bytes.fill(0x5a, at, at + 64);
  writeFileSync(file, bytes);
}
