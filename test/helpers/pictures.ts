/** Small pictures made on the spot: none is of a card, they only have to be pictures. */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';

export function plainPicture(width = 900, height = 600, shade = 120) {
  return sharp({ create: { width, height, channels: 3, background: { r: shade, g: 90, b: 60 } } });
}

/** Writes so many different JPEGs and gives their paths. */
export async function writePictures(folder: string, count: number): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return Promise.all(
    Array.from({ length: count }, async (_none, at) => {
      const file = path.join(folder, `scan-${String(at + 1).padStart(3, '0')}.jpg`);
      await writeFile(
        file,
        await plainPicture(900, 600, 20 + at)
          .jpeg()
          .toBuffer(),
      );
      return file;
    }),
  );
}
