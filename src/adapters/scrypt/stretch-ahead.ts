import type { ScryptCost } from './cost';
import type { Stretch } from './stretch';

export interface Salted {
  readonly salt: Uint8Array;
  readonly cost: ScryptCost;
}

/**
 * Begins with a key before anybody asks for it, with the salt and cost that are expected. What comes of it stands only for the
 * same secret, salt and cost; it is handed over once and then forgotten. Whatever else is asked for is made by `stretch`.
 */
export function stretchAhead(
  stretch: Stretch,
  secret: string,
  expected: Promise<Salted | undefined>,
): Stretch {
  let ahead: Promise<(Salted & { readonly key: Buffer }) | undefined> | undefined = expected
    .then(async (given) => given && { ...given, key: await stretch(secret, given.salt, given.cost) })
    // Whoever asks for the key meets the same again, and says it.
    .catch(() => undefined);
  return async (asked, salt, cost) => {
    const begun = asked === secret ? await ahead : undefined;
    if (!begun || !isSame(begun, { salt, cost })) return stretch(asked, salt, cost);
    ahead = undefined;
    return begun.key;
  };
}

function isSame(one: Salted, other: Salted): boolean {
  const names = ['cost', 'blockSize', 'parallelization'] as const;
  return (
    Buffer.compare(one.salt, other.salt) === 0 && names.every((name) => one.cost[name] === other.cost[name])
  );
}
