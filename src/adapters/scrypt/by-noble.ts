import { scrypt } from '@noble/hashes/scrypt.js';
import type { ScryptCost } from './cost';
import { STRETCHED_BYTES } from './stretch';

/** The same bytes as Node's, on the thread that calls. */
export function stretchByNoble(
  secret: Uint8Array,
  salt: Uint8Array,
  given: ScryptCost,
): Uint8Array<ArrayBuffer> {
  const { cost, blockSize, parallelization } = given;
  const maxmem = 128 * blockSize * (cost + parallelization + 1);
  const key = scrypt(secret, salt, {
    N: cost,
    r: blockSize,
    p: parallelization,
    dkLen: STRETCHED_BYTES,
    maxmem,
  });
  return new Uint8Array(key);
}
