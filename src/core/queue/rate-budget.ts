/**
 * At most so many calls in any second, as a strict sliding window over the moments in which their first bytes leave: that is
 * how the cloud counts, and a connection may take longer than a call. A place that is taken counts until its call has left
 * and a window has passed, so that calls whose connections come about together cannot leave together.
 *
 * Below that the pace follows what the cloud says, since others may call with the same key: it begins at a part of what is
 * allowed, each refusal slows it down, and without refusals it grows again, slowly at first. Bounded: it remembers `calls` moments.
 *
 * What it remembers is plain data that several processes of one computer may share, and that outlives them: `kept` says where it lies.
 */
export interface Place {
  /** The first byte leaves now. */
  left(nowMs: number): void;
  /** The call has ended; one that never left gives its place back. */
  over(): void;
}

/** A call that left, or that has a place to leave. */
export interface Counted {
  /** The process that makes it. */
  readonly holder: string;
  /** When its first byte left, or its place was taken: ms of one clock that all who share it read, and that begins anew with the computer. */
  readonly at: number;
  /** Calls a second that its process allows. */
  readonly most: number;
}

export interface BudgetState {
  /** Of the last window. */
  readonly lefts: readonly Counted[];
  /** Calls that have not left yet. */
  readonly places: readonly (Counted & { readonly id: number })[];
  /** Who last asked in vain when. */
  readonly wanting: readonly { readonly holder: string; readonly at: number }[];
  /** When the last place was taken. */
  readonly lastAt: number;
  /** The pace below what the cloud allows; undefined: no longer below. */
  readonly held: HeldPace | undefined;
}

export interface HeldPace {
  /** Calls a second. */
  readonly pace: number;
  readonly grownAt: number | undefined;
  readonly refusedAt?: number;
}

/** Where the state lies. Nobody else changes it while `act` does; what it answers besides is handed on. */
export interface KeptBudget {
  /** Whose places are its own. */
  readonly holder: string;
  change<Answer>(act: (state: BudgetState) => readonly [BudgetState, Answer]): Answer;
}

export interface RateBudget {
  /** A place, or how many ms to wait before asking again. */
  reserve(nowMs: number): Place | number;
  /** Fewer or more calls a window from now on. */
  allow(calls: number): void;
  /** The cloud answered; `refused`: that calls come too fast. */
  answered(refused: boolean, nowMs: number): void;
  /** Calls a second at present. */
  pace(): number;
}

/**
 * The cloud counts by time of arrival: two calls can come closer together than they left. Our window is longer than the
 * cloud's second by what a steady network varies.
 */
export const WINDOW_MS = 1_050;

/**
 * The pace in calls a second: where it begins, and how much quicker it gets each second until the first refusal; what is left
 * of it after a refusal, and after one more within two seconds. These and the growth below were chosen by simulation: two, three and
 * five desks with one key that always have something to ask, against a strict second.
 */
const FIRST_PACE = 4;
const FIRST_GROWTH = 1;
const SLOWER = 0.9;
const SLOWER_STILL = 0.8;
const SOON_MS = 2_000;
/** Refusals of calls that left before the last slowing say nothing new. */
const SLOWED_AT_MOST_EVERY_MS = 150;
/** Slow near the pace that was refused; it doubles when that is LATER_MS ago and grows by its third power. */
const GROWTH = 0.02;
const GROWTH_AT_MOST = 0.5;
const LATER_MS = 30_000;
/** What the cloud allows for one key; a pace that has come so far is no longer held. */
const MOST_PACE = 10;
/** Nobody is slower than that: others may leave. */
const SLOWEST = 0.25;
/** Places whose calls have not left yet: nobody knows when they will. */
const ASK_AGAIN_MS = 20;

/** Who shares may have read the clock, and then had to wait for the state. */
const AHEAD_MS = 5_000;
/** Longer than a connection may take to come about: whoever holds one for longer has forgotten it. */
const PLACE_AT_MOST_MS = 150_000;
/** Nobody waits for longer for another process, which may be stopped; a call of it that leaves all the same counts from then on. */
const PLACE_OF_OTHERS_AT_MOST_MS = 10_000;

export const FRESH_BUDGET: BudgetState = {
  lefts: [],
  places: [],
  wanting: [],
  lastAt: -1e15,
  held: { pace: FIRST_PACE, grownAt: undefined },
};

/** Of one process alone. */
export function keptInMemory(): KeptBudget {
  let state = FRESH_BUDGET;
  return {
    holder: '',
    change(act) {
      const [next, answer] = act(state);
      state = next;
      return answer;
    },
  };
}

export function createRateBudget(calls: number, windowMs = WINDOW_MS, kept = keptInMemory()): RateBudget {
  let most = calls;
  let nextId = 1;

  const isMine = (one: Counted) => one.holder === kept.holder;

  function take(state: BudgetState, nowMs: number): readonly [BudgetState, number] {
    const id = nextId++;
    const place = { holder: kept.holder, id, at: nowMs, most };
    const wanting = state.wanting.filter(({ holder }) => holder !== kept.holder);
    return [{ ...state, places: [...state.places, place], wanting, lastAt: nowMs }, id];
  }

  /** It is given back; with `leftMs` its call counts for a window from then on. */
  function giveBack(id: number, leftMs?: number): void {
    kept.change((state) => {
      const places = state.places.filter((one) => one.id !== id || !isMine(one));
      const left = leftMs === undefined ? [] : [{ holder: kept.holder, at: leftMs, most }];
      return [{ ...state, places, lefts: [...state.lefts, ...left] }, undefined];
    });
  }

  /**
   * Ms until a call may leave; 0: now. Mine are within what I allow, all together within what the most generous allows, and where
   * others ask in vain nobody has more than an equal share.
   */
  function waitMs({ lefts, places, wanting, lastAt, held }: BudgetState, nowMs: number): number {
    if (held) {
      const gap = lastAt + 1_000 / held.pace - nowMs;
      if (gap > 0) return gap;
    }
    const everyone = [...lefts, ...places];
    const mine = everyone.filter(isMine);
    const mostOfAll = Math.max(most, ...everyone.map((one) => one.most));
    const others = wanting.filter(({ holder }) => holder !== kept.holder).length;
    const mayHave = Math.min(most, Math.ceil(mostOfAll / (others + 1)));
    if (mine.length < mayHave && everyone.length < mostOfAll) return 0;
    const counted = mine.length < mayHave ? lefts : lefts.filter(isMine);
    const untilFree = Math.max(1, Math.min(...counted.map(({ at }) => at)) + windowMs - nowMs);
    return places.length > 0 || others > 0 ? Math.min(untilFree, ASK_AGAIN_MS) : untilFree;
  }

  /** Others see that I ask. */
  function want(state: BudgetState, nowMs: number): BudgetState {
    const others = state.wanting.filter(({ holder }) => holder !== kept.holder);
    return { ...state, wanting: [...others, { holder: kept.holder, at: nowMs }] };
  }

  function placeOf(id: number): Place {
    let open = true;
    const close = (leftMs?: number) => {
      if (open) giveBack(id, leftMs);
      open = false;
    };
    return { left: close, over: () => close() };
  }

  return {
    reserve(nowMs) {
      const found = kept.change(
        (state): readonly [BudgetState, { readonly id?: number; readonly wait: number }] => {
          const current = grown(settled(state, kept.holder, windowMs, nowMs), nowMs);
          const wait = waitMs(current, nowMs);
          if (wait > 0) return [want(current, nowMs), { wait }];
          const [taken, id] = take(current, nowMs);
          return [taken, { id, wait }];
        },
      );
      return found.id === undefined ? found.wait : placeOf(found.id);
    },
    allow(changed) {
      most = changed;
    },
    answered(refused, nowMs) {
      kept.change((state) => {
        const current = grown(settled(state, kept.holder, windowMs, nowMs), nowMs);
        return [refused ? slowed(current, most, nowMs) : current, undefined];
      });
    },
    pace: () => kept.change((state) => [state, Math.min(most, state.held?.pace ?? MOST_PACE)]),
  };
}

/** The calls of a process that ended with places are counted as if they had left now: nobody knows. */
export function abandonPlaces(
  state: BudgetState,
  isOver: (holder: string) => boolean,
  nowMs: number,
): BudgetState {
  const over = state.places.filter(({ holder }) => isOver(holder));
  if (over.length === 0) return state;
  return {
    ...state,
    places: state.places.filter((place) => !over.includes(place)),
    lefts: [...state.lefts, ...over.map(({ holder, most }) => ({ holder, most, at: nowMs }))],
  };
}

/** What a process did while it was alone counts for the others too, once it shares again. */
export function rejoined(shared: BudgetState, alone: BudgetState, holder: string): BudgetState {
  const joined = <One extends Counted>(theirs: readonly One[], mine: readonly One[]) => [
    ...theirs.filter((one) => one.holder !== holder),
    ...mine.filter((one) => one.holder === holder),
  ];
  return {
    ...shared,
    lefts: joined(shared.lefts, alone.lefts),
    places: joined(shared.places, alone.places),
    lastAt: Math.max(shared.lastAt, alone.lastAt),
  };
}

/** Without what is over; and what the computer's clock is far from is of before its restart. */
function settled(state: BudgetState, me: string, windowMs: number, nowMs: number): BudgetState {
  const { lefts, places, wanting, lastAt, held } = state;
  const within = (at: number, ms: number) => at > nowMs - ms && at <= nowMs + AHEAD_MS;
  return {
    lefts: lefts.filter(({ at }) => within(at, windowMs)),
    places: places.filter(({ at, holder }) =>
      within(at, holder === me ? PLACE_AT_MOST_MS : PLACE_OF_OTHERS_AT_MOST_MS),
    ),
    wanting: wanting.filter(({ at }) => within(at, windowMs)),
    lastAt: lastAt <= nowMs + AHEAD_MS ? lastAt : FRESH_BUDGET.lastAt,
    held: held && {
      ...held,
      grownAt: held.grownAt === undefined ? undefined : Math.min(held.grownAt, nowMs),
      ...(held.refusedAt !== undefined && { refusedAt: Math.min(held.refusedAt, nowMs) }),
    },
  };
}

function grown(state: BudgetState, nowMs: number): BudgetState {
  const { held } = state;
  if (!held) return state;
  const seconds = (nowMs - (held.grownAt ?? nowMs)) / 1_000;
  const pace = held.pace + seconds * growth(held, nowMs);
  return { ...state, held: pace < MOST_PACE ? { ...held, pace, grownAt: nowMs } : undefined };
}

function slowed(state: BudgetState, most: number, nowMs: number): BudgetState {
  const since = nowMs - (state.held?.refusedAt ?? -Infinity);
  if (since < SLOWED_AT_MOST_EVERY_MS) return state;
  const left = Math.min(most, state.held?.pace ?? MOST_PACE) * (since < SOON_MS ? SLOWER_STILL : SLOWER);
  return { ...state, held: { pace: Math.max(SLOWEST, left), refusedAt: nowMs, grownAt: nowMs } };
}

/** Calls a second more for each second. */
function growth({ refusedAt }: HeldPace, nowMs: number): number {
  if (refusedAt === undefined) return FIRST_GROWTH;
  return Math.min(GROWTH_AT_MOST, GROWTH * (1 + ((nowMs - refusedAt) / LATER_MS) ** 3));
}
