/** Pictures with something hidden in their files, and what has to be left of them. */
import sharp, { type Sharp } from 'sharp';
import { expect } from 'vitest';
import { pictureTool } from '../../src/adapters/images/picture-tool';
import type { PreparedPicture } from '../../src/core/intake/ports';
import { randomFrom } from '../../tools/specimens/random';

export const HIDDEN = 'a code that nobody may keep';
export const hidden = Buffer.from(HIDDEN);

const random = randomFrom('noise');
export const NOISE = Buffer.from(Array.from({ length: 83 * 57 * 3 }, () => random.whole(0, 255)));
export const noise = (): Sharp => sharp(NOISE, { raw: { width: 83, height: 57, channels: 3 } }).blur(2);

export async function prepared(bytes: Uint8Array): Promise<PreparedPicture> {
  const result = await pictureTool.prepare(bytes);
  if (!result.ok) throw new Error(result.error.code, { cause: result.error.cause });
  for (const kept of [result.value.prepared, result.value.thumb])
    expect(Buffer.from(kept).includes(hidden)).toBe(false);
  return result.value;
}

/** As the decoder shows it, whatever else the file holds. */
export function pixels(bytes: Uint8Array): Promise<Buffer> {
  return sharp(bytes, { failOn: 'none' }).autoOrient().toColourspace('srgb').raw().toBuffer();
}

/** The same picture in the same coding, without what was hidden in its file. */
export async function expectOwnData(bytes: Uint8Array): Promise<PreparedPicture> {
  const picture = await prepared(bytes);
  expect(picture.notes).not.toContain('reencoded');
  expect((await pixels(picture.prepared)).equals(await pixels(bytes))).toBe(true);
  return picture;
}
