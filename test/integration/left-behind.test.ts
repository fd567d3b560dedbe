/** What a run that is killed leaves: nothing in the clear that was not whole, and nothing at all after the next start. */
import { spawn, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeRunFolder, sweepRunFolders } from '../../src/adapters/files/run-folder';
import { createWholeFiles } from '../../src/adapters/files/whole-files';

const NUMBER = '6222020200112233448';
let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'cardproof-left-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function everyFile(): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => path.join(folder, name))
    .filter((name) => statSync(name).isFile());
}
const readable = () => everyFile().filter((file) => readFileSync(file).includes(NUMBER));

/** Runs some code in a process of its own until it says that it is there. */
async function running(body: string): Promise<ChildProcess> {
  const file = path.join(folder, 'helper.mts');
  const from = (place: string) => JSON.stringify(path.resolve('src/adapters/files', place));
  writeFileSync(
    file,
    `import { createWholeFiles } from ${from('whole-files')};
     import { makeRunFolder, unfinishedIn } from ${from('run-folder')};
     const folder = ${JSON.stringify(folder)};
     const NUMBER = ['622202', '0200112233448'].join('');
     ${body}
     process.stdout.write('there');
     setInterval(() => undefined, 1000);`,
  );
  const child = spawn(process.execPath, ['--import', 'tsx', file], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => child.stdout?.once('data', resolve));
  rmSync(file);
  return child;
}
async function kill(child: ChildProcess): Promise<void> {
  const over = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await over;
}

describe('a file that is written for others', () => {
  const target = () => path.join(folder, 'out/cards.jsonl');
  const files = () => createWholeFiles(path.join(folder, 'unfinished'));
  beforeEach(() => void mkdirSync(path.join(folder, 'out')));

  it('is there whole, for its owner alone, and nothing else is', async () => {
    const done = await files().write(target(), async (stream) => {
      stream.end(NUMBER.repeat(10_000));
      return true;
    });
    expect(done).toBe(true);
    expect(readFileSync(target(), 'utf8')).toBe(NUMBER.repeat(10_000));
    expect(everyFile()).toEqual([target()]);
    if (process.platform !== 'win32') expect(statSync(target()).mode & 0o777).toBe(0o600);
  });

  it('shows nothing of it when the process is killed while it is made, and is gone at the next start', async () => {
    const child = await running(
      `void createWholeFiles(folder + '/unfinished').write(folder + '/out/cards.jsonl', async (stream) => {
         for (let at = 0; at < 20; at++) {
           if (!stream.write(NUMBER.repeat(5_000))) await new Promise((resolve) => stream.once('drain', resolve));
         }
         process.stdout.write('there');
         return new Promise(() => undefined);
       });
       await new Promise(() => undefined);`,
    );
    expect(everyFile().some((file) => statSync(file).size > 100_000)).toBe(true);
    await kill(child);
    expect(readable()).toEqual([]);
    await files().sweep();
    expect(everyFile()).toEqual([]);
  });

  it.runIf(process.platform !== 'win32')('takes the place of an older one, and of nothing else', async () => {
    const write = () =>
      files().write(target(), async (stream) => {
        stream.end('new');
        return true;
      });
    mkdirSync(target());
    await expect(write()).rejects.toThrow('found something else');
    rmSync(target(), { recursive: true });
    const server = createServer().listen(target());
    await once(server, 'listening');
    await expect(write()).rejects.toThrow('found something else');
    expect(statSync(target()).isSocket()).toBe(true);
    await new Promise((resolve) => server.close(resolve));
    for (const picture of [Buffer.of(0xff, 0xd8, 0xff, 0xe0), Buffer.from('%PDF-1.4')]) {
      writeFileSync(target(), picture);
      await expect(write()).rejects.toThrow('Expected no picture');
      expect(readFileSync(target())).toEqual(picture);
    }
    writeFileSync(target(), '');
    await write();
    await write();
    expect(everyFile().map((file) => readFileSync(file, 'utf8'))).toEqual(['new']);
  });

  it('takes no place of the records, of whichever profile, also not by a link', async () => {
    const profile = path.join(folder, 'profile');
    mkdirSync(path.join(profile, 'pictures/ab'), { recursive: true });
    writeFileSync(path.join(profile, 'profile.json'), '{}');
    symlinkSync(profile, path.join(folder, 'link'), 'junction');
    const write = (place: string) =>
      files().write(path.join(folder, place), async (stream) => {
        stream.end('new');
        return true;
      });
    const theirs = [
      'profile.json',
      'cards.db',
      'cards.db-wal',
      'cards.db.seal',
      'bin-rows.csv',
      'pictures/ab/cd',
    ];
    for (const name of theirs.flatMap((one) => [`profile/${one}`, `link/${one}`]))
      await expect(write(name), name).rejects.toThrow('outside of the records');
    expect(readFileSync(path.join(profile, 'profile.json'), 'utf8')).toBe('{}');
    expect(await write('profile/cards.xlsx')).toBe(true);
    expect(await write('out/cards.db')).toBe(true);
  });

  it('is removed at the next start when the process is killed while it is put in its place', async () => {
    const part = path.join(folder, `out/.cards.jsonl.${'ab'.repeat(8)}.part`);
    mkdirSync(path.join(folder, 'unfinished'));
    writeFileSync(path.join(folder, 'unfinished', `${'ab'.repeat(8)}.named`), part);
    writeFileSync(part, NUMBER);
    await files().sweep();
    expect(everyFile()).toEqual([]);
  });

  it('makes nobody remove what it did not write', async () => {
    writeFileSync(target(), 'somebody’s');
    mkdirSync(path.join(folder, 'unfinished'));
    writeFileSync(path.join(folder, 'unfinished', 'x.named'), target());
    writeFileSync(path.join(folder, 'unfinished', 'y.named'), '');
    await files().sweep();
    expect(everyFile()).toEqual([target()]);
  });

  it.each([
    ['fails', () => Promise.reject(new Error('broken off')), 'rejects'],
    ['is given up', () => Promise.resolve(false), false],
  ])('leaves the older one when it %s', async (_how, fill, answer) => {
    writeFileSync(target(), 'older');
    const done = files().write(target(), async (stream) => {
      stream.write(NUMBER);
      return fill();
    });
    if (answer === false) expect(await done).toBe(false);
    else await expect(done).rejects.toThrow('broken off');
    expect(readFileSync(target(), 'utf8')).toBe('older');
    expect(everyFile()).toEqual([target()]);
  });
});

describe('the folder of a run that keeps nothing', () => {
  const complaints: unknown[] = [];
  const sweep = () => sweepRunFolders(folder, (cause) => complaints.push(cause));

  it('stays while its process lives, and goes with what that left elsewhere when it is killed', async () => {
    const part = path.join(folder, `.cards.xlsx.${'cd'.repeat(8)}.part`);
    const child = await running(
      `const run = await makeRunFolder(folder);
       const { mkdirSync, writeFileSync } = await import('node:fs');
       mkdirSync(unfinishedIn(run.folder));
       writeFileSync(unfinishedIn(run.folder) + '/${'cd'.repeat(8)}.named', ${JSON.stringify(part)});
       writeFileSync(${JSON.stringify(part)}, NUMBER);`,
    );
    await sweep();
    expect(readdirSync(folder)).toHaveLength(2);
    await kill(child);
    await sweep();
    expect(readdirSync(folder)).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('stays where it has something to keep: in the place that is named, or where it is when that cannot be', async () => {
    for (const place of [path.join(folder, 'state/run'), path.join(folder, 'a file/run')]) {
      writeFileSync(path.join(folder, 'a file'), '');
      const run = await makeRunFolder(folder);
      writeFileSync(path.join(run.folder, 'kept'), 'kept');
      const kept = await run.keep(place);
      expect(kept).toBe(place.includes('state') ? place : run.folder);
      await sweep();
      expect(readdirSync(kept)).toEqual(['kept']);
    }
    expect(complaints).toEqual([]);
  });

  it('is not swept where its run was killed after it had a key put to it', async () => {
    const child = await running(
      `const run = await makeRunFolder(folder);
       const { writeFileSync } = await import('node:fs');
       writeFileSync(run.folder + '/profile.json', '{}');`,
    );
    await kill(child);
    await sweep();
    expect(everyFile().map((file) => path.basename(file))).toContain('profile.json');
  });

  it('goes at the end of its run', async () => {
    const run = await makeRunFolder(folder);
    expect(statSync(run.folder).mode & 0o077).toBe(0);
    await sweep();
    expect(existsSync(run.folder)).toBe(true);
    await run.remove();
    expect(readdirSync(folder)).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('is told from all that only looks like one', async () => {
    const made = (name: string) => {
      const place = path.join(folder, name);
      mkdirSync(place, { mode: 0o700 });
      writeFileSync(path.join(place, 'run.lock'), '');
      return place;
    };
    // Nobody's lock; open to others; a link to a folder; a link for a lock; another name; a file.
    mkdirSync(path.join(folder, 'cardproof-plain'), { mode: 0o700 });
    chmodSync(made('cardproof-shared'), 0o777);
    symlinkSync(made('elsewhere'), path.join(folder, 'cardproof-link'));
    rmSync(path.join(made('cardproof-linked'), 'run.lock'));
    symlinkSync(path.join(folder, 'elsewhere/run.lock'), path.join(folder, 'cardproof-linked/run.lock'));
    writeFileSync(path.join(folder, 'cardproof-file'), '');
    const before = readdirSync(folder);
    await sweep();
    expect(readdirSync(folder)).toEqual(before);
  });
});
