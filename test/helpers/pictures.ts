/** Small pictures made on the spot: none is of a card, they only have to be pictures. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';

export function plainPicture(width = 900, height = 600, shade = 120, blue = 60) {
  return sharp({ create: { width, height, channels: 3, background: { r: shade, g: 90, b: blue } } });
}

/** Writes so many different JPEGs and gives their paths. Shades that lie closer together make the same bytes. */
export async function writePictures(folder: string, count: number): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return Promise.all(
    Array.from({ length: count }, async (_none, at) => {
      const file = path.join(folder, `scan-${String(at + 1).padStart(3, '0')}.jpg`);
      await writeFile(
        file,
        await plainPicture(900, 600, 20 + 5 * (at % 40), 20 + 5 * Math.floor(at / 40))
          .jpeg()
          .toBuffer(),
      );
      return file;
    }),
  );
}
