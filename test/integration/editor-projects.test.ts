/** An editor finds the project of each file from the root's tsconfig.json: its types, its walls, its tests. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FOLDERS = ['src', 'test', 'tools', 'scripts'];

function projectAt(folder: string) {
  const file = path.join(ROOT, folder, 'tsconfig.json');
  const { config } = ts.readConfigFile(file, ts.sys.readFile) as { config: unknown };
  const vue = { extension: '.vue', isMixedContent: true, scriptKind: ts.ScriptKind.Deferred };
  return ts.parseJsonConfigFileContent(config, ts.sys, path.dirname(file), undefined, file, undefined, [vue]);
}

describe('the projects that the root names', () => {
  const named = projectAt('.').projectReferences ?? [];
  const files = named.flatMap(({ path: folder }) => projectAt(path.relative(ROOT, folder)).fileNames);

  it('have each source file in exactly one of them', () => {
    const sources = FOLDERS.flatMap((folder) =>
      readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(?:ts|mjs|vue)$/.test(name))
        .map((name) => path.join(ROOT, folder, name)),
    );
    const times = sources.map((source) => [
      path.relative(ROOT, source),
      files.filter((file) => path.resolve(file) === source).length,
    ]);
    expect(times.filter(([, many]) => many !== 1)).toEqual([]);
  });
});
