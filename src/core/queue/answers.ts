/**
 * How an engine's answer is kept: whole with its attempt, and as the values of its card, in one transaction. Its pictures
 * follow: an answer is not worth less where they cannot be kept.
 */
import type { EngineName, Fields, Recognition } from '../../shared/recognition';
import type { Card, CardChange, PictureNames } from '../cards/ports';
import type { JobOutcome } from '../recognition/judge';
import type { AttemptEnd, EngineAnswer } from '../recognition/ports';

/** Names of the stored crops of one answer. */
export interface Crops {
  card?: string;
  number?: string;
}

export function attemptEnd(answer: EngineAnswer, outcome: JobOutcome, finishedAt: number): AttemptEnd {
  const maybeCharged = 'maybeCharged' in outcome && outcome.maybeCharged;
  if (outcome.kind === 'finished') {
    const { requestId, raw, fields, warnings, quality, evidence } = outcome.recognition;
    const read = { requestId, raw, fields, warnings, quality, evidence };
    return { finishedAt, outcome: 'finished', maybeCharged: false, ...read };
  }
  return {
    finishedAt,
    outcome: storedAs(outcome),
    maybeCharged,
    ...(answer.kind === 'error'
      ? {
          requestId: answer.requestId,
          errorCode: answer.code,
          message: answer.message,
          httpStatus: answer.httpStatus,
        }
      : {}),
  };
}

/** What was no fault of the card's ends like a call that was given up, or like one whose fate nobody knows. */
function storedAs(outcome: Exclude<JobOutcome, { kind: 'finished' }>): AttemptEnd['outcome'] {
  if (outcome.kind === 'unreachable') return 'cancelled';
  if (outcome.kind === 'unwell') return outcome.maybeCharged ? 'unknown' : 'cancelled';
  return outcome.kind;
}

/**
 * A second opinion stands beside the values: it fills what is missing, and its warnings count too, since either engine may
 * have seen what the other did not.
 */
export function addOpinion(card: Card, recognition: Recognition): CardChange {
  return {
    fields: { ...recognition.fields, ...card.fields },
    warnings: [...new Set([...card.warnings, ...recognition.warnings])],
    quality: card.quality ?? recognition.quality,
  };
}

/** The newest reading stands, but for what a person corrected: a correction outlives every reading. */
export function readInto(card: Card, engine: EngineName, recognition: Recognition): CardChange {
  const kept = Object.fromEntries(card.corrected.map((name) => [name, card.fields[name]]));
  const fields: Fields = { ...recognition.fields, ...kept };
  const { source, original, thumb } = card.pictures;
  return {
    fields,
    warnings: recognition.warnings,
    quality: recognition.quality,
    engine,
    pictures: { source, original, thumb },
  };
}

/** A card's pictures with the crops of its newest answer; those of a second opinion fill what is missing. */
export function withCrops(card: Card, crops: Crops, opinion: boolean): PictureNames {
  return opinion ? { ...crops, ...card.pictures } : { ...card.pictures, ...crops };
}
