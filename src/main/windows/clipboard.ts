/** What the clipboard holds for intake: copied files first, then a bitmap, then links in text. */
import { fileURLToPath } from 'node:url';
import { clipboard } from 'electron';
import { findLinks } from '../../core/intake/links';
import { shownName } from '../../core/intake/names';
import type { Material } from '../../core/intake/intake';

interface SystemClipboard {
  /** Bytes of a format by the system's own name for it; undefined when it is not there. */
  raw(format: string): Promise<Buffer | undefined>;
  /** PNG. */
  image(): Promise<Uint8Array | undefined>;
  text(): Promise<string>;
}

/** Electron before its clipboard became asynchronous: the version that is tested behind closed networks. */
interface OlderClipboard {
  readBuffer(format: string): Buffer;
  readImage(): { isEmpty(): boolean; toPNG(): Buffer };
  readText(): string;
}

function older(given: OlderClipboard): SystemClipboard {
  return {
    async raw(format) {
      const bytes = given.readBuffer(format);
      return bytes.length > 0 ? bytes : undefined;
    },
    async image() {
      const image = given.readImage();
      return image.isEmpty() ? undefined : image.toPNG();
    },
    text: async () => given.readText(),
  };
}

const current: SystemClipboard = {
  async raw(format) {
    // Standard formats go by their MIME type, all others by Electron's wrapping of the system's name.
    for (const type of [format, `electron application/osclipboard;format="${format}"`]) {
      const item = (await clipboard.read()).find(({ types }) => types.includes(type));
      if (item) return Buffer.from(await (await item.getType(type as 'text/plain')).arrayBuffer());
    }
    return undefined;
  },
  async image() {
    const item = (await clipboard.read()).find(({ types }) => types.includes('image/png'));
    return item && new Uint8Array(await (await item.getType('image/png')).arrayBuffer());
  },
  text: () => clipboard.readText(),
};

function fileUrls(text: string): readonly string[] {
  return text
    .split(/[\r\n\0]+/)
    .filter((line) => line.startsWith('file://') && URL.canParse(line))
    .map((line) => fileURLToPath(line));
}

/** Each system keeps copied files under formats of its own. */
async function copiedFiles(system: SystemClipboard): Promise<readonly string[]> {
  if (process.platform === 'win32') {
    const path = (await system.raw('FileNameW'))?.toString('utf16le').replace(/\0+$/, '') ?? '';
    return path === '' ? [] : [path];
  }
  const formats =
    process.platform === 'darwin' ? ['public.file-url'] : ['text/uri-list', 'x-special/gnome-copied-files'];
  for (const format of formats) {
    const paths = fileUrls((await system.raw(format))?.toString('utf8') ?? '');
    if (paths.length > 0) return paths;
  }
  return [];
}

export async function readClipboard(bitmapName: string): Promise<Material | undefined> {
  const system = 'readImage' in clipboard ? older(clipboard as unknown as OlderClipboard) : current;
  const paths = await copiedFiles(system);
  if (paths.length > 0) return { paths };
  const image = await system.image();
  if (image) return { clipboard: [{ name: bitmapName, bytes: image }] };
  const { links, bad } = findLinks(await system.text());
  if (links.length === 0) return undefined;
  // What was meant as a link and is none fails on its own card; other words are no concern of ours.
  const meant = bad.filter((word) => word.includes('://')).map((url) => ({ url, name: shownName(url) }));
  return { links: [...links, ...meant] };
}
