/** Pictures come from `picture://card/ID/KIND`, decrypted on the way and never cached on disk. */
import type { Desk } from '../../core/desk';
import { PICTURE_KINDS, type PictureKind } from '../../shared/cards';
import type { CardId } from '../../shared/ids';

const nothing = () => new Response(null, { status: 404 });

export function createPictureAnswer(desk: () => Desk | undefined): (request: Request) => Promise<Response> {
  return async (request) => {
    const [, id, kind] = /^\/(\d{1,15})\/(\w+)$/.exec(new URL(request.url).pathname) ?? [];
    const open = desk();
    if (!open || !PICTURE_KINDS.includes(kind as PictureKind)) return nothing();
    const picture = await open.cards.picture(Number(id) as CardId, kind as PictureKind);
    if (!picture) return nothing();
    const bytes = new Uint8Array(picture);
    const type = bytes[0] === 0x89 ? 'image/png' : 'image/jpeg';
    // Chromium may keep it in memory only.
    return new Response(bytes, { headers: { 'content-type': type, 'cache-control': 'no-store' } });
  };
}
