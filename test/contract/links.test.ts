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

  const NUMBER = '6222021234567890';
  const LONG = 'x'.repeat(71);
  it.each([
    ['alone', `ftp://a.example/${NUMBER}.jpg`, 'ftp://a.example/'],
    [
      'beside one that was taken',
      `https://a.example/1.jpg\nftp://a.example/${NUMBER}.jpg`,
      'ftp://a.example/',
    ],
    ['where it is cut off within the number', `${LONG}${NUMBER}`, LONG],
  ])('say which word is none, with what may be a number in it masked: %s', async (_where, text, shown) => {
    const answer = await handlers['intake:links']({ text });
    const { code, params } = (answer.ok ? answer.value.wrong : answer.error) ?? { code: '', params: {} };
    expect(code).toBe('intake.badLink');
    for (const language of ['zh-CN', 'en'] as const) {
      const said = sentence(code, language, params);
      expect(said).toContain(shown);
      expect(said).not.toMatch(/[{}]|6222021/);
    }
  });

  it('say nothing where each is one', async () => {
    const answer = await handlers['intake:links']({ text: 'https://a.example/1.jpg' });
    expect(answer).toMatchObject({ ok: true, value: { left: '' } });
    expect(answer.ok && answer.value.wrong).toBeUndefined();
  });
});
