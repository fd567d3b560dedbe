import { describe, expect, it } from 'vitest';
import { refusalOf } from './refusal';

describe('refusalOf', () => {
  it('takes the code and the reference as they were thrown', () => {
    expect(refusalOf({ code: 'disk.full', reference: 'k3f9' }).code).toBe('disk.full');
    expect(refusalOf({ code: 'desk.locked' })).toEqual({ code: 'desk.locked', reference: undefined });
    expect(refusalOf({ code: 'internal', reference: 'k3f9' })).toEqual({
      code: 'internal',
      reference: 'k3f9',
    });
  });

  it('finds both inside the message that Electron leaves of an error', () => {
    const error = new Error(`Error invoking remote method: {"code":"ipc.badInput","reference":"a1-b2"}`);
    expect(refusalOf(error)).toEqual({ code: 'ipc.badInput', reference: 'a1-b2' });
  });

  it('takes everything else for a bug', () => {
    for (const thrown of [undefined, null, 'x', new TypeError('no'), { code: 'made.up' }]) {
      expect(refusalOf(thrown).code).toBe('internal');
    }
  });
});
