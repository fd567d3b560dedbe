/** Asks a process of its own about a database that may be damaged. */
import type { Channel } from '../processes/channel';

export interface Damaged {
  readonly file: string;
  /** 32 bytes in hexadecimal. */
  readonly keyHex: string;
}

export type Inspection =
  /** `readAll`: not only its structure, since nothing else tells damage. */
  | ({ readonly kind: 'check'; readonly readAll: boolean } & Damaged)
  | ({
      readonly kind: 'rebuild';
      readonly pages: readonly number[];
      /** Others that are to be taken for these. */
      readonly known: ReadonlyMap<number, Uint8Array>;
      readonly migrationsDir: string;
      /** Where the rebuilt one goes. */
      readonly target: string;
      readonly at: number;
    } & Damaged);

export interface Salvaged {
  /** Cards whose row could not be read: they are there, failed, with what indexes still tell of them. */
  readonly cards: number;
  /** By table how many of its pages or rows could not be read. */
  readonly pages: Readonly<Record<string, number>>;
}

export type Inspected =
  | { readonly kind: 'sound' }
  | { readonly kind: 'unsound'; readonly found: string }
  | ({ readonly kind: 'rebuilt' } & Salvaged);

/** Undefined: the process ended without an answer. */
export type Inspect = (inspection: Inspection) => Promise<Inspected | undefined>;

/** No database takes this long; a process that does is stuck. */
const STUCK_MS = 600_000;

export function createInspector(start: () => Channel<Inspection, Inspected>): Inspect {
  return (inspection) =>
    new Promise((resolve, reject) => {
      let answered = false;
      let process: Channel<Inspection, Inspected>;
      try {
        process = start();
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
        return;
      }
      const stuck = setTimeout(() => process.kill(), STUCK_MS);
      process.onMessage((answer) => {
        answered = true;
        process.kill();
        resolve(answer);
      });
      process.onExit(() => {
        clearTimeout(stuck);
        if (!answered) resolve(undefined);
      });
      process.post(inspection);
    });
}
