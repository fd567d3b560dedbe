/**
 * How a process of ours ends, whatever ends it: once, in order and within a bound. What was begun by a signal is broken off by a
 * second one. Knows nothing of Electron.
 */
import os from 'node:os';
import type { Log } from '../adapters/files/log';
import type { CancelSignal } from '../core/recognition/ports';

/** How long is waited, in ms. */
export interface Patience {
  /** For calls that have left and may be paid for. */
  readonly calls: number;
  /** For all of it. */
  readonly all: number;
}

/** Calls: as long as one of them takes at most, unless the settings say otherwise. */
export const USUAL: Patience = { calls: 20_000, all: 30_000 };
/** The system ends: it gives about five seconds, and kills what is left. */
export const SYSTEM_ENDS: Patience = { calls: 2_500, all: 4_000 };

/** Nothing was lost that was on the disk, but not all was closed: the closing hung and was broken off. */
export const HUNG = 3;

/**
 * One act is often said more than once: `timeout` tells the process and then its group, npm hands on the Ctrl-C that the terminal
 * has told everybody, systemd sends SIGHUP after SIGTERM. Whoever asks again means it later.
 */
export const SAME_ACT_MS = 500;

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
export type EndSignal = (typeof SIGNALS)[number];

export const codeOf = (name: EndSignal): number => 128 + os.constants.signals[name];

export interface EndingTools {
  /** Ends all work in order; calls that have left only until `enough` fires. */
  close(enough: CancelSignal): Promise<unknown>;
  exit(code: number): void;
  readonly log: Log;
}

export interface Ending {
  /** The first code stands; less patience than before shortens what is left. */
  begin(code: number, patience?: Patience): void;
  /** As `begin`; a second signal ends at once, unless it comes with the first. */
  signal(name: EndSignal): void;
}

export function createEnding({ close, exit, log }: EndingTools): Ending {
  const enough = new AbortController();
  let underWay: { readonly code: number; readonly until: Patience; timers: NodeJS.Timeout[] } | undefined;
  let signalledAt: number | undefined;

  function arm({ calls, all }: Patience): NodeJS.Timeout[] {
    const seconds = Math.round(all / 1_000);
    const hung = () => {
      log(`closing took more than ${seconds} s and was broken off`);
      exit(HUNG);
    };
    return [setTimeout(() => enough.abort(), calls), setTimeout(hung, all)];
  }

  function begin(code: number, patience = USUAL): void {
    const now = performance.now();
    const until = { calls: now + patience.calls, all: now + patience.all };
    if (underWay) {
      if (until.all >= underWay.until.all) return;
      underWay.timers.forEach(clearTimeout);
      underWay = { code: underWay.code, until, timers: arm(patience) };
      return;
    }
    underWay = { code, until, timers: arm(patience) };
    close(enough.signal)
      .catch((error: unknown) => log('closing failed', error))
      .finally(() => {
        underWay?.timers.forEach(clearTimeout);
        exit(code);
      });
  }

  return {
    begin,
    signal(name) {
      const now = performance.now();
      if (signalledAt !== undefined && now - signalledAt < SAME_ACT_MS) return;
      if (signalledAt !== undefined) return exit(codeOf(name));
      signalledAt = now;
      begin(codeOf(name));
    },
  };
}

/** Ctrl-C, and what the system and other programs say to end a process; nothing else hears of it from now on. */
export function hearSignals(heard: (name: EndSignal) => void): void {
  for (const name of SIGNALS) process.on(name, () => heard(name));
}
