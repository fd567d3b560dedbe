/** A key of 32 bytes out of a secret that people remember, by scrypt (RFC 7914). */
import { scrypt } from 'node:crypto';
import type { ScryptCost } from './cost';

export const STRETCHED_BYTES = 32;

/** In Electron it holds the thread that calls it for a third of a second, while it looks at its parameters. */
export function stretch(secret: string, salt: Uint8Array, given: ScryptCost): Promise<Buffer> {
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
}
