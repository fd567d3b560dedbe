/** What an earlier run left on the list, named again. */
import { describe, expect, it } from 'vitest';
import type { NamedSource } from '../../src/core/intake/named';
import type { CardId } from '../../src/shared/ids';
import { ok } from '../../src/shared/result';
import { desksOfEachTest } from '../helpers/desks';
import { eventually } from '../helpers/eventually';
import { plainPicture } from '../helpers/pictures';

const open = desksOfEachTest();

describe('pictures that were left on the list', () => {
  it('are not tried twice where they are refused while this run looks at the others', async () => {
    const [slow, bad] = ['http://here/slow.jpg', 'http://here/bad.jpg'];
    const picture = await plainPicture().jpeg().toBuffer();
    let fetched = 0;
    let looked: Promise<void> = Promise.resolve();
    const test = open({
      links: {
        async fetch(url) {
          if (url === bad) fetched++;
          else await looked;
          return ok(url === bad ? Buffer.from('no picture') : picture);
        },
      },
    });
    test.desk.queue.pause();
    const both = [slow, bad].map((url): NamedSource => ({ kind: 'link', url }));
    async function name(sources: readonly NamedSource[]): Promise<readonly CardId[]> {
      const named = await test.desk.takeNamed(sources, { batchName: 'run', again: false });
      await test.desk.intake.idle();
      return named?.() ?? [];
    }
    const [, card = 0 as CardId] = await name(both);
    // An earlier run left it.
    test.store.change(card, { state: { kind: 'arriving' } }, 0);
    let goOn: () => void = () => undefined;
    looked = new Promise((resolve) => (goOn = resolve));
    fetched = 0;
    const named = name(both);
    test.desk.intake.resume();
    await eventually(() => expect(test.store.card(card)?.state.kind).toBe('failed'));
    goOn();
    await named;
    // Once to take it in, and once to know it.
    expect(fetched).toBe(2);
  });
});
