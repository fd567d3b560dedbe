import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { KNOWN_CODES, sentence } from './codes';
import { en } from './window/en';
import { zh } from './window/zh-CN';

const CODE =
  /'((?:file|picture|link|intake|queue|client|card|field|edit|sheet|settings|keychain|unlock|profile|session|people|batch|disk|computer)\.[a-zA-Z0-9]+)'/g;

/** Look like codes but name settings, a file and a column; the other columns of the database are in one file. */
const NO_CODES = new Set(['queue.paused', 'intake.leftovers', 'profile.json', 'card.id', 'card.state']);

function codesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.test.ts') && !name.endsWith('sqlite/filter.ts'),
    )
    .flatMap((name) =>
      [...readFileSync(path.join(folder, name), 'utf8').matchAll(CODE)].map(([, code]) => code as string),
    );
}

describe('sentences', () => {
  const used = [
    ...new Set(
      ['src/core', 'src/adapters', 'src/main', 'src/cli'].flatMap((folder) => codesIn(path.resolve(folder))),
    ),
  ];

  it.each([
    ['en', en],
    ['zh-CN', zh],
  ] as const)('call what is to be pressed as the window does: %s', (language, words) => {
    const window = JSON.stringify(words).toLowerCase();
    const quoted = [...KNOWN_CODES].flatMap((code) =>
      [...sentence(code, language).matchAll(/“([^{}”]+)”/g)].map(([, name = '']) => name.toLowerCase()),
    );
    expect(quoted.length).toBeGreaterThan(1);
    for (const name of quoted) expect(window).toContain(`"${name}"`);
  });

  it('are there for every code that the program can answer', () => {
    expect(used.length).toBeGreaterThan(40);
    expect(used.filter((code) => !KNOWN_CODES.includes(code) && !NO_CODES.has(code))).toEqual([]);
  });

  it.each(KNOWN_CODES)('%s says something in both languages', (code) => {
    const [zh, en] = [sentence(code, 'zh-CN'), sentence(code, 'en')];
    expect(zh).toMatch(/[\u4e00-\u9fff]/);
    expect(en).not.toMatch(/[\u4e00-\u9fff]/);
    expect(en).not.toContain('Unknown error NeverSeen');
  });

  it('fill in what they are about, and name a code that nobody knows', () => {
    expect(sentence('field.tooLong', 'en', { max: 60 })).toBe('At most 60 characters');
    expect(sentence('Never.Seen', 'en')).toBe('Unknown error Never.Seen');
  });
});
