/** Cards as the faces see them: numbers masked, pictures by kind, readings side by side. */
import { PICTURE_KINDS, type CardDetail, type CardRow, type FieldDetail } from '../../shared/cards';
import { FIELD_NAMES, type FieldName } from '../../shared/recognition';
import type { HistoryEntry } from '../../shared/cards';
import type { AuditLog } from '../audit/ports';
import type { Card } from '../cards/ports';
import type { Attempt, AttemptStore } from '../recognition/ports';
import { doubtfulDigits } from '../doubts/doubts';
import { newestAttempts } from '../recognition/newest';
import { needsLook } from '../review/look';
import { maySettle, toVerdictDetail } from '../review/second-review';
import { maskNumbersIn } from '../../shared/mask';
import { differingDigits, groupCardNumber, maskCardNumber, passesLuhn } from '../../shared/number';

export function masked(digits: string): string {
  return groupCardNumber(maskCardNumber(digits));
}

/** A note may say what its writer made of the card: in a second review it is not shown. */
function noteFor({ note, state }: Card): string | undefined {
  return state.kind === 'second' ? undefined : note;
}

export function toRow(card: Card): CardRow {
  const { state, fields } = card;
  const number = fields.cardNumber;
  return {
    id: card.id,
    batchId: card.batchId,
    batchName: maskNumbersIn(card.batchName),
    name: maskNumbersIn(card.name),
    state: state.kind,
    stateCode: state.kind === 'failed' ? state.code : state.kind === 'rejected' ? state.reason : undefined,
    stateParams: state.kind === 'failed' ? state.params : undefined,
    maskedNumber: number === undefined ? undefined : masked(number),
    bankInfo: fields.bankInfo,
    cardType: fields.cardType,
    cardName: fields.cardName,
    validDate: fields.validDate,
    warnings: card.warnings,
    doubts: card.doubts,
    score: card.score,
    quality: card.quality,
    luhnPassed: number === undefined ? undefined : passesLuhn(number),
    intakeNotes: card.intakeNotes,
    corrected: card.corrected,
    engine: card.engine,
    assignedTo: card.assignedTo,
    sample: card.sample,
    rule: state.kind === 'approved' ? state.rule : undefined,
    hasNote: noteFor(card) !== undefined,
    needsLook: needsLook(card),
    pictures: PICTURE_KINDS.filter((kind) => card.pictures[kind] !== undefined),
    revision: card.revision,
    takenInAt: card.takenInAt,
    updatedAt: card.updatedAt,
  };
}

function fieldDetail(card: Card, name: FieldName, newest: readonly Attempt[]): FieldDetail {
  const isNumber = name === 'cardNumber';
  const shown = (value: string) => (isNumber ? masked(value) : value);
  const readings = newest.flatMap(({ engine, id, fields }) => {
    const value = fields?.[name];
    return value === undefined ? [] : [{ engine, attemptId: id, value }];
  });
  const value = card.fields[name];
  const [first, second] = readings;
  return {
    name,
    value: value === undefined ? undefined : shown(value),
    corrected: card.corrected.includes(name),
    readings: readings.map((reading) => ({ ...reading, value: shown(reading.value) })),
    differingDigits: isNumber && first && second ? differingDigits(first.value, second.value) : undefined,
  };
}

/** Who looks at a card: it decides what of another person's work they see. */
export interface Viewer {
  readonly who: string;
  readonly supervisor: boolean;
}

/** In a second review nothing of the first person's work is shown, not even that a field was corrected. */
function historyFor(card: Card, store: AuditLog): readonly HistoryEntry[] {
  const history = store.history(card.id);
  const { state } = card;
  if (state.kind !== 'second') return history;
  return history.filter(({ who, what }) => who !== state.first.by || what === 'takenIn');
}

/** Both sides of a dispute, for a supervisor who may settle it. */
function disputeFor({ state }: Card, viewer: Viewer): CardDetail['dispute'] {
  if (state.kind !== 'disputed' || !viewer.supervisor || !maySettle(state, viewer.who)) return undefined;
  const [one, other] = [state.first.fields.cardNumber, state.second.fields.cardNumber];
  return {
    first: toVerdictDetail(state.first, masked),
    second: toVerdictDetail(state.second, masked),
    differingDigits: one !== undefined && other !== undefined ? differingDigits(one, other) : undefined,
  };
}

export function toDetail(card: Card, store: AttemptStore & AuditLog, viewer: Viewer): CardDetail {
  const attempts = store.attempts(card.id);
  const newest = newestAttempts(attempts);
  return {
    row: toRow(card),
    note: noteFor(card),
    dispute: disputeFor(card, viewer),
    doubtfulDigits: doubtfulDigits(card.doubts),
    fields: FIELD_NAMES.map((name) => fieldDetail(card, name, newest)),
    attempts: attempts.map((attempt) => ({
      id: attempt.id,
      engine: attempt.engine,
      startedAt: attempt.startedAt,
      finishedAt: attempt.finishedAt,
      outcome: attempt.outcome,
      requestId: attempt.requestId,
      errorCode: attempt.errorCode,
      maybeCharged: attempt.maybeCharged,
      ofCut: attempt.ofCut,
      copied: attempt.copied,
    })),
    history: historyFor(card, store),
    sha256: card.sha256,
    pictureWidth: card.pictureWidth,
    pictureHeight: card.pictureHeight,
    byteLength: card.byteLength,
  };
}
