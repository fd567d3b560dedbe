/** What is loaded before the window is asked for: our own few files, Electron and Node, and no package. */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/** What a file loads as it is loaded itself: neither types nor what it imports when it needs it. */
const STATIC = /^(?:import|export)\s+(?!type\b)(?:[^'"]*?\sfrom\s+)?'([^']+)'/gm;

function loadedWith(entry: string): ReadonlyMap<string, string> {
  const loaded = new Map<string, string>();
  const visit = (file: string): void => {
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(STATIC)) {
      const own = name.startsWith('.') && !name.endsWith('.json');
      const place = path.join(path.dirname(file), name);
      const found = own ? (existsSync(`${place}.ts`) ? `${place}.ts` : `${place}/index.ts`) : name;
      if (loaded.has(found)) continue;
      loaded.set(found, path.relative('src', file));
      if (own) visit(found);
    }
  };
  visit(entry);
  return loaded;
}

const packagesIn = (loaded: ReadonlyMap<string, string>) =>
  [...loaded].filter(([name]) => !/^node:|^electron$|^src\/|[.]json$/.test(name));

describe('what is loaded first', () => {
  it.each(['src/main/index.ts', 'src/main/application.ts'])('is no package, for %s', (entry) => {
    expect(packagesIn(loadedWith(entry))).toEqual([]);
  });

  it('is not the client of the network, which waits for the first request', () => {
    expect(packagesIn(loadedWith('src/main/serve-desk.ts')).map(([name]) => name)).not.toContain('undici');
  });

  it('is found at all: the desk needs what checks its input', () => {
    expect([...loadedWith('src/main/serve-desk.ts').keys()]).toContain('zod');
  });
});
