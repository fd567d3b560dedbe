import type { LockState } from '../shared/ipc';

/**
 * usual: two batches that were worked on, a third one comes in. empty: nothing yet. many: three thousand cards come in. new: a
 * passphrase has to be chosen. locked: the passphrase is `specimen desk`. damaged: the records cannot be opened. offline: the
 * cloud cannot be reached. stopped: it knows no such credentials. full: the disk is. people: somebody has to sign in; every
 * PIN is 1234.
 */
export const SITUATIONS = [
  'usual',
  'empty',
  'many',
  'new',
  'locked',
  'damaged',
  'offline',
  'stopped',
  'full',
  'people',
] as const;
export type Situation = (typeof SITUATIONS)[number];

export function isSituation(text: string): text is Situation {
  return (SITUATIONS as readonly string[]).includes(text);
}

export const LOCKS: Readonly<Partial<Record<Situation, LockState>>> = {
  new: { kind: 'newPassphrase' },
  locked: { kind: 'passphrase' },
  damaged: { kind: 'cannotOpen', code: 'profile.damaged' },
};
