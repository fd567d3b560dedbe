/**
 * The rate budget of one key at one service, shared by all processes of this user on this computer and remembered until the
 * computer starts anew. Its file holds moments and counts, and in its name nothing that the key could be found from.
 */
import { createHash, randomUUID } from 'node:crypto';
import { lstatSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import {
  abandonPlaces,
  FRESH_BUDGET,
  rejoined,
  type BudgetState,
  type KeptBudget,
} from '../../core/queue/rate-budget';
import { openSharedText, type SharedText } from '../sqlite/shared-text';

const CountedSchema = z.object({ holder: z.string(), at: z.number(), most: z.number().int().positive() });
const BudgetSchema: z.ZodType<BudgetState> = z.object({
  lefts: z.array(CountedSchema).max(1_000),
  places: z.array(CountedSchema.extend({ id: z.number().int() })).max(1_000),
  wanting: z.array(z.object({ holder: z.string(), at: z.number() })).max(1_000),
  lastAt: z.number(),
  held: z
    .object({ pace: z.number().positive(), grownAt: z.number().optional(), refusedAt: z.number().optional() })
    .optional() as z.ZodType<BudgetState['held']>,
});

const FOLDER = 'cardproof-rate';
/** In a row: each may hold this thread for as long as the file is waited for. */
const FAILURES_AT_MOST = 3;
/** After them it is tried once in so long: whoever held the file may have gone on. */
const TRIED_AGAIN_MS = 30_000;
/** A key that nobody used for so long needs no budget. */
const UNUSED_MS = 7 * 24 * 3_600_000;

/** Of this process, which may have the number of one that ended: where each has its own count of them, such as in a container. */
const ours = new Set<string>();

/** Ms of the clock that all processes of a computer read. */
export const computerClock = (): number => Number(process.hrtime.bigint() / 1_000n) / 1_000;

/** `key`: what the cloud counts by. Where no file can be shared this process goes on alone with what it saw last, and says so. */
export function shareBudget(
  key: string,
  complain: (cause: unknown) => void,
  temporary = os.tmpdir(),
  clock = computerClock,
): KeptBudget {
  const holder = `${process.pid} ${randomUUID()}`;
  ours.add(holder);
  let seen = FRESH_BUDGET;
  let shared: SharedText | undefined;
  let failures = 0;
  let aloneUntil = -Infinity;
  let file: string | undefined;

  function alone<Answer>(act: (state: BudgetState) => readonly [BudgetState, Answer]): Answer {
    const [next, answer] = act(seen);
    seen = next;
    return answer;
  }

  return {
    holder,
    change(act) {
      if (clock() < aloneUntil) return alone(act);
      try {
        file ??= fileOf(key, temporary);
        shared ??= openSharedText(file);
        const changed = shared.change((text) => {
          const found = text === undefined ? seen : stateIn(text);
          const state = abandonPlaces(
            failures === 0 ? found : rejoined(found, seen, holder),
            (one) => one !== holder && isOver(one),
            clock(),
          );
          const [next, answer] = act(state);
          return [JSON.stringify(next), { next, answer }];
        });
        seen = changed.next;
        failures = 0;
        return changed.answer;
      } catch (cause) {
        if (++failures <= FAILURES_AT_MOST) complain(cause);
        if (failures >= FAILURES_AT_MOST) aloneUntil = clock() + TRIED_AGAIN_MS;
        // Of a computer that lost its power, say: nothing in it is worth more than a window.
        if (file !== undefined && /not a database|malformed/.test(String(cause))) {
          shared?.close();
          shared = undefined;
          rmSync(file, { force: true });
        }
        return alone(act);
      }
    },
  };
}

/** What nobody wrote whole is as if nobody had written it. */
function stateIn(text: string): BudgetState {
  const read = BudgetSchema.safeParse(JSON.parse(text));
  return read.success ? read.data : FRESH_BUDGET;
}

/** Whether the process has ended. */
function isOver(holder: string): boolean {
  const pid = Number.parseInt(holder, 10);
  if (pid === process.pid) return !ours.has(holder);
  try {
    process.kill(pid, 0);
    return false;
  } catch (cause) {
    return (cause as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** In a folder of this user's own. Throws where somebody else made it. */
function fileOf(key: string, temporary: string): string {
  const uid = process.getuid?.();
  const folder = path.join(temporary, uid === undefined ? FOLDER : `${FOLDER}-${uid}`);
  mkdirSync(folder, { mode: 0o700, recursive: true });
  const found = lstatSync(folder);
  const ours = uid === undefined || (found.uid === uid && (found.mode & 0o077) === 0);
  if (!found.isDirectory() || !ours) throw new Error(`Expected ${folder} to be this user's alone`);
  removeUnused(folder);
  return path.join(folder, `${createHash('sha256').update(key).digest('hex').slice(0, 16)}.db`);
}

function removeUnused(folder: string): void {
  for (const name of readdirSync(folder)) {
    const file = path.join(folder, name);
    const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity;
    if (Date.now() - changed > UNUSED_MS) rmSync(file, { force: true });
  }
}
