import type { AttemptDetail, AttemptOutcome } from '../../shared/cards';
import type { CardId } from '../../shared/ids';
import type {
  EngineName,
  Fields,
  LocalEvidence,
  Recognition,
  Switches,
  WarningCode,
} from '../../shared/recognition';
import type { Card, PictureNames } from '../cards/ports';

/** The part of the platform's AbortSignal that the core needs; every AbortSignal is one. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

export interface Canceller {
  readonly signal: CancelSignal;
  cancel(): void;
}

export interface RecognitionRequest {
  /** The prepared picture: JPEG or PNG, upright, within the API's limits. */
  readonly image: Uint8Array;
  readonly switches: Switches;
}

/**
 * What happened at the engine, without judgement: whether to try again is decided in the core.
 * `code` is the API's error code, or one of `client.timeout | client.network | client.http5xx | client.badResponse`,
 * or `local.crashed` when the engine's own process died.
 */
export type EngineAnswer =
  | { readonly kind: 'answer'; readonly recognition: Recognition }
  | {
      readonly kind: 'error';
      readonly code: string;
      readonly requestId?: string;
      /** For the technical view only; never matched on, never holds a secret or a card number. */
      readonly message?: string;
      readonly httpStatus?: number;
      /** False when it is certain that the request never left this computer, so that it cannot have been charged. */
      readonly sent: boolean;
    }
  | { readonly kind: 'cancelled'; readonly sent: boolean };

/** All that the desk goes by when it deals with an engine; the name is for people and the records. */
export interface EngineTraits {
  /** A call may cost money: one whose answer was lost may have been paid for. */
  readonly charges: boolean;
  /** Calls go over a network, where too many at once are answered late or not at all. */
  readonly overNetwork: boolean;
  /** Cannot be asked without credentials; whoever has stored some wants it asked. */
  readonly needsCredentials: boolean;
  /** Calls under way at once, at most. */
  readonly slots: number;
}

export interface RecognitionEngine {
  readonly name: EngineName;
  readonly traits: EngineTraits;
  /**
   * Never rejects for anything that the world did, but where this computer could not even begin; else a rejection is a bug.
   * `leaving`: over a network it is called once, when the first byte is about to leave; where it answers false, none does, and
   * the answer is `cancelled`.
   */
  recognise(
    request: RecognitionRequest,
    signal: CancelSignal,
    leaving?: () => boolean,
  ): Promise<EngineAnswer>;
}

export interface AttemptEnd {
  readonly finishedAt: number;
  readonly outcome: Exclude<AttemptOutcome, 'started'>;
  readonly requestId?: string;
  readonly errorCode?: string;
  readonly message?: string;
  readonly httpStatus?: number;
  readonly maybeCharged: boolean;
  readonly raw?: string;
  readonly fields?: Fields;
  readonly warnings?: readonly WarningCode[];
  readonly quality?: number;
  readonly evidence?: LocalEvidence;
}

/** What an engine was asked: one text for one picture under the same switches. And whose answer is repeated, if none was asked. */
export interface Asked {
  /** A region cut out by hand that the engine is asked about, in place of the card's own picture. */
  readonly picture?: string;
  readonly question?: string;
  readonly copiedFrom?: number;
}

/** An answer of an engine, whole. */
export interface Answered {
  readonly attemptId: number;
  readonly end: AttemptEnd;
  readonly crops: PictureNames;
}

export interface Attempt extends AttemptDetail {
  readonly cardId: CardId;
  readonly fields?: Fields;
  readonly warnings?: readonly WarningCode[];
  readonly quality?: number;
  readonly evidence?: LocalEvidence;
}

/** What the engines were asked and what they answered, kept for ever as it came. */
export interface AttemptStore {
  beginAttempt(cardId: CardId, engine: EngineName, at: number, asked: Asked): number;
  endAttempt(attemptId: number, end: AttemptEnd): void;
  /** The pictures of an attempt that has ended. */
  addCrops(attemptId: number, crops: PictureNames): void;
  attempts(cardId: CardId): readonly Attempt[];
  /** What the engine said to this question about another card, that may stand for this one: a reading, else the newest error. */
  answered(card: Pick<Card, 'id' | 'batchId'>, engine: EngineName, question: string): Answered | undefined;
  unfinishedAttempts(): readonly Attempt[];
}
