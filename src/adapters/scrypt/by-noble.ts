import { scrypt } from '@noble/hashes/scrypt.js';
import type { ScryptCost } from './cost';
import { STRETCHED_BYTES } from './stretch';

/** The same bytes as Node's, computed once and on the thread that calls. */
export function stretchByNoble(secret: Uint8Array, salt: Uint8Array, given: ScryptCost): Uint8Array {
  const { cost, blockSize, parallelization } = given;
  return scrypt(secret, salt, {
    N: cost,
    r: blockSize,
    p: parallelization,
    dkLen: STRETCHED_BYTES,
    maxmem: 128 * blockSize * (cost + parallelization + 1),
  });
}
