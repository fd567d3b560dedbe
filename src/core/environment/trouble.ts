/**
 * What the computer failed at, and no card: a full disk, one that turned read-only, one that fails, no memory or handles
 * left. Told by the codes that Node and SQLite put on their errors, wherever in the chain of causes they are.
 */

import type { TroubleCode } from '../../shared/trouble';

const CODES: Readonly<Record<string, TroubleCode>> = {
  ENOSPC: 'disk.full',
  EDQUOT: 'disk.full',
  EFBIG: 'disk.full',
  SQLITE_FULL: 'disk.full',
  EROFS: 'disk.readOnly',
  EACCES: 'disk.readOnly',
  EPERM: 'disk.readOnly',
  SQLITE_READONLY: 'disk.readOnly',
  SQLITE_PERM: 'disk.readOnly',
  EIO: 'disk.failed',
  ENXIO: 'disk.failed',
  ENODEV: 'disk.failed',
  ESTALE: 'disk.failed',
  ENOTCONN: 'disk.failed',
  EBUSY: 'disk.failed',
  ETXTBSY: 'disk.failed',
  SQLITE_IOERR: 'disk.failed',
  SQLITE_CANTOPEN: 'disk.failed',
  SQLITE_BUSY: 'disk.failed',
  SQLITE_LOCKED: 'disk.failed',
  SQLITE_PROTOCOL: 'disk.failed',
  SQLITE_CORRUPT: 'disk.damaged',
  SQLITE_NOTADB: 'disk.damaged',
  SQLITE_NOMEM: 'computer.exhausted',
  EMFILE: 'computer.exhausted',
  ENFILE: 'computer.exhausted',
  ENOMEM: 'computer.exhausted',
  EAGAIN: 'computer.exhausted',
  ENOBUFS: 'computer.exhausted',
};

/** `SQLITE_IOERR_WRITE` is one of SQLITE_IOERR; `SQLITE_IOERR_NOMEM` is not the disk's fault. */
function troubleNamed(code: string): TroubleCode | undefined {
  if (code.startsWith('SQLITE_') && code.endsWith('_NOMEM')) return 'computer.exhausted';
  return CODES[code] ?? CODES[code.split('_').slice(0, 2).join('_')];
}

/** Undefined for a defect, or what is a card's own. */
export function troubleOf(error: unknown): TroubleCode | undefined {
  // Causes can go round in a circle; no honest chain is this long.
  for (let at = error, left = 8; typeof at === 'object' && at !== null && left > 0; left--) {
    const { code, cause } = at as { readonly code?: unknown; readonly cause?: unknown };
    const found = typeof code === 'string' ? troubleNamed(code) : undefined;
    if (found) return found;
    at = cause;
  }
  return undefined;
}

/** Only what may befall any file: whether it could be read says nothing of the disk that the records are on. */
export function isExhausted(error: unknown): boolean {
  return troubleOf(error) === 'computer.exhausted';
}
