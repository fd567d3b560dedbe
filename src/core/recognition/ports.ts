import type { EngineName, Recognition, Switches } from '../../shared/recognition';

/** The part of the platform's AbortSignal that the core needs; every AbortSignal is one. */
export interface CancelSignal {
  readonly aborted: boolean;
  addEventListener(type: 'abort', listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
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
  /** Never rejects for anything that the world did, but where this computer could not even begin; else a rejection is a bug. */
  recognise(request: RecognitionRequest, signal: CancelSignal): Promise<EngineAnswer>;
}
