/** A file that has its name has it for good, also when the power goes. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as files from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { renameForGood } from '../../src/adapters/files/rename';

vi.mock('node:fs/promises', { spy: true });

const folder = mkdtempSync(path.join(os.tmpdir(), 'cardproof-rename-'));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('a file that is whole', () => {
  it.skipIf(process.platform === 'win32')(
    'takes its name, and then its folder is written to the disk',
    async () => {
      const [part, target] = [path.join(folder, 'a.part'), path.join(folder, 'a')];
      writeFileSync(part, 'whole');
      await renameForGood(part, target);
      expect(readFileSync(target, 'utf8')).toBe('whole');
      const opened = vi.mocked(files.open).mock;
      expect(opened.calls).toEqual([[folder, 'r']]);
      expect(opened.invocationCallOrder[0]).toBeGreaterThan(
        vi.mocked(files.rename).mock.invocationCallOrder[0] ?? Infinity,
      );
    },
  );

  it('takes it nowhere else in the application', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    const renaming = sources.filter((name) =>
      /import \{[^}]*\brename(?:Sync)?\b[^}]*\} from 'node:fs/.test(
        readFileSync(path.join('src', name), 'utf8'),
      ),
    );
    // The log may lose its last lines with the power.
    expect(renaming.sort()).toEqual(['adapters/files/log.ts', 'adapters/files/rename.ts']);
  });
});
