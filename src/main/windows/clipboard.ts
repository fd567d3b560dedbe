/** What the clipboard holds for intake: copied files first, then a bitmap, then links in text. */
import { fileURLToPath } from 'node:url';
import { clipboard } from 'electron';
import { findLinks } from '../../core/intake/links';
import type { Material } from '../../core/intake/intake';

function fileUrls(text: string): readonly string[] {
  return text
    .split(/[\r\n\0]+/)
    .filter((line) => line.startsWith('file://') && URL.canParse(line))
    .map((line) => fileURLToPath(line));
}

/** Each system keeps copied files under formats of its own. */
function copiedFiles(): readonly string[] {
  const formats = new Set(clipboard.availableFormats());
  switch (process.platform) {
    case 'win32': {
      const path = clipboard.readBuffer('FileNameW').toString('utf16le').replace(/\0+$/, '');
      return path === '' ? [] : [path];
    }
    case 'darwin':
      return fileUrls(clipboard.read('public.file-url'));
    default:
      // GNOME and others put the same list under text/uri-list; Electron reads formats it does not know as buffers.
      return ['text/uri-list', 'x-special/gnome-copied-files']
        .filter((format) => formats.has(format))
        .flatMap((format) => fileUrls(clipboard.readBuffer(format).toString('utf8')))
        .filter((path, at, all) => all.indexOf(path) === at);
  }
}

export function readClipboard(bitmapName: string): Material | undefined {
  const paths = copiedFiles();
  if (paths.length > 0) return { paths };
  const image = clipboard.readImage();
  if (!image.isEmpty()) return { clipboard: [{ name: bitmapName, bytes: image.toPNG() }] };
  const { links, bad } = findLinks(clipboard.readText());
  return bad === undefined && links.length > 0 ? { links } : undefined;
}
