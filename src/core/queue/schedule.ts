/** Which cards go to which engine now, and when to look again. */
import { ENGINES, type EngineName } from '../../shared/recognition';
import type { Card, CardStore, Clock } from '../cards/ports';
import type { Engines } from '../recognition/engines';
import { REPEATS_IN_OUTAGE } from '../recognition/judge';
import type { AttemptStore } from '../recognition/ports';
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
  readonly store: Pick<CardStore, 'queuedFor' | 'nextWake'> & Pick<AttemptStore, 'attempts'>;
  readonly clock: Clock;
  /** The time by which waits are measured, epoch ms. */
  steady(): number;
  readonly engines: Pick<Engines, 'own'>;
  readonly standing: Standing;
  readonly widths: Widths;
  readonly underWay: UnderWay;
  /** The time has come to look again. */
  due(): void;
}

const LOOK_AT_LEAST_EVERY_MS = 60_000;
/** Among so many that come next one is looked for that may be risked. */
const LOOKED_THROUGH = 50;

export function createSchedule(tools: ScheduleTools): Schedule {
  const { store, clock, engines, standing, widths, underWay } = tools;
  let calledOff: (() => void) | undefined;

  function fillOne(engine: EngineName, now: number): void {
    const running = underWay.at(engine);
    const calls = standing.calls(engine, widths.now(engine) - running, running);
    if (calls <= 0) return;
    const probing = standing.probing(engine);
    // Those under way may still be queued, while their pictures are fetched.
    const limit = (probing ? LOOKED_THROUGH : calls) + underWay.count();
    const byName = store.queuedFor(engine, limit, now);
    const others = engine === engines.own() ? store.queuedFor(undefined, limit, now) : [];
    const free = [...byName, ...others].filter(({ id }) => !underWay.has(id)).sort(byTurn);
    const ready = free.filter((card) => askedByPerson(card) || !underWay.asks(card, engine));
    const may = probing ? ready.filter(mayBeRisked) : ready;
    if (probing && ready.length > 0) standing.canProbe(engine, may.length > 0);
    begin(may, engine, calls);
  }

  function begin(cards: readonly Card[], engine: EngineName, most: number): void {
    let left = most;
    for (const card of cards) {
      if (left === 0) return;
      // One of the same picture may have begun just now.
      if (!askedByPerson(card) && underWay.asks(card, engine)) continue;
      underWay.begin(card, engine);
      left--;
    }
  }

  /** Not one that has lost as many answers as may be: they may all have been paid for. */
  function mayBeRisked({ id }: Card): boolean {
    return store.attempts(id).filter(({ maybeCharged }) => maybeCharged).length < REPEATS_IN_OUTAGE;
  }

  function lookAgain(now: number): void {
    const wake = store.nextWake(now);
    const waits = [wake === undefined ? undefined : wake - now, standing.retryIn()];
    const wait = Math.min(...waits.filter((ms) => ms !== undefined && ms > 0).map(Number));
    if (Number.isFinite(wait)) calledOff = clock.after(Math.min(wait, LOOK_AT_LEAST_EVERY_MS), tools.due);
  }

  return {
    fill() {
      const now = tools.steady();
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
