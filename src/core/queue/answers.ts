/** How an engine's answer is kept: whole with its attempt, and as the values of its card. */
import type { EngineName, Fields, Recognition } from '../../shared/recognition';
import type { AttemptEnd, Card, CardChange } from '../cards/ports';
import type { JobOutcome } from '../recognition/judge';
import type { EngineAnswer } from '../recognition/ports';

/** Names of the stored crops of one answer. */
export interface Crops {
  readonly card?: string;
  readonly number?: string;
}

export function attemptEnd(
  answer: EngineAnswer,
  outcome: JobOutcome,
  crops: Crops,
  finishedAt: number,
): AttemptEnd {
  const maybeCharged = 'maybeCharged' in outcome && outcome.maybeCharged;
  if (outcome.kind === 'finished') {
    const { requestId, raw, fields, warnings, quality, evidence } = outcome.recognition;
    const read = { requestId, raw, fields, warnings, quality, evidence, pictures: crops };
    return { finishedAt, outcome: 'finished', maybeCharged: false, ...read };
  }
  return {
    finishedAt,
    outcome: outcome.kind === 'unreachable' ? 'cancelled' : outcome.kind,
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

/**
 * A second opinion stands beside the values: it fills what is missing, and its warnings count too, since either engine may
 * have seen what the other did not.
 */
export function addOpinion(card: Card, recognition: Recognition, crops: Crops): CardChange {
  return {
    fields: { ...recognition.fields, ...card.fields },
    warnings: [...new Set([...card.warnings, ...recognition.warnings])],
    quality: card.quality ?? recognition.quality,
    pictures: {
      ...card.pictures,
      card: card.pictures.card ?? crops.card,
      number: card.pictures.number ?? crops.number,
    },
  };
}

/** The newest reading stands, but for what a person corrected: a correction outlives every reading. */
export function readInto(card: Card, engine: EngineName, recognition: Recognition, crops: Crops): CardChange {
  const kept = Object.fromEntries(card.corrected.map((name) => [name, card.fields[name]]));
  const fields: Fields = { ...recognition.fields, ...kept };
  const { source, original, thumb } = card.pictures;
  return {
    fields,
    warnings: recognition.warnings,
    quality: recognition.quality,
    engine,
    pictures: { source, original, thumb, ...crops },
  };
}
