/** What is stored of a PIN lies in a file that others may have changed. */
import { describe, expect, it } from 'vitest';
import { stretchByNode } from '../scrypt/stretch';
import { createPinHasher } from './pin-hasher';

const pinHasher = createPinHasher(stretchByNode);

const SALT = 'ab'.repeat(16);
const HASH = 'cd'.repeat(32);

describe('PINs', () => {
  it('are told from others, and what is stored holds none', async () => {
    const stored = await pinHasher.hash('2468');
    expect(stored).not.toContain('2468');
    expect(await pinHasher.verify('2468', stored)).toEqual({ ok: true, value: true });
    expect(await pinHasher.verify('2469', stored)).toEqual({ ok: true, value: false });
  });

  it.each([
    ['a cost of any size', `scrypt:${2 ** 28}:${SALT}:${HASH}`],
    ['eight times the cost', `scrypt:${2 ** 18}:${SALT}:${HASH}`],
    ['a cost below ours', `scrypt:2:${SALT}:${HASH}`],
    ['a cost that is no power of two', `scrypt:${2 ** 15 + 2}:${SALT}:${HASH}`],
    ['a cost that is no number', `scrypt:much:${SALT}:${HASH}`],
    ['a short hash', `scrypt:${2 ** 15}:${SALT}:cd`],
    ['a long hash', `scrypt:${2 ** 15}:${SALT}:${HASH}00`],
    ['no hash', `scrypt:${2 ** 15}:${SALT}:`],
    ['a short salt', `scrypt:${2 ** 15}:ab:${HASH}`],
    ['another way', `plain:${2 ** 15}:${SALT}:${HASH}`],
    ['nothing', ''],
  ])('are not compared with what was stored with %s', async (_what, stored) => {
    expect(await pinHasher.verify('2468', stored)).toMatchObject({
      ok: false,
      error: { code: 'people.pinDamaged' },
    });
  });
});
