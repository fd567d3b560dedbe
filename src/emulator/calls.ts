/** What has arrived, for whoever must know whether a picture was paid for twice. Never a number of a card. */
export interface CallRecord {
  /** From 1, by arrival. */
  readonly n: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly action: string;
  /** The error answered, or the fault met; absent where the card was recognised and would have been charged. */
  code?: string;
  /** Of the picture's bytes as they arrived. */
  imageSha256?: string;
}

const REMEMBERED = 10_000;

export interface CallList {
  add(at: number, action: string): CallRecord;
  all(): readonly CallRecord[];
}

export function createCallList(): CallList {
  let count = 0;
  let records: CallRecord[] = [];
  return {
    add(at, action) {
      const record = { n: ++count, at, action };
      records.push(record);
      // Cut seldom, not with every call.
      if (records.length >= REMEMBERED * 2) records = records.slice(-REMEMBERED);
      return record;
    },
    all: () => records.slice(-REMEMBERED),
  };
}
