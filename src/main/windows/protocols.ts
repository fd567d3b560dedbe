/** The page comes from `app://cardproof/…`, pictures from `picture://card/ID/KIND`, decrypted on the way and never cached on disk. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';
import { PICTURE_KINDS, type PictureKind } from '../../shared/cards';
import type { CardId } from '../../shared/ids';
import type { Desk } from '../../core/desk';
import { developmentFile } from '../development';
import { CONTENT_SECURITY_POLICY } from '../security/harden';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

/** Before the application is ready. */
export function declareProtocols(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    { scheme: 'picture', privileges: { standard: true, secure: true } },
  ]);
}

const nothing = () => new Response(null, { status: 404 });

function page(bytes: Uint8Array<ArrayBuffer> | ArrayBuffer, type: string): Response {
  const headers = {
    'content-type': type,
    'content-security-policy': CONTENT_SECURITY_POLICY,
    'x-content-type-options': 'nosniff',
  };
  return new Response(bytes, { headers });
}

export function serveProtocols(pageFolder: string, desk: () => Desk | undefined): void {
  protocol.handle('app', async (request) => {
    const url = new URL(request.url);
    const file = await developmentFile?.(url);
    if (file) return page(file.bytes, file.type);
    const wanted = path.join(
      pageFolder,
      url.pathname === '/' ? 'index.html' : decodeURIComponent(url.pathname),
    );
    const type = TYPES[path.extname(wanted)];
    if (url.host !== 'cardproof' || !wanted.startsWith(pageFolder + path.sep) || !type) return nothing();
    try {
      return page(new Uint8Array(await readFile(wanted)), type);
    } catch {
      // Not there: the same answer as for what may not be asked for.
      return nothing();
    }
  });

  protocol.handle('picture', async (request) => {
    const [, id, kind] = /^\/(\d{1,15})\/(\w+)$/.exec(new URL(request.url).pathname) ?? [];
    const open = desk();
    if (!open || !PICTURE_KINDS.includes(kind as PictureKind)) return nothing();
    const picture = await open.cards.picture(Number(id) as CardId, kind as PictureKind);
    if (!picture) return nothing();
    const bytes = new Uint8Array(picture);
    const type = bytes[0] === 0x89 ? 'image/png' : 'image/jpeg';
    // Chromium may keep it in memory only.
    return new Response(bytes, { headers: { 'content-type': type, 'cache-control': 'no-store' } });
  });
}
