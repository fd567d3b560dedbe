/** Which cards go to which engine now, and when to look again. */
import { ENGINES, type EngineName } from '../../shared/recognition';
import type { Card, CardStore, Clock } from '../cards/ports';
import type { Engines } from '../recognition/engines';
import { askedByPerson } from './repeats';
import type { Standing } from './standing';
import type { UnderWay } from './under-way';
import type { Widths } from './width';

export interface Schedule {
  /** Begins every call that may begin, and looks again when the next one may. */
  fill(): void;
  /** Looks again no more, until it is filled. */
  callOff(): void;
}

export interface ScheduleTools {
  readonly store: Pick<CardStore, 'queuedFor' | 'nextWake'>;
  readonly clock: Clock;
  readonly engines: Pick<Engines, 'own'>;
  readonly standing: Standing;
  readonly widths: Widths;
  readonly underWay: UnderWay;
  /** The time has come to look again. */
  due(): void;
}

const LOOK_AT_LEAST_EVERY_MS = 60_000;

export function createSchedule(tools: ScheduleTools): Schedule {
  const { store, clock, engines, standing, widths, underWay } = tools;
  let calledOff: (() => void) | undefined;

  function fillOne(engine: EngineName, now: number): void {
    const running = underWay.at(engine);
    const calls = standing.calls(engine, widths.now(engine) - running, running);
    if (calls <= 0) return;
    // Those under way may still be queued, while their pictures are fetched.
    const limit = calls + underWay.count();
    const byName = store.queuedFor(engine, limit, now);
    const others = engine === engines.own() ? store.queuedFor(undefined, limit, now) : [];
    const free = [...byName, ...others].filter(({ id }) => !underWay.has(id)).sort(byTurn);
    let left = calls;
    for (const card of free) {
      if (left === 0) return;
      if (!askedByPerson(card) && underWay.asks(card, engine)) continue;
      underWay.begin(card, engine);
      left--;
    }
  }

  function lookAgain(now: number): void {
    const wakes = [store.nextWake(now), standing.retryAt()];
    const next = Math.min(...wakes.filter((at) => at !== undefined && at > now).map(Number));
    if (Number.isFinite(next))
      calledOff = clock.after(Math.min(next - now, LOOK_AT_LEAST_EVERY_MS), tools.due);
  }

  return {
    fill() {
      const now = clock.now();
      for (const engine of ENGINES) fillOne(engine, now);
      lookAgain(now);
    },
    callOff() {
      calledOff?.();
      calledOff = undefined;
    },
  };
}

/** As the store orders them. */
function byTurn(one: Card, other: Card): number {
  return turnOf(one) - turnOf(other) || one.id - other.id;
}

function turnOf({ state }: Card): number {
  return state.kind === 'queued' ? (state.notBefore ?? 0) : 0;
}
