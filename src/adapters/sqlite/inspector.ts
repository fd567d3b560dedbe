/** Asks a process of its own about a database that may be damaged. */
import type { Channel } from '../processes/channel';

export interface Damaged {
  readonly file: string;
  /** 32 bytes in hexadecimal. */
  readonly keyHex: string;
}

export type Inspection =
  | ({ readonly kind: 'check' } & Damaged)
  | ({
      readonly kind: 'rebuild';
      readonly pages: readonly number[];
      readonly migrationsDir: string;
      /** Where the rebuilt one goes. */
      readonly target: string;
      readonly at: number;
    } & Damaged);

export interface SetAsideCounts {
  /** Cards whose row could not be read; they are there, failed, with what indexes still tell of them. */
  readonly cards: number;
  /** Of those, cards of which nothing is known but that they were there. */
  readonly unnamed: number;
  /** Rows of other tables that are gone, by table; at least, since a damaged page does not tell how many it held. */
  readonly pages: Readonly<Record<string, number>>;
}

export type Inspected =
  | { readonly kind: 'sound' }
  | { readonly kind: 'unsound'; readonly found: string }
  | ({ readonly kind: 'rebuilt' } & SetAsideCounts);

/** Undefined: the process ended without an answer. */
export type Inspect = (inspection: Inspection) => Promise<Inspected | undefined>;

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
      process.onMessage((answer) => {
        answered = true;
        process.kill();
        resolve(answer);
      });
      process.onExit(() => {
        if (!answered) resolve(undefined);
      });
      process.post(inspection);
    });
}
