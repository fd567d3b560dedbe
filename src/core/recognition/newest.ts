import { ENGINES } from '../../shared/recognition';
import type { Attempt } from './ports';

/** The newest answer of each engine that has one, in the order of the table. */
export function newestAttempts(attempts: readonly Attempt[]): readonly Attempt[] {
  return ENGINES.flatMap(
    (engine) => attempts.findLast((one) => one.engine === engine && one.outcome === 'finished') ?? [],
  );
}
