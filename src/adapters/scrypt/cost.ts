/** What a derivation by scrypt costs, and how much of it something that was stored may ask for. */
export interface ScryptCost {
  /** N, r and p of RFC 7914. */
  readonly cost: number;
  readonly blockSize: number;
  readonly parallelization: number;
}

/** For passphrases. OWASP's advice for scrypt, 2025: N = 2^17, r = 8, p = 1. */
export const PASSPHRASE_COST: ScryptCost = { cost: 2 ** 17, blockSize: 8, parallelization: 1 };

/** How many times what we write ourselves: room for a later version, but not for whoever changed a file. */
const MOST_TIMES = 4;

/** No cheaper than what we write and at most four times as dear, in memory as in time; each number a power of two. */
export function isFairCost(stored: ScryptCost, written: ScryptCost): boolean {
  const names = ['cost', 'blockSize', 'parallelization'] as const;
  if (!names.every((name) => isPowerOfTwo(stored[name]) && stored[name] >= written[name])) return false;
  return names.reduce((times, name) => times * (stored[name] / written[name]), 1) <= MOST_TIMES;
}

function isPowerOfTwo(value: number): boolean {
  return Number.isInteger(Math.log2(value)) && 2 ** Math.log2(value) === value;
}
