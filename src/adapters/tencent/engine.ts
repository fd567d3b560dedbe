/** Tencent Cloud's BankCardOCR as an engine of the desk. */
import { classify } from '../../core/recognition/errors';
import type { EngineTraits, RecognitionEngine } from '../../core/recognition/ports';
import { fail, ok, type Result } from '../../shared/result';
import { createCall, type TencentTools } from './call';
import { emptyBody, requestBody } from './request-body';

export type { TencentTools } from './call';

/** What waits for answers at 10 calls a second, where one takes over two seconds; each may be paid for when it times out. */
const TRAITS: EngineTraits = { charges: true, overNetwork: true, needsCredentials: true, slots: 24 };

export function createTencentEngine(tools: TencentTools): RecognitionEngine {
  const call = createCall(tools);
  return {
    name: 'tencent',
    traits: TRAITS,
    recognise({ image, switches }, signal, leaving = () => true) {
      return call(requestBody({ image }, switches), signal, leaving);
    },
  };
}

/** Refusals of the parameters, and of the picture that is not there: whoever gets one of these was let in. */
const LET_IN = ['InvalidParameter', 'InvalidParameterValue', 'MissingParameter'];

/**
 * Asks the cloud with an empty JSON body. Nothing can be recognised in it, so it is never billed; the signature, the
 * account's permissions and, where the cloud looks at it first, whether the service is open are checked all the same.
 * Told apart by the refusal: one of the parameters means that the credentials are good.
 */
export async function testCredentials(tools: TencentTools): Promise<Result<true>> {
  const call = createCall(tools);
  const { signal } = new AbortController();
  const leaving = () => true;
  let answer = await call(emptyBody(), signal, leaving);
  // The first refusal taught the call the server's time.
  if (answer.kind === 'error' && answer.code === 'AuthFailure.SignatureExpire') {
    answer = await call(emptyBody(), signal, leaving);
  }
  if (answer.kind !== 'error') return ok(true);
  const { code } = answer;
  const letIn = LET_IN.some((prefix) => code === prefix || code.startsWith(`${prefix}.`));
  return letIn || classify(code).class === 'image' ? ok(true) : fail(code);
}
