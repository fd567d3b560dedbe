import type { Counts } from '../../shared/cards';

/** What a picture takes that is still to be taken in (as it came, prepared and small), and an answer with its crops. */
const MEGABYTES_OF_A_PICTURE = 3;
const MEGABYTES_OF_AN_ANSWER = 0.3;
/** Less would soon be full again. */
const AT_LEAST = 50;

/** About how much the work that waits will need, in whole tens, for people. */
export function megabytesNeeded({
  arriving,
  queued,
  recognising,
}: Pick<Counts, 'arriving' | 'queued' | 'recognising'>): number {
  const needed = arriving * MEGABYTES_OF_A_PICTURE + (queued + recognising) * MEGABYTES_OF_AN_ANSWER;
  return Math.ceil(Math.max(AT_LEAST, needed) / 10) * 10;
}
