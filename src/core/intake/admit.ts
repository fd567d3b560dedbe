/** Admits one picture: it is read, prepared and looked at, and then kept or refused. */
import type { BatchId, CardId } from '../../shared/ids';
import { assertNever, type Failure, type Result } from '../../shared/result';
import type { Card, CardChange, Clock, PictureNames, PictureStore } from '../cards/ports';
import { isExhausted, troubleOf } from '../environment/trouble';
import type { CancelSignal } from '../recognition/ports';
import { admit, type BackTools, type NotAdmitted } from './backs';
import { seenOf, type Entry } from './entry';
import { MAX_FILE_BYTES, type IntakeFailure } from './formats';
import type { Keeping } from './keeping';
import type { Refusals } from './refusals';
import type { Corners, FileTool, LinkTool } from './ports';
import { takeApart } from './several';
import { createWhole } from './whole';

export interface Admission {
  /**
   * Throws what is no fault of the picture; a card that was called off meanwhile stays as it is. `aside`: nothing is to be done
   * for it any more but to write down that it is refused.
   */
  admit(card: Card, signal: CancelSignal, aside: () => void): Promise<void>;
  refuse(card: Card, code: IntakeFailure): Promise<void>;
}

export interface AdmissionTools extends BackTools {
  readonly pictures: Pick<PictureStore, 'get'>;
  readonly files: Pick<FileTool, 'read' | 'mayGrow'>;
  readonly links: LinkTool;
  readonly clock: Clock;
  readonly entry: Entry;
  readonly keeping: Keeping;
  readonly refusals: Refusals;
  /** `more`: cards that were not known of when the picture was put on the list. */
  took(batchId: BatchId, ids: readonly CardId[], more: number): void;
  /** A defect, not a bad picture. */
  defect(error: unknown): void;
}

export function createAdmission(tools: AdmissionTools): Admission {
  const { entry, keeping, refusals } = tools;

  async function bytesOf(card: Card, signal: CancelSignal): Promise<Result<Uint8Array, IntakeFailure>> {
    switch (card.sourceKind) {
      case 'file':
        return tools.files.read(card.location ?? '', MAX_FILE_BYTES);
      case 'link':
        return tools.links.fetch(card.location ?? '', MAX_FILE_BYTES, signal);
      case 'clipboard':
        return { ok: true, value: await tools.pictures.get(card.pictures.source ?? '') };
      default:
        return assertNever(card.sourceKind);
    }
  }

  const wholeOf = createWhole({ ...tools, bytesOf });

  function notAdmitted(card: Card, { code, cause }: Failure<NotAdmitted>, known: CardChange): Promise<void> {
    // Nobody could look for want of memory or handles: its time will come.
    if (troubleOf(cause)) throw cause;
    if (code === 'picture.notLookedAt') tools.defect(cause);
    return refuse(card, code, known);
  }

  /** With others: of what is no picture there may be thousands. */
  function refuseAside(card: Card, code: IntakeFailure, known: CardChange, aside: () => void): Promise<void> {
    const written = refusals.add(card, code, known);
    aside();
    return written;
  }

  /** At once: it is not one of many. */
  function refuse(card: Card, code: IntakeFailure, known: CardChange = {}): Promise<void> {
    const written = refusals.add(card, code, known);
    refusals.write();
    return written;
  }

  /** The picture that they lay on is not kept: each has its own, and its own state. */
  async function admitSeveral(
    card: Card,
    bytes: Uint8Array,
    known: CardChange,
    cards: readonly Corners[],
    signal: CancelSignal,
  ): Promise<void> {
    const pieces = await takeApart(tools, bytes, cards, signal);
    if (!pieces || signal.aborted) return;
    if (!pieces.ok) return notAdmitted(card, pieces.error, known);
    const kept: PictureNames[] = [];
    await keeping.orDiscard(kept, async () => {
      for (const piece of pieces.value) kept.push(piece.ok ? await keeping.keep(piece.value) : {});
    });
    const ids = await keeping.orDiscard(kept, () => entry.split(card, pieces.value, kept, known));
    if (ids.length === 0) for (const pictures of kept) await keeping.discard(pictures);
    else tools.took(card.batchId, ids, ids.length - 1);
  }

  return {
    async admit(card, signal, aside) {
      const read = await wholeOf(card, signal);
      if (!read) return;
      if (!read.ok) {
        // It would have been read at another moment.
        if (isExhausted(read.error.cause)) throw read.error.cause;
        return refuseAside(card, read.error.code, {}, aside);
      }
      const { bytes, sha256, prepared } = read.value;
      const known = { sha256, byteLength: bytes.length };
      if (!prepared.ok) return refuseAside(card, prepared.error.code, known, aside);
      const looked = await tools.looker.look(prepared.value.prepared, signal);
      if (looked?.ok && looked.value.cards.length > 0)
        return admitSeveral(card, bytes, known, looked.value.cards, signal);
      const admitted = looked?.ok ? await admit(tools, prepared.value, looked.value, signal) : looked;
      if (!admitted || signal.aborted) return;
      if (!admitted.ok) return notAdmitted(card, admitted.error, known);
      const pictures = await keeping.keep(admitted.value);
      const done = await keeping.orDiscard([pictures], () =>
        entry.write(card, { kind: 'queued' }, { ...known, ...seenOf(admitted.value), pictures }),
      );
      if (done) tools.took(card.batchId, [card.id], 0);
      else await keeping.discard(pictures);
    },
    refuse,
  };
}
