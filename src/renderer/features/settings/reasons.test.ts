import { describe, expect, it } from 'vitest';
import { REJECT_REASONS } from '../../../shared/cards';
import { reasonWords } from '../../../shared/messages/terms';
import { isStandard, missingPresets, typedReason, withReason } from './reasons';

const reads = (reason: string) => reasonWords(reason, 'en');

describe('the reasons to reject, as they are edited', () => {
  it('knows a preset reason by its words, so that other languages say it too', () => {
    expect(typedReason(' Duplicate ', reads)).toBe('duplicate');
    expect(typedReason('Wrong envelope', reads)).toBe('Wrong envelope');
  });

  it('adds one at the end, or in the place of another', () => {
    expect(withReason(['expired'], 'Wrong envelope', reads)).toEqual(['expired', 'Wrong envelope']);
    expect(withReason(['expired', 'other'], 'Wrong envelope', reads, 0)).toEqual(['Wrong envelope', 'other']);
  });

  it('takes neither nothing, nor a reason twice, nor a tenth', () => {
    expect(withReason(['expired'], '  ', reads)).toBeUndefined();
    expect(withReason(['expired'], 'card EXPIRED', reads)).toBeUndefined();
    const nine = Array.from({ length: 9 }, (_, at) => `reason ${at}`);
    expect(withReason(nine, 'a tenth', reads)).toBeUndefined();
  });

  it('offers the preset ones that are not there', () => {
    expect(missingPresets(REJECT_REASONS.filter((reason) => reason !== 'duplicate'))).toEqual(['duplicate']);
  });

  it('knows whether there is something to reset', () => {
    expect(isStandard([...REJECT_REASONS])).toBe(true);
    expect(isStandard(REJECT_REASONS.toReversed())).toBe(false);
  });
});
