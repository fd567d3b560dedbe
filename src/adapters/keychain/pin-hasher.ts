/** PINs as scrypt hashes with a salt of their own, compared in constant time. Stored: `scrypt:COST:SALT:HASH` in hexadecimal. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { PinHasher } from '../../core/people/people';
import { fail, ok } from '../../shared/result';
import { isFairCost, type ScryptCost } from '../scrypt/cost';
import { STRETCHED_BYTES, type Stretch } from '../scrypt/stretch';

/** OWASP's password storage cheat sheet names N = 2^15, r = 8 as a sound cost; a PIN is short, so the wait after wrong ones does the rest. */
const PIN_COST: ScryptCost = { cost: 2 ** 15, blockSize: 8, parallelization: 1 };
const SALT_BYTES = 16;

export function createPinHasher(stretch: Stretch): PinHasher {
  return {
    async hash(pin) {
      const salt = randomBytes(SALT_BYTES);
      const key = await stretch(pin, salt, PIN_COST);
      return `scrypt:${PIN_COST.cost}:${salt.toString('hex')}:${key.toString('hex')}`;
    },
    async verify(pin, hash) {
      const stored = storedIn(hash);
      if (!stored) return fail('people.pinDamaged');
      const key = await stretch(pin, stored.salt, stored.cost);
      return ok(timingSafeEqual(key, stored.key));
    },
  };
}

interface Stored {
  readonly cost: ScryptCost;
  readonly salt: Buffer;
  readonly key: Buffer;
}

/** Undefined for whatever `hash` did not write: a cost of any size would take memory and time of any size. */
function storedIn(hash: string): Stored | undefined {
  const [, power = '', salt = '', key = ''] = /^scrypt:(\d{1,9}):([0-9a-f]+):([0-9a-f]+)$/.exec(hash) ?? [];
  const cost = { ...PIN_COST, cost: Number(power) };
  const fair = isFairCost(cost, PIN_COST);
  if (!fair || salt.length !== 2 * SALT_BYTES || key.length !== 2 * STRETCHED_BYTES) return undefined;
  return { cost, salt: Buffer.from(salt, 'hex'), key: Buffer.from(key, 'hex') };
}
