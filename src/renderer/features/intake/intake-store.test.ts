/** What the dialog for links shows of what main answered. */
import { createPinia, setActivePinia } from 'pinia';
import { beforeEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../../shared/result';
import { setBackend, type Backend } from '../../backend/backend';
import { useIntake } from './intake-store';

let answer: unknown;
beforeEach(() => {
  setActivePinia(createPinia());
  setBackend({ invoke: async () => answer } as unknown as Backend);
});

describe('links of which some are none', () => {
  it('are said as main says them, never as they were typed', async () => {
    const { error: wrong } = fail('intake.badLink', { link: 'ftp://a.example/622202••••••7890' });
    const left = 'ftp://a.example/6222021234567890';
    answer = ok({ batchId: 1, left, wrong });
    expect(await useIntake().links(`https://a.example/1.jpg ${left}`)).toEqual({ failure: wrong, left });
  });

  it('stay as they were typed where none was taken', async () => {
    answer = fail('intake.noLinks');
    expect(await useIntake().links('—')).toMatchObject({ failure: { code: 'intake.noLinks' }, left: '—' });
    answer = ok({ batchId: 1, left: '' });
    expect(await useIntake().links('https://a.example/1.jpg')).toEqual({ failure: undefined, left: '' });
  });
});
