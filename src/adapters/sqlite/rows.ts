/** Rows of the database as the core's words, and back. JSON columns are written by this file only. */
import type { AttemptOutcome, CardStateName, IntakeNote, SampleState } from '../../shared/cards';
import type { Doubt } from '../../shared/doubts';
import type { BatchId, CardId } from '../../shared/ids';
import type { EngineName, FieldName, Fields, LocalEvidence, WarningCode } from '../../shared/recognition';
import type { CardState } from '../../core/cards/card';
import type { Card, CardChange, PictureNames, Source } from '../../core/cards/ports';
import type { Answered, Attempt, AttemptEnd } from '../../core/recognition/ports';

export type Column = string | number | null;

export interface CardRecord {
  id: number;
  batch_id: number;
  batch_name: string;
  name: string;
  source_kind: string;
  location: string | null;
  piece: number | null;
  state: string;
  state_data: string;
  card_number: string | null;
  bank_info: string | null;
  card_type: string | null;
  card_name: string | null;
  valid_date: string | null;
  corrected: string;
  warnings: string;
  intake_notes: string;
  doubts: string;
  score: number | null;
  sample: string | null;
  assigned_to: string | null;
  note: string | null;
  quality: number | null;
  engine: string | null;
  sha256: string | null;
  byte_length: number | null;
  picture_width: number | null;
  picture_height: number | null;
  picture_source: string | null;
  picture_original: string | null;
  picture_thumb: string | null;
  picture_card: string | null;
  picture_number: string | null;
  revision: number;
  taken_in_at: number;
  updated_at: number;
}

export interface AttemptRecord {
  id: number;
  card_id: number;
  engine: string;
  started_at: number;
  finished_at: number | null;
  outcome: string;
  request_id: string | null;
  error_code: string | null;
  maybe_charged: number;
  fields: string | null;
  warnings: string | null;
  quality: number | null;
  evidence: string | null;
  picture_asked: string | null;
  copied_from: number | null;
}

/** With all that an attempt left. */
export interface AnsweredRecord extends AttemptRecord {
  message: string | null;
  http_status: number | null;
  raw: string | null;
  picture_card: string | null;
  picture_number: string | null;
}

const FIELD_COLUMNS: Readonly<Record<FieldName, keyof CardRecord>> = {
  cardNumber: 'card_number',
  bankInfo: 'bank_info',
  cardType: 'card_type',
  cardName: 'card_name',
  validDate: 'valid_date',
};

const PICTURE_COLUMNS: Readonly<Record<keyof PictureNames, keyof CardRecord>> = {
  source: 'picture_source',
  original: 'picture_original',
  thumb: 'picture_thumb',
  card: 'picture_card',
  number: 'picture_number',
};

function present<T extends object>(
  entries: readonly (readonly [keyof T, T[keyof T] | null | undefined])[],
): T {
  return Object.fromEntries(entries.filter(([, value]) => value !== null && value !== undefined)) as T;
}

export function toCard(row: CardRecord): Card {
  return {
    id: row.id as CardId,
    batchId: row.batch_id as BatchId,
    batchName: row.batch_name,
    name: row.name,
    sourceKind: row.source_kind as Source['kind'],
    location: row.location ?? undefined,
    piece: row.piece ?? undefined,
    state: { kind: row.state as CardStateName, ...JSON.parse(row.state_data) } as CardState,
    fields: present<Fields>(
      (Object.keys(FIELD_COLUMNS) as FieldName[]).map((name) => [
        name,
        row[FIELD_COLUMNS[name]] as string | null,
      ]),
    ),
    corrected: JSON.parse(row.corrected) as FieldName[],
    warnings: JSON.parse(row.warnings) as WarningCode[],
    doubts: JSON.parse(row.doubts) as Doubt[],
    score: row.score ?? undefined,
    sample: (row.sample ?? undefined) as SampleState | undefined,
    assignedTo: row.assigned_to ?? undefined,
    note: row.note ?? undefined,
    intakeNotes: JSON.parse(row.intake_notes) as IntakeNote[],
    quality: row.quality ?? undefined,
    engine: (row.engine ?? undefined) as EngineName | undefined,
    sha256: row.sha256 ?? undefined,
    byteLength: row.byte_length ?? undefined,
    pictureWidth: row.picture_width ?? undefined,
    pictureHeight: row.picture_height ?? undefined,
    pictures: present<PictureNames>(
      (Object.keys(PICTURE_COLUMNS) as (keyof PictureNames)[]).map((kind) => [
        kind,
        row[PICTURE_COLUMNS[kind]] as string | null,
      ]),
    ),
    revision: row.revision,
    takenInAt: row.taken_in_at,
    updatedAt: row.updated_at,
  };
}

/** Column and value for all that a change names; a group that is named (fields, pictures) is written whole. */
export function changedColumns(change: CardChange): readonly (readonly [string, Column])[] {
  const columns: [string, Column][] = [];
  if (change.state) {
    const { kind, ...data } = change.state;
    columns.push(['state', kind], ['state_data', JSON.stringify(data)]);
    columns.push(['not_before', change.state.kind === 'queued' ? (change.state.notBefore ?? 0) : 0]);
  }
  if (change.fields) {
    for (const [name, column] of Object.entries(FIELD_COLUMNS)) {
      columns.push([column, change.fields[name as FieldName] ?? null]);
    }
  }
  if (change.pictures) {
    for (const [kind, column] of Object.entries(PICTURE_COLUMNS)) {
      columns.push([column, change.pictures[kind as keyof PictureNames] ?? null]);
    }
  }
  if (change.corrected) columns.push(['corrected', JSON.stringify(change.corrected)]);
  if (change.warnings) columns.push(['warnings', JSON.stringify(change.warnings)]);
  if (change.doubts) {
    columns.push(['doubts', JSON.stringify(change.doubts)], ['top_doubt', change.doubts[0]?.name ?? null]);
  }
  if (change.intakeNotes) columns.push(['intake_notes', JSON.stringify(change.intakeNotes)]);
  const plain = [
    ['score', 'score'],
    ['sample', 'sample'],
    ['assignedTo', 'assigned_to'],
    ['note', 'note'],
    ['quality', 'quality'],
    ['engine', 'engine'],
    ['sha256', 'sha256'],
    ['byteLength', 'byte_length'],
    ['pictureWidth', 'picture_width'],
    ['pictureHeight', 'picture_height'],
  ] as const;
  for (const [key, column] of plain) {
    if (key in change) columns.push([column, change[key] ?? null]);
  }
  return columns;
}

function parsed<T>(json: string | null): T | undefined {
  return json === null ? undefined : (JSON.parse(json) as T);
}

export function toAttempt(row: AttemptRecord): Attempt {
  return {
    id: row.id,
    cardId: row.card_id as CardId,
    engine: row.engine as EngineName,
    startedAt: row.started_at,
    finishedAt: row.finished_at ?? undefined,
    outcome: row.outcome as AttemptOutcome,
    requestId: row.request_id ?? undefined,
    errorCode: row.error_code ?? undefined,
    maybeCharged: row.maybe_charged === 1,
    ofCut: row.picture_asked !== null,
    copied: row.copied_from !== null,
    fields: parsed<Fields>(row.fields),
    warnings: parsed<WarningCode[]>(row.warnings),
    quality: row.quality ?? undefined,
    evidence: parsed<LocalEvidence>(row.evidence),
  };
}

export function toAnswered(row: AnsweredRecord): Answered {
  const { id, fields, warnings, quality, evidence, requestId, errorCode } = toAttempt(row);
  return {
    attemptId: id,
    end: {
      finishedAt: row.finished_at ?? row.started_at,
      outcome: row.outcome as AttemptEnd['outcome'],
      maybeCharged: row.maybe_charged === 1,
      requestId,
      errorCode,
      message: row.message ?? undefined,
      httpStatus: row.http_status ?? undefined,
      raw: row.raw ?? undefined,
      fields,
      warnings,
      quality,
      evidence,
    },
    crops: { card: row.picture_card ?? undefined, number: row.picture_number ?? undefined },
  };
}
