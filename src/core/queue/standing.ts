/**
 * Whether an engine can be asked. Each stands for itself: what one of them lacks (credentials, the network) holds up no card
 * that goes to another.
 */
import type { EngineName } from '../../shared/recognition';
import type { Clock } from '../cards/ports';
import type { JobOutcome } from '../recognition/judge';

export type Standstill =
  | { readonly kind: 'stopped'; readonly code: string }
  | { readonly kind: 'offline'; readonly code: string; readonly retryAt: number };

export interface Standing {
  /** How many calls may begin, of those that there is room for. */
  calls(engine: EngineName, room: number, running: number): number;
  /** What an attempt at an engine means for those that come after it. */
  follow(outcome: JobOutcome, engine: EngineName): void;
  of(engine: EngineName): Standstill | undefined;
  /** The earliest moment at which an engine that is out of reach should be tried. */
  retryAt(): number | undefined;
  /** A person says that it can go on. */
  clear(): void;
}

/** Waiting time before the network is tried again: doubles from the first to the last. */
const FIRST_PROBE_MS = 2_000;
const LAST_PROBE_MS = 30_000;

/** `own`: the engine for cards that no person asked another one for; only it can stop the queue. */
export function createStanding(clock: Clock, own: () => EngineName): Standing {
  const held = new Map<EngineName, Standstill>();
  const probes = new Map<EngineName, number>();

  function of(engine: EngineName): Standstill | undefined {
    const found = held.get(engine);
    // It was stopped while all cards went there; those that still ask for it by name fail for themselves.
    if (found?.kind === 'stopped' && engine !== own()) held.delete(engine);
    return held.get(engine);
  }

  function unreachable(engine: EngineName, code: string): void {
    const before = held.get(engine);
    const count = probes.get(engine) ?? 0;
    const delay = Math.min(FIRST_PROBE_MS * 2 ** count, LAST_PROBE_MS);
    // Calls that were under way together fail together: they count as one.
    if (before?.kind !== 'offline' || clock.now() >= before.retryAt) probes.set(engine, count + 1);
    held.set(engine, { kind: 'offline', code, retryAt: clock.now() + delay });
  }

  return {
    of,
    calls(engine, room, running) {
      const found = of(engine);
      if (found === undefined) return room;
      if (found.kind === 'stopped' || clock.now() < found.retryAt) return 0;
      // One card at a time finds out whether the network is back.
      return running > 0 ? 0 : Math.min(room, 1);
    },
    follow(outcome, engine) {
      if (of(engine)?.kind === 'stopped') return;
      if (outcome.kind === 'unreachable') unreachable(engine, outcome.code);
      else if (outcome.kind === 'failed' && outcome.stopsQueue && engine === own())
        held.set(engine, { kind: 'stopped', code: outcome.code });
      else if (outcome.kind !== 'cancelled') {
        held.delete(engine);
        probes.delete(engine);
      }
    },
    retryAt() {
      const times = [...held.values()].flatMap((one) => (one.kind === 'offline' ? [one.retryAt] : []));
      return times.length === 0 ? undefined : Math.min(...times);
    },
    clear() {
      held.clear();
      probes.clear();
    },
  };
}
