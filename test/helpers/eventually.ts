import { vi } from 'vitest';

/** Until what it asserts holds, however long a busy computer takes; what never holds fails with its own words. */
export function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(check, { timeout: 50_000, interval: 20 });
}
