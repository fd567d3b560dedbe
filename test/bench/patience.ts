/**
 * A benchmark waits, it does not judge: on a busy machine everything comes, only later. The one bound there is, so that what
 * never comes ends the run.
 */
export const LONGEST_WAIT_MS = 15 * 60_000;
