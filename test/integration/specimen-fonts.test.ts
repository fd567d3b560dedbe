/** Specimens are set in fonts that come with the packages: a machine without fonts draws the same pictures. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { FACES, svg } from '../../tools/specimens/fonts';

const root = fileURLToPath(new URL('../../', import.meta.url));
/** The window's pictures, and the demonstration's: no test reads them. */
const DRAWN_BY_A_BROWSER = /^(renderer|demo)[\\/]/;

function drawn(face: string, text: string): Promise<Buffer> {
  const content = `<text x="10" y="60" font-family="${face}" font-size="48">${text}</text>`;
  return sharp(svg(400, 80, content))
    .flatten({ background: '#fff' })
    .raw()
    .toBuffer();
}

describe('the fonts of specimens', () => {
  it('are each a face of its own, none standing in for a missing one', async () => {
    const pictures = await Promise.all(FACES.map((face) => drawn(face, '0123456789')));
    const different = new Set(pictures.map((picture) => picture.toString('base64')));
    expect(different.size).toBe(FACES.length);
  });

  it('draw letters, where a machine without any would draw the same box for each', async () => {
    for (const [one, other] of [
      ['8', '1'],
      ['A', 'B'],
    ] as const) {
      for (const face of FACES) expect(await drawn(face, one)).not.toEqual(await drawn(face, other));
    }
    expect(await drawn('Noto Sans S Chinese', '样')).not.toEqual(await drawn('Noto Sans S Chinese', '卡'));
  });

  it.each(['Liberation Sans', 'Noto Sans CJK SC', 'sans-serif', 'Arimo, Helvetica'])(
    'are an error where a drawing asks for another: %s',
    (face) => {
      expect(() => svg(10, 10, `<text font-family="${face}">1</text>`)).toThrow('received the face');
    },
  );

  it('are named by whatever draws letters', () => {
    expect(() => svg(10, 10, '<text>1</text>')).toThrow('received none');
  });

  it('are the only ones: no test draws a document with letters by itself', () => {
    const sources = ['test', 'tools', 'src'].flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts') && !DRAWN_BY_A_BROWSER.test(name))
        .map((name) => join(root, folder, name)),
    );
    const byItself = sources.filter((file) => {
      const source = readFileSync(file, 'utf8');
      return /<svg\b/.test(source) && /<text\b/.test(source) && !file.endsWith('specimen-fonts.test.ts');
    });
    expect(byItself).toEqual([join(root, 'tools/specimens/fonts.ts')]);
  });
});
