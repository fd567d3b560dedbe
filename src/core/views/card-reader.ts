/** What may be asked about single cards, without a hand on the records. */
import type { PictureKind } from '../../shared/cards';
import type { CardId } from '../../shared/ids';
import type { Output } from '../../shared/ipc';
import { fail, ok } from '../../shared/result';
import type { AuditLog } from '../audit/ports';
import { PictureLost } from '../cards/picture-lost';
import type { Card, CardStore, PictureStore } from '../cards/ports';
import type { Attempt, AttemptStore } from '../recognition/ports';
import { toDetail, type Viewer } from './rows';

export interface CardReader {
  /** As whoever sits at the desk may see it. */
  detail(id: CardId): Output<'cards:detail'>;
  /** One of a card's pictures, decrypted; undefined where there is none. */
  picture(id: CardId, kind: PictureKind): Promise<Uint8Array | undefined>;
  /** As it is recorded, with the whole number: for what is written on this computer by name of a person. */
  recorded(id: CardId): Card | undefined;
  attempts(id: CardId): readonly Attempt[];
}

export interface CardReaderTools {
  readonly store: CardStore & AttemptStore & AuditLog;
  readonly pictures: Pick<PictureStore, 'get'>;
  viewer(): Viewer;
}

export function createCardReader({ store, pictures, viewer }: CardReaderTools): CardReader {
  return {
    detail(id) {
      const card = store.card(id);
      return card ? ok(toDetail(card, store, viewer())) : fail('card.gone');
    },
    async picture(id, kind) {
      const name = store.card(id)?.pictures[kind];
      if (name === undefined) return undefined;
      try {
        return await pictures.get(name);
      } catch (error) {
        // The window says that there is none; what is read of it goes on.
        if (error instanceof PictureLost) return undefined;
        throw error;
      }
    },
    recorded: (id) => store.card(id),
    attempts: (id) => store.attempts(id),
  };
}
