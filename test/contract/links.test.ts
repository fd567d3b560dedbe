/** Links that are typed or pasted into the dialog: what is no link stays there, the others are taken. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHandlers } from '../../src/main/ipc/handlers';
import type { Shell } from '../../src/main/ipc/shell';
import type { Handlers } from '../../src/main/ipc/answer';
import type { Composition } from '../../src/main/compose';
import { sentence } from '../../src/shared/messages/codes';
import { openTestDesk, type TestDesk } from '../helpers/test-desk';

let test: TestDesk;
let handlers: Handlers;
beforeEach(() => {
  test = openTestDesk();
  const composition = { desk: test.desk } as Composition;
  handlers = createHandlers({
    composition: () => composition,
    batchName: () => 'links',
  } as unknown as Shell);
});
afterEach(() => test.dispose());

const places = () =>
  test.store.cards(test.store.ids({}, { key: 'takenIn', descending: false })).map(({ location }) => location);

describe('links of which some are none', () => {
  it('are taken, and those that are none are answered', async () => {
    const text = 'https://a.example/1.jpg\nftp://a.example/2.jpg https://a.example/3.jpg\nscan 4';
    expect(await handlers['intake:links']({ text })).toMatchObject({
      ok: true,
      value: { left: 'ftp://a.example/2.jpg\nscan\n4' },
    });
    expect(places()).toEqual(['https://a.example/1.jpg', 'https://a.example/3.jpg']);
  });

  it.each([
    ['ftp://a.example/2.jpg', 'intake.badLink'],
    [' ', 'intake.noLinks'],
  ])('take nothing where none is one: %j', async (text, code) => {
    expect(await handlers['intake:links']({ text })).toMatchObject({ ok: false, error: { code } });
    expect(places()).toEqual([]);
  });

  it('say which word is none, with what may be a number in it masked', async () => {
    const answer = await handlers['intake:links']({ text: 'ftp://a.example/6222021234567890.jpg' });
    const { code, params } = answer.ok ? { code: '', params: {} } : answer.error;
    for (const language of ['zh-CN', 'en'] as const) {
      const said = sentence(code, language, params);
      expect(said).toContain('ftp://a.example/');
      expect(said).not.toMatch(/[{}]|6222021234567890/);
    }
  });
});
