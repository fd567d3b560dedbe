/** A key of 32 bytes out of a secret that people remember. */
import { scrypt } from 'node:crypto';
import type { ScryptCost } from './cost';

export const STRETCHED_BYTES = 32;

export function stretch(secret: string, salt: Buffer, given: ScryptCost): Promise<Buffer> {
  const { cost, blockSize, parallelization } = given;
  const options = { N: cost, r: blockSize, p: parallelization, maxmem: 256 * cost * blockSize };
  return new Promise((resolve, reject) =>
    scrypt(secret, salt, STRETCHED_BYTES, options, (error, key) => (error ? reject(error) : resolve(key))),
  );
}
