/** What is kept and sent of a PNG is what was looked at: its own data, and nothing else that came in its file. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectOwnData, hidden, noise, prepared } from '../helpers/own-data';
import { plainPicture } from '../helpers/pictures';
import { chunksOf, pngOf, withData, type Chunk } from '../helpers/png';

const PNGS: Readonly<Record<string, () => Promise<Buffer>>> = {
  colours: () => noise().png().toBuffer(),
  grey: () => noise().greyscale().toColourspace('b-w').png().toBuffer(),
  palette: () => noise().png({ palette: true, colours: 16 }).toBuffer(),
  interlaced: () => noise().png({ progressive: true }).toBuffer(),
  'interlaced palette': () => noise().png({ palette: true, colours: 4, progressive: true }).toBuffer(),
  'one pixel, interlaced': () => noise().resize(1, 1).png({ progressive: true }).toBuffer(),
};
const ANCILLARY = [
  'tEXt',
  'zTXt',
  'iTXt',
  'eXIf',
  'gAMA',
  'cHRM',
  'sBIT',
  'hIST',
  'pHYs',
  'prVt',
  'fcTL',
  'fdAT',
];

describe('a PNG', () => {
  it.each(Object.keys(PNGS))('loses every other chunk, and no pixel: %s', async (name) => {
    const png = (await PNGS[name]?.()) as Buffer;
    const chunks = chunksOf(png);
    const clean = pngOf(chunks.filter((chunk) => ['IHDR', 'PLTE', 'IDAT', 'IEND'].includes(chunk.name)));
    const firstData = chunks.findIndex((chunk) => chunk.name === 'IDAT');
    // Anywhere but within the picture's data, which must not be parted.
    const places = chunks
      .map((_chunk, at) => at)
      .filter((at) => at > 0 && (at <= firstData || at === chunks.length - 1));
    const anywhere = fc.record({ place: fc.constantFrom(...places), name: fc.constantFrom(...ANCILLARY) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(anywhere, { minLength: 1, maxLength: 5 }),
        fc.boolean(),
        async (all, after) => {
          const more: Chunk[] = [...chunks];
          for (const one of all.toSorted((a, b) => b.place - a.place))
            more.splice(one.place, 0, { name: one.name, data: hidden });
          const bytes = Buffer.concat([pngOf(more), after ? hidden : Buffer.alloc(0)]);
          expect(Buffer.from((await expectOwnData(bytes)).prepared).equals(clean)).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
  });

  it.each(Object.keys(PNGS))('is encoded anew where its data hold more than its rows: %s', async (name) => {
    const png = (await PNGS[name]?.()) as Buffer;
    const behind = withData(png, { packed: (data) => Buffer.concat([data, hidden]) });
    const beyond = withData(png, { unpacked: (rows) => Buffer.concat([rows, hidden]) });
    for (const bytes of [behind, beyond]) expect((await prepared(bytes)).notes).toContain('reencoded');
  });

  it('loses a palette that its colours do not need', async () => {
    const png = chunksOf(await noise().png().toBuffer());
    const palette = { name: 'PLTE', data: hidden };
    expect(hidden.length % 3).toBe(0);
    await expectOwnData(pngOf([...png.slice(0, 1), palette, ...png.slice(1)]));
  });

  it('is encoded anew where it is not plain', async () => {
    const text = { name: 'tEXt', data: hidden };
    for (const png of [
      await noise().toColourspace('rgb16').png().toBuffer(),
      await noise().ensureAlpha(0.5).png().toBuffer(),
      await plainPicture(60, 40, 250).withIccProfile('p3').png().toBuffer(),
    ]) {
      const [head, ...rest] = chunksOf(png);
      const picture = await prepared(pngOf([head as Chunk, text, ...rest]));
      expect(picture.notes).toContain('reencoded');
    }
  });
});
