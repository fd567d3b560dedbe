/**
 * Tells a service that fails from a card that does. One failure says nothing; failures in a row of several cards, or an answer
 * that is not the service's at all, say that every other card would fail as well: then all wait, one card from time to time
 * finds out whether it is over, and no card is blamed. Pure: `now` is monotonic ms.
 */
import type { CardId } from '../../shared/ids';

export interface Fault {
  readonly card: CardId;
  readonly code: string;
  /**
   * unsent: nothing left this computer. lost: it may have been paid for. alien: what answered is not the service.
   * own: the service says itself that something failed in it. haste: it was asked too fast.
   */
  readonly kind: 'unsent' | 'lost' | 'alien' | 'own' | 'haste';
}

export interface Outage {
  readonly code: string;
  /** Nothing leaves this computer: the network is down. */
  readonly unsent: boolean;
  /** Monotonic ms; one card may be tried from then on. */
  readonly retryAt: number;
}

export interface Breaker {
  /** Whom a failure is to be laid to. */
  failed(fault: Fault, now: number): 'card' | 'service';
  /** The service answered about a card. */
  worked(): void;
  outage(): Outage | undefined;
}

/** Failures in a row, of two cards at least, that are laid to the service; fewer of those that may cost money. */
const IN_A_ROW = 3;
const LOST_IN_A_ROW = 2;
/** Refusals for haste in a row after which asking on, however slowly, only adds to them. */
const REFUSED_IN_A_ROW = 20;

/** Waiting time before a card is tried again: doubles from the first to the last. A try may cost money where something is sent. */
const WAITS = {
  unsent: { firstMs: 2_000, lastMs: 30_000 },
  sent: { firstMs: 3_000, lastMs: 60_000 },
};

export function createBreaker(): Breaker {
  let row: readonly Fault[] = [];
  let refused = 0;
  let outage: (Outage & { readonly tries: number }) | undefined;

  function hold({ code, kind }: Fault, now: number): void {
    const unsent = kind === 'unsent';
    if (outage && now < outage.retryAt) {
      // Calls that were under way together fail together: they count as one.
      outage = { ...outage, code, unsent };
      return;
    }
    const tries = outage ? outage.tries + 1 : 0;
    const { firstMs, lastMs } = unsent ? WAITS.unsent : WAITS.sent;
    outage = { code, unsent, tries, retryAt: now + Math.min(firstMs * 2 ** tries, lastMs) };
  }

  function ofSeveral(): boolean {
    return new Set(row.map(({ card }) => card)).size > 1;
  }

  function met(kind: Fault['kind']): number {
    return row.filter((fault) => fault.kind === kind).length;
  }

  function isOutage(): boolean {
    if (met('unsent') > 0) return true;
    const enough = row.length >= IN_A_ROW || met('lost') >= LOST_IN_A_ROW;
    return enough && (ofSeveral() || met('alien') > 0);
  }

  /** It works and wants to be asked more slowly; where it only ever refuses, all wait. */
  function refuse(fault: Fault, now: number): void {
    row = [];
    refused = Math.min(refused + 1, REFUSED_IN_A_ROW);
    if (refused < REFUSED_IN_A_ROW) outage = undefined;
    else hold(fault, now);
  }

  return {
    failed(fault, now) {
      if (fault.kind === 'haste') {
        refuse(fault, now);
        return 'service';
      }
      row = [...row, fault].slice(-IN_A_ROW);
      if (outage !== undefined || isOutage()) {
        hold(fault, now);
        return 'service';
      }
      return fault.kind === 'alien' || ofSeveral() ? 'service' : 'card';
    },
    worked() {
      row = [];
      refused = 0;
      outage = undefined;
    },
    outage: () => outage,
  };
}
