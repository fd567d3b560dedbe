/** Files and links of the invented world: each holds the picture of the next card that is invented. */
import type { FileTool, LinkTool } from '../core/intake/ports';
import { fail, ok } from '../shared/result';
import { inventCard, toBytes } from './cards';

export interface InventedFiles extends FileTool, LinkTool {
  /** A folder with so many new pictures; answers its path. */
  add(folder: string, count: number): string;
  /** The paths of the files of a folder. */
  inside(folder: string): readonly string[];
}

export function createInventedFiles(): InventedFiles {
  const files = new Map<string, Uint8Array>();
  let invented = 0;
  const nameOf = (path: string): string => path.split('/').pop() ?? '';
  const picture = (): Uint8Array => toBytes(inventCard(++invented));
  const inside = (folder: string): readonly string[] =>
    [...files.keys()].filter((path) => path.startsWith(`${folder}/`));

  return {
    add(name, count) {
      const folder = `/${name} ${invented + 1}`;
      for (let at = 0; at < count; at++) {
        const number = String(1100 + (invented + 1) * 3).padStart(6, '0');
        files.set(`${folder}/SCAN_${number}.jpg`, picture());
      }
      return folder;
    },
    inside,
    async kind(path) {
      if (files.has(path)) return 'file';
      return inside(path).length > 0 ? 'folder' : 'missing';
    },
    name: nameOf,
    real: async (path) => path,
    async *walk(folder) {
      for (const path of inside(folder)) yield { path, name: nameOf(path) };
    },
    async read(path) {
      const bytes = files.get(path);
      return bytes ? ok(bytes) : fail('file.gone');
    },
    mayGrow: async () => false,
    fetch: async () => ok(picture()),
  };
}
