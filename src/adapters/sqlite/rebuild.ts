import type { KeyObject } from 'node:crypto';
import { fail, type Result } from '../../shared/result';
import type { Examined } from '../seal/examine';
import type { SealFiles } from '../seal/files';
import type { Seal } from '../seal/seal';
import type { OpenFailure } from './database';
import type { SetAsideCounts } from './inspector';
import type { RecordsOptions } from './records';

export interface SetAside extends SetAsideCounts {
  readonly at: string;
}

export async function rebuild(
  _options: RecordsOptions,
  _files: SealFiles,
  _key: KeyObject,
  _found: Extract<Examined, { kind: 'damaged' }>,
  _when: string,
): Promise<Result<{ seal: Seal; setAside: SetAside }, OpenFailure>> {
  return fail('profile.damaged');
}
