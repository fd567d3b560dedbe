/**
 * Parity of pages, so that a damaged one can be put back as it was: pages are dealt out to stripes in turn, and each stripe has
 * the exclusive or of its pages. What comes of it is believed only if it bears the page's mark, so parity needs no seal itself.
 */
import { PAGE_BYTES } from './wal';

/** Of so many pages those with the same place share a stripe: damage of up to 64 KB in one piece hits each stripe once. */
const STRIPES = 16;
/** 64 pages a stripe: parity takes a sixty-fourth of the database. */
const BLOCK = STRIPES * 64;

export const stripeOf = (page: number): number =>
  Math.floor((page - 1) / BLOCK) * STRIPES + ((page - 1) % STRIPES);

export function pagesOfStripe(stripe: number, pages: number): readonly number[] {
  const first = Math.floor(stripe / STRIPES) * BLOCK + (stripe % STRIPES) + 1;
  const found: number[] = [];
  for (let page = first; page < first + BLOCK && page <= pages; page += STRIPES) found.push(page);
  return found;
}

export const stripesFor = (pages: number): number => Math.ceil(pages / BLOCK) * STRIPES;

const wordsOf = (bytes: Buffer): Uint32Array | undefined =>
  bytes.byteOffset % 4 === 0 ? new Uint32Array(bytes.buffer, bytes.byteOffset, PAGE_BYTES / 4) : undefined;

/** `into` becomes the exclusive or of both; each is one page. */
export function mix(into: Buffer, bytes: Buffer): void {
  const [words, others] = [wordsOf(into), wordsOf(bytes)];
  if (words && others)
    for (let at = 0; at < words.length; at++) words[at] = (words[at] ?? 0) ^ (others[at] ?? 0);
  else for (let at = 0; at < PAGE_BYTES; at++) into[at] = (into[at] ?? 0) ^ (bytes[at] ?? 0);
}
