import { describe, expect, it } from 'vitest';
import { en } from '../../shared/messages/window/en';
import { zh } from '../../shared/messages/window/zh-CN';
import { pictureWay } from './picture-ways';

const [WITH, WITHOUT] = [{ stored: true }, { stored: false }];

describe('where pictures go', () => {
  it.each([
    ['tencent', 'never', WITHOUT, 'cloud'],
    ['tencent', 'never', WITH, 'cloud'],
    ['auto', 'never', WITH, 'cloud'],
    ['auto', 'never', WITHOUT, 'here'],
    ['auto', 'always', WITHOUT, 'here'],
    ['auto', 'never', undefined, undefined],
    ['local', 'never', WITH, 'here'],
    ['local', 'never', undefined, 'here'],
    ['local', 'doubtful', WITH, 'some'],
    ['local', 'always', WITH, 'cloud'],
    ['local', 'always', WITHOUT, 'here'],
    ['local', 'doubtful', undefined, undefined],
  ] as const)('%s, second opinion %s, credentials %j: %s', (engine, secondOpinion, credentials, way) => {
    expect(pictureWay({ engine, secondOpinion }, credentials)).toBe(way);
  });
});

describe('texts that say where pictures go', () => {
  /** `a.b.c` → text, for every text. */
  const flat = (texts: object, before = ''): [string, string][] =>
    Object.entries(texts).flatMap(([key, value]: [string, unknown]) =>
      typeof value === 'string'
        ? [[`${before}${key}`, value] as [string, string]]
        : flat(value as object, `${before}${key}.`),
    );
  const keys = (texts: object, claim: RegExp) =>
    flat(texts)
      .filter(([, text]) => claim.test(text))
      .map(([key]) => key)
      .sort();

  it('say that they stay here only where they do', () => {
    const shownWhereTheyStay = ['pictures.here', 'settings.engineLocalHint'];
    expect(keys(en, /picture.*\bstay|never leave|nothing leaves/i)).toEqual(shownWhereTheyStay);
    expect(keys(zh, /不离开|只留在|仅保存在本机|图片.*保存在本机/)).toEqual(shownWhereTheyStay);
  });

  it('name the cloud where pictures are sent to it', () => {
    for (const way of ['some', 'cloud'] as const) {
      expect(en.pictures[way]).toMatch(/sent to Tencent Cloud/);
      expect(zh.pictures[way]).toMatch(/发送到腾讯云/);
    }
  });
});
