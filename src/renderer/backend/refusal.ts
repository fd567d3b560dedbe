import type { IpcRefusal } from '../../shared/ipc';
import { TROUBLE_CODES } from '../../shared/trouble';

const CODES: readonly IpcRefusal['code'][] = [
  'internal',
  'ipc.badInput',
  'ipc.untrusted',
  'desk.locked',
  'session.signedOut',
  'session.notAllowed',
  ...TROUBLE_CODES,
];

/**
 * What a rejected call says. An error loses its own properties on the way through Electron, so that the code may
 * only be left inside the message; everything that is not understood is a bug, hence `internal`.
 */
export function refusalOf(error: unknown): IpcRefusal {
  const from = error as { code?: unknown; reference?: unknown; message?: unknown } | null | undefined;
  const reference = typeof from?.reference === 'string' ? from.reference : undefined;
  const named = CODES.find((code) => code === from?.code);
  if (named) return { code: named, reference };
  const message = typeof from?.message === 'string' ? from.message : String(error);
  const code = CODES.find((known) => message.includes(known)) ?? 'internal';
  const inMessage = /"?reference"?\s*[:=]\s*"?([\w-]+)/.exec(message)?.[1];
  return { code, reference: reference ?? inMessage };
}
