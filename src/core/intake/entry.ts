/**
 * What a picture on the list becomes, each time in one transaction with its line of the audit log. A card that was called off
 * meanwhile stays so.
 */
import type { CardId } from '../../shared/ids';
import type { AuditLog } from '../audit/ports';
import type { CardState } from '../cards/card';
import type { Card, CardChange, CardStore, Clock, PictureNames, Transactions } from '../cards/ports';
import type { IntakeFailure } from './formats';
import type { Leftovers } from './leftovers';
import type { PreparedPicture } from './ports';
import { pieceName, type Piece } from './several';

export interface Refused {
  readonly card: Card;
  readonly code: IntakeFailure;
  readonly known: CardChange;
}

export interface Entry {
  /** All of them, or none. They keep no picture: nobody has made sure of what it shows. Answers which were not called off. */
  refuse(refused: readonly Refused[], now: number): ReadonlySet<CardId>;
  /** False for a card that was called off. */
  write(card: Card, state: CardState, change: CardChange): boolean;
  /** One card for each piece, with its pictures; all are on the list at once, or none: none of a card that was called off. */
  split(
    card: Card,
    pieces: readonly Piece[],
    kept: readonly PictureNames[],
    known: CardChange,
  ): readonly CardId[];
}

export interface EntryTools {
  readonly store: CardStore & AuditLog & Transactions;
  readonly clock: Clock;
  readonly leftovers: Leftovers;
  who(): string;
}

export function createEntry({ store, clock, leftovers, who }: EntryTools): Entry {
  function current({ id }: Card): Card | undefined {
    const card = store.card(id);
    return card?.state.kind === 'arriving' ? card : undefined;
  }

  function change(id: CardId, state: CardState, more: CardChange, now: number): void {
    store.change(id, { ...more, state }, now);
    if (state.kind === 'failed') store.addAudit(who(), 'refusedAtIntake', id, { code: state.code }, now);
    else store.addAudit(who(), 'takenIn', id, {}, now);
  }

  /** Within a transaction. */
  function write(card: Card, state: CardState, more: CardChange, now: number): boolean {
    const arriving = current(card);
    if (!arriving) return false;
    // Bitmaps of the clipboard are stored before anybody looks at them, and never kept as such.
    const { source } = arriving.pictures;
    if (more.pictures && more.pictures.source !== source) leftovers.note(source);
    change(card.id, state, more, now);
    return true;
  }

  return {
    write: (card, state, more) => store.transaction(() => write(card, state, more, clock.now())),
    refuse: (refused, now) =>
      store.transaction(() => {
        const written = refused.filter(({ card, code, known }) =>
          write(card, { kind: 'failed', code, at: now }, { ...known, pictures: {} }, now),
        );
        return new Set(written.map(({ card }) => card.id));
      }),
    split(card, pieces, kept, known) {
      const names = pieces.map((_piece, at) => pieceName(card.name, at, pieces.length));
      return store.transaction(() => {
        const now = clock.now();
        const arriving = current(card);
        if (!arriving) return [];
        leftovers.note(arriving.pictures.source);
        return store.splitCard(card.id, names, now).map((id, at) => {
          const piece = pieces[at];
          if (!piece) throw new Error('Expected as many cards as pieces');
          const state: CardState = piece.ok
            ? { kind: 'queued' }
            : { kind: 'failed', code: piece.error.code, at: now };
          const seen = piece.ok ? seenOf(piece.value) : {};
          change(id, state, { ...known, ...seen, pictures: kept[at] ?? {} }, now);
          return id;
        });
      });
    },
  };
}

/** What is known of a picture once it is prepared. */
export function seenOf({ width, height, notes }: PreparedPicture): CardChange {
  return { pictureWidth: width, pictureHeight: height, intakeNotes: notes };
}
