/**
 * Whether an engine can be asked. Each stands for itself: what one of them lacks (credentials, the network) or suffers from
 * holds up no card that goes to another.
 */
import type { EngineName } from '../../shared/recognition';
import type { CardId } from '../../shared/ids';
import type { Clock } from '../cards/ports';
import { classify, isOfPicture } from '../recognition/errors';
import { ALIEN_ANSWER, isLost, type JobOutcome } from '../recognition/judge';
import type { EngineAnswer } from '../recognition/ports';
import { createBreaker, type Breaker, type Fault } from './breaker';

export type Standstill =
  | { readonly kind: 'stopped'; readonly code: string }
  /** offline: nothing leaves this computer. failing: what leaves is not answered as it should be. `retryAt`: epoch ms. */
  | { readonly kind: 'offline' | 'failing'; readonly code: string; readonly retryAt: number };

export interface Standing {
  /** How many calls may begin, of those that there is room for. */
  calls(engine: EngineName, room: number, running: number): number;
  /** The next call only finds out whether an engine can be asked again; a card that lost much is not risked for it. */
  probing(engine: EngineName): boolean;
  /** Whether there is a card to find out with; if not, a person has to say that it can go on, or another card come. */
  canProbe(engine: EngineName, can: boolean): void;
  /** An answer came: whom a failure is to be laid to. Once for every call, before it is judged. */
  heard(card: CardId, engine: EngineName, answer: EngineAnswer): 'card' | 'service';
  /** What an attempt at an engine means for those that come after it. */
  follow(outcome: JobOutcome, engine: EngineName): void;
  of(engine: EngineName): Standstill | undefined;
  /** Ms from now until an engine should be tried; the shortest. */
  retryIn(): number | undefined;
  /** A person says that it can go on. */
  clear(): void;
}

/** `own`: the engine for cards that no person asked another one for; only it can stop the queue. */
export function createStanding(clock: Clock, own: () => EngineName): Standing {
  const refused = new Map<EngineName, string>();
  const breakers = new Map<EngineName, Breaker>();
  const nothingToRisk = new Set<EngineName>();

  function breaker(engine: EngineName): Breaker {
    const found = breakers.get(engine) ?? createBreaker();
    breakers.set(engine, found);
    return found;
  }

  function refusal(engine: EngineName): string | undefined {
    // It was stopped while all cards went there; those that still ask for it by name fail for themselves.
    if (engine !== own()) refused.delete(engine);
    return refused.get(engine);
  }

  function of(engine: EngineName): Standstill | undefined {
    const code = refusal(engine);
    if (code !== undefined) return { kind: 'stopped', code };
    const outage = breakers.get(engine)?.outage();
    if (!outage) return undefined;
    if (nothingToRisk.has(engine)) return { kind: 'stopped', code: outage.code };
    const retryAt = clock.now() + Math.max(0, outage.retryAt - clock.monotonic());
    return { kind: outage.unsent ? 'offline' : 'failing', code: outage.code, retryAt };
  }

  return {
    of,
    calls(engine, room, running) {
      if (refusal(engine) !== undefined) return 0;
      const outage = breakers.get(engine)?.outage();
      if (!outage) return room;
      if (clock.monotonic() < outage.retryAt) return 0;
      return running > 0 ? 0 : Math.min(room, 1);
    },
    probing: (engine) => breakers.get(engine)?.outage() !== undefined,
    canProbe(engine, can) {
      if (can) nothingToRisk.delete(engine);
      else nothingToRisk.add(engine);
    },
    heard(card, engine, answer) {
      if (answer.kind === 'cancelled') return 'card';
      nothingToRisk.delete(engine);
      const kind = faultOf(answer);
      if (kind !== undefined && answer.kind === 'error')
        return breaker(engine).failed({ card, code: answer.code, kind }, clock.monotonic());
      breaker(engine).worked();
      return 'card';
    },
    follow(outcome, engine) {
      if (outcome.kind === 'failed' && outcome.stopsQueue && engine === own())
        refused.set(engine, outcome.code);
    },
    retryIn() {
      const times = [...breakers].flatMap(([engine, { outage }]) => {
        const at = nothingToRisk.has(engine) ? undefined : outage()?.retryAt;
        return at === undefined ? [] : [Math.max(0, at - clock.monotonic())];
      });
      return times.length === 0 ? undefined : Math.min(...times);
    },
    clear() {
      refused.clear();
      breakers.clear();
      nothingToRisk.clear();
    },
  };
}

/** What an answer has to say of its engine; undefined: that it works. */
function faultOf(answer: EngineAnswer): Fault['kind'] | undefined {
  if (answer.kind !== 'error') return undefined;
  if (answer.code === 'client.network' && !answer.sent) return 'unsent';
  if (answer.code === ALIEN_ANSWER) return 'alien';
  if (isLost(answer)) return 'lost';
  if (isOfPicture(answer.code)) return undefined;
  const meaning = classify(answer.code).class;
  if (meaning === 'throttle') return 'haste';
  return meaning === 'transient' ? 'own' : undefined;
}
