/** Intake's promises: by content and not by name, upright, within the limits, and a bad picture only fails itself. */
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileTool } from '../../src/adapters/files/file-tool';
import { createLinkTool } from '../../src/adapters/files/link-tool';
import { pictureTool } from '../../src/adapters/images/picture-tool';
import { MAX_PREPARED_BYTES } from '../../src/core/intake/formats';
import { findLinks } from '../../src/core/intake/links';
import type { CardId } from '../../src/shared/ids';
import { openTestDesk, type TestDesk } from '../helpers/test-desk';
import { writeBmp } from '../helpers/bmp';
import { plainPicture, writePictures } from '../helpers/pictures';
import { eventually } from '../helpers/eventually';

let test: TestDesk;
beforeEach(() => {
  test = openTestDesk();
  test.desk.queue.pause();
});
afterEach(() => test.dispose());

async function states(): Promise<Record<string, string>> {
  const ids = test.store.ids(
    { states: [], search: '', onlyWithWarnings: false },
    { key: 'takenIn', descending: false },
  );
  return Object.fromEntries(
    test.store.cards(ids).map(({ name, state }) => [name, state.kind === 'failed' ? state.code : state.kind]),
  );
}

function bmp(width: number, height: number): Buffer {
  return writeBmp({ width, height, depth: 24, pixel: () => 0xc8c8c8 });
}

describe('files and folders at intake', () => {
  it('takes a folder with good and bad pictures: the bad ones say why and hold up nothing', async () => {
    const folder = path.join(test.folder, 'in');
    const jpeg = await plainPicture().jpeg().toBuffer();
    await mkdir(path.join(folder, 'deeper'), { recursive: true });
    const files: Record<string, Buffer> = {
      'good.jpg': jpeg,
      'renamed.png': jpeg,
      'deeper/inner.webp': await plainPicture().webp().toBuffer(),
      'scan.tiff': await plainPicture().tiff().toBuffer(),
      'old.bmp': bmp(900, 600),
      'empty.jpg': Buffer.alloc(0),
      'cut.jpg': jpeg.subarray(0, jpeg.length / 2),
      'cut.bmp': bmp(900, 600).subarray(0, 5000),
      'text.jpg': Buffer.from('not a picture at all'),
      'phone.jpg': Buffer.from('\0\0\0\x18ftypheic\0\0\0\0heicmif1', 'latin1'),
      'series.jpg': Buffer.from('\0\0\0\x18ftypheis\0\0\0\0heismif1', 'latin1'),
      'paper.pdf': Buffer.from('%PDF-1.7 ...'),
      'bomb.bmp': Buffer.from(bmp(4, 4)),
      '.hidden.jpg': jpeg,
      'Thumbs.db': Buffer.from('x'),
      'line\nbreak 🂡.jpg': jpeg,
    };
    files['bomb.bmp']?.writeInt32LE(30_000, 18);
    files['bomb.bmp']?.writeInt32LE(30_000, 22);
    for (const [name, bytes] of Object.entries(files)) await writeFile(path.join(folder, name), bytes);
    await symlink('/etc/hostname', path.join(folder, 'link.jpg'));

    await test.desk.intake.take('mixed', {
      paths: [folder, path.join(folder, 'link.jpg'), path.join(folder, 'gone.jpg')],
    });
    await test.desk.intake.idle();
    expect(await states()).toEqual({
      'good.jpg': 'queued',
      'renamed.png': 'queued',
      'inner.webp': 'queued',
      'scan.tiff': 'queued',
      'old.bmp': 'queued',
      'line�break 🂡.jpg': 'queued',
      'empty.jpg': 'file.empty',
      'cut.jpg': 'picture.damaged',
      'cut.bmp': 'picture.damaged',
      'text.jpg': 'picture.unknownFormat',
      'phone.jpg': 'picture.heic',
      'series.jpg': 'picture.heic',
      'paper.pdf': 'picture.pdf',
      'bomb.bmp': 'picture.tooManyPixels',
      'link.jpg': 'file.notRegular',
      'gone.jpg': 'file.gone',
    });
    expect(test.defects).toEqual([]);
  });

  it.runIf(process.platform !== 'win32')('says of a socket what it is', async () => {
    const server = createServer().listen(path.join(test.folder, 'socket'));
    await once(server, 'listening');
    await test.desk.intake.take('socket', { paths: [path.join(test.folder, 'socket')] });
    await test.desk.intake.idle();
    server.close();
    expect(await states()).toEqual({ socket: 'file.notRegular' });
  });

  it('goes on past a folder that cannot be listed, which says so in the place of its files', async () => {
    const folder = path.join(test.folder, 'in');
    await writePictures(folder, 2);
    await writePictures(path.join(folder, 'first'), 1);
    await writePictures(path.join(folder, 'gone'), 1);
    await writePictures(path.join(folder, 'z'), 1);
    const listed: string[] = [];
    for await (const file of fileTool.walk(folder)) {
      listed.push(path.relative(folder, file.path));
      // Root may list everything: what goes while the walk is under way stands for what is refused.
      await rm(path.join(folder, 'gone'), { recursive: true, force: true });
    }
    expect(listed).toEqual(['first/scan-001.jpg', 'gone', 'scan-001.jpg', 'scan-002.jpg', 'z/scan-001.jpg']);
    expect(await fileTool.read(path.join(folder, 'gone'), 10)).toMatchObject({
      error: { code: 'file.gone' },
    });
    expect(await fileTool.read(path.join(folder, 'first'), 10)).toMatchObject({
      error: { code: 'folder.cannotRead' },
    });
  });

  it.skipIf(process.platform === 'win32')('opens files whose names are no text, each by itself', async () => {
    const folder = path.join(test.folder, 'in');
    const jpeg = await plainPicture().jpeg().toBuffer();
    for (const bytes of [[0xff], [0xfe], [0x25, 0xd6]]) {
      const below = Buffer.concat([Buffer.from(`${folder}/`), Buffer.from(bytes)]);
      await mkdir(below, { recursive: true });
      await writeFile(
        Buffer.concat([below, Buffer.from(`/卡%41`), Buffer.from(bytes), Buffer.from('.jpg')]),
        jpeg,
      );
    }
    await test.desk.intake.take('odd', { paths: [folder] });
    await test.desk.intake.idle();
    const cards = test.store.cards(test.store.ids({}, { key: 'takenIn', descending: false }));
    expect(cards.map(({ state }) => state.kind)).toEqual(['queued', 'queued', 'queued']);
    expect(new Set(cards.map(({ location }) => location)).size).toBe(3);
    expect(cards[0]?.name).toContain('卡%41');
  });
});

describe('intake', () => {
  it('keeps a picture of which nothing has to be cut away, hashed, and readable only through the store', async () => {
    const [file] = await writePictures(path.join(test.folder, 'in'), 1);
    await test.desk.intake.take('one', { paths: [file as string] });
    await test.desk.intake.idle();
    const card = test.store.card(1 as CardId);
    const original = await readFile(file as string);
    expect(card?.sha256).toBe(pictureTool.sha256(original));
    expect(Buffer.from(await test.pictures.get(card?.pictures.source ?? '')).equals(original)).toBe(true);
    expect(card?.pictures.original).toBe(card?.pictures.source);
  });

  it('takes bitmaps of the clipboard', async () => {
    const bytes = await plainPicture().png().toBuffer();
    await test.desk.intake.take('pasted', { clipboard: [{ name: 'Pasted picture', bytes }] });
    await test.desk.intake.idle();
    expect(await states()).toEqual({ 'Pasted picture': 'queued' });
  });

  it('goes on after a crash in the middle, also when a folder was not listed yet', async () => {
    const folder = path.join(test.folder, 'in');
    const files = await writePictures(folder, 6);
    test.store.transaction(() => {
      const batch = test.store.createBatch('interrupted', 1);
      test.store.addFolder(batch, folder);
      test.store.addCards(batch, [{ kind: 'file', name: 'scan-001.jpg', location: files[0] as string }], 1);
    });
    const after = openTestDesk({ folder: test.crash() });
    after.desk.start();
    await after.desk.intake.idle();
    expect(after.store.counts()).toMatchObject({ arriving: 0, failed: 0 });
    expect(
      after.store.ids(
        { states: [], search: 'scan-', onlyWithWarnings: false },
        { key: 'name', descending: false },
      ),
    ).toHaveLength(6);
    await after.dispose();
  });

  it('stops at once when cancelled, and keeps what was taken', async () => {
    await writePictures(path.join(test.folder, 'in'), 30);
    const batch = await test.desk.intake.take('many', { paths: [path.join(test.folder, 'in')] });
    await eventually(() => expect(test.store.counts().queued).toBeGreaterThan(0));
    test.desk.intake.cancel(batch);
    const atOnce = test.store.counts();
    expect(atOnce.arriving).toBe(0);
    await test.desk.intake.idle();
    // Also the ones that were being copied at that moment stay cancelled.
    expect(test.store.counts()).toEqual(atOnce);
  });
});

describe('preparation for the call', () => {
  it('leaves a JPEG within the limits untouched', async () => {
    const bytes = await plainPicture().jpeg().toBuffer();
    const prepared = await pictureTool.prepare(bytes);
    expect(prepared.ok && prepared.value.prepared).toBe(bytes);
    expect(prepared.ok && prepared.value.notes).toEqual([]);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8])('turns EXIF orientation %i upright', async (orientation) => {
    const swapped = orientation > 4;
    const bytes = await plainPicture(swapped ? 600 : 900, swapped ? 900 : 600)
      .withMetadata({ orientation })
      .jpeg()
      .toBuffer();
    const prepared = await pictureTool.prepare(bytes);
    if (!prepared.ok) throw new Error(prepared.error.code);
    const facts = await sharp(prepared.value.prepared).metadata();
    expect([facts.width, facts.height, facts.orientation ?? 1]).toEqual([900, 600, 1]);
  });

  it('shrinks what exceeds 7,000,000 base64 characters until it fits, as JPEG', async () => {
    const noise = randomBytes(3000 * 2400 * 3);
    const bytes = await sharp(noise, { raw: { width: 3000, height: 2400, channels: 3 } })
      .png()
      .toBuffer();
    expect(bytes.length).toBeGreaterThan(MAX_PREPARED_BYTES);
    const prepared = await pictureTool.prepare(bytes);
    if (!prepared.ok) throw new Error(prepared.error.code);
    expect(Buffer.from(prepared.value.prepared).toString('base64').length).toBeLessThanOrEqual(7_000_000);
    expect(prepared.value.notes).toEqual(['reencoded']);
  });

  it('never enlarges, and notes a picture under 500 x 800', async () => {
    const prepared = await pictureTool.prepare(await plainPicture(400, 300).webp().toBuffer());
    expect(prepared).toMatchObject({
      ok: true,
      value: { width: 400, height: 300, notes: ['smallPicture', 'reencoded'] },
    });
  });
});

describe('links', () => {
  it('are fetched or fail one by one, whatever is wrong with them', async () => {
    const links = createLinkTool(async () => undefined);
    for (const bad of [
      'https://[::bad/x.jpg',
      'https://a b/x.jpg',
      'https://',
      'http://u:p@a.example/x',
      'x',
    ])
      expect(await links.fetch(bad, 10, new AbortController().signal)).toMatchObject({
        error: { code: 'link.notALink' },
      });
    await test.desk.intake.take('links', {
      links: ['https://[::bad/x.jpg', 'https://a.example/1.jpg'].map((url) => ({ url, name: url })),
    });
    await test.desk.intake.idle();
    expect(Object.keys(await states())).toHaveLength(2);
  });

  it('finds one on each line and names every part that is none', () => {
    expect(findLinks('https://a.example/x/card.jpg\nhttp://b.example').links).toEqual([
      { url: 'https://a.example/x/card.jpg', name: 'card.jpg' },
      { url: 'http://b.example', name: 'b.example' },
    ]);
    expect(findLinks('https://a.example/\u001b[31mx.jpg').links[0]?.name).toBe('�[31mx.jpg');
    for (const bad of [
      'ftp://a.example/x',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'https://user@host/x',
    ]) {
      expect(findLinks(`https://a.example/1.jpg ${bad}`).bad).toEqual([bad]);
    }
  });
});
