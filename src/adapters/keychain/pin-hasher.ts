/** PINs as scrypt hashes with a salt of their own, compared in constant time. Stored: `scrypt:COST:SALT:HASH` in hexadecimal. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import type { PinHasher } from '../../core/people/people';

/** OWASP's password storage cheat sheet names N = 2^15, r = 8 as a sound cost; a PIN is short, so the wait after wrong ones does the rest. */
const COST = 2 ** 15;
const BYTES = 32;

function derive(pin: string, salt: Buffer, cost: number): Promise<Buffer> {
  return new Promise((resolve, reject) =>
    scrypt(pin, salt, BYTES, { N: cost, r: 8, p: 1, maxmem: 256 * 1024 * 1024 }, (error, key) =>
      error ? reject(error) : resolve(key),
    ),
  );
}

export const pinHasher: PinHasher = {
  async hash(pin) {
    const salt = randomBytes(16);
    const key = await derive(pin, salt, COST);
    return `scrypt:${COST}:${salt.toString('hex')}:${key.toString('hex')}`;
  },
  async verify(pin, hash) {
    const [, cost = '', salt = '', expected = ''] = hash.split(':');
    const key = await derive(pin, Buffer.from(salt, 'hex'), Number(cost));
    return timingSafeEqual(key, Buffer.from(expected, 'hex'));
  },
};
