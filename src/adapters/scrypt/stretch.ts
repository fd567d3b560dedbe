/** A key of 32 bytes out of a secret that people remember, by scrypt (RFC 7914). */
import { scrypt } from 'node:crypto';
import type { ScryptCost } from './cost';

export const STRETCHED_BYTES = 32;

export type Stretch = (secret: string, salt: Uint8Array, cost: ScryptCost) => Promise<Buffer>;

/** In Electron it holds the thread that calls it for a third of a second, while it looks at its parameters. */
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
