/** Does once, a little later, what many ask for meanwhile. */

/** What is asked for is done after so long, or when so many have asked for it. */
const AFTER_MS = 100;
const AFTER_CALLS = 64;

export interface Soon {
  /** `urgent`: now. */
  ask(urgent: boolean): void;
  now(): void;
  callOff(): void;
}

export function createSoon(work: () => void): Soon {
  let asked = 0;
  let timer: NodeJS.Timeout | undefined;

  function callOff(): void {
    clearTimeout(timer);
    timer = undefined;
    asked = 0;
  }
  function now(): void {
    callOff();
    work();
  }
  return {
    ask(urgent) {
      asked++;
      if (urgent || asked >= AFTER_CALLS) now();
      else timer ??= setTimeout(now, AFTER_MS).unref();
    },
    now,
    callOff,
  };
}
