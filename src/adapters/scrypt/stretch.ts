/** A key of 32 bytes out of a secret that people remember, by scrypt (RFC 7914). */
import { scrypt } from 'node:crypto';
import type { ScryptCost } from './cost';

export const STRETCHED_BYTES = 32;

export type Stretch = (secret: string, salt: Uint8Array, cost: ScryptCost) => Promise<Buffer>;

/**
 * For plain Node. Electron's library has no cheaper way to look at parameters than to compute with them, so there everything is
 * computed twice, the first time on the thread that calls: see stretch-process.ts.
 */
export const stretchByNode: Stretch = (secret, salt, given) => {
  const { cost, blockSize, parallelization } = given;
  const options = {
    N: cost,
    r: blockSize,
    p: parallelization,
    maxmem: 256 * blockSize * (cost + parallelization),
  };
  return new Promise((resolve, reject) =>
    scrypt(secret, salt, STRETCHED_BYTES, options, (error, key) => (error ? reject(error) : resolve(key))),
  );
};
