/**
 * The same picture under another name is not asked about again: where an engine has answered about these very bytes under
 * the same switches, its answer is taken over, and the attempt says whose it is. A person who asks again is asked for anew.
 */
import { SWITCHES, type EngineName, type Switches } from '../../shared/recognition';
import { assertNever } from '../../shared/result';
import { ASKED_BY_PERSON } from '../cards/card';
import type { Card, PictureStore } from '../cards/ports';
import { PictureLost } from '../cards/picture-lost';
import { troubleOf } from '../environment/trouble';
import { classify } from '../recognition/errors';
import type { Answered, AttemptStore, EngineAnswer } from '../recognition/ports';

export interface RepeatTools {
  readonly store: AttemptStore;
  readonly pictures: PictureStore;
  sha256(bytes: Uint8Array): string;
  defect(error: unknown): void;
}

export interface Repeat {
  readonly copiedFrom: number;
  readonly answer: EngineAnswer;
}

export interface Repeats {
  /** One text for one picture under the same switches. */
  question(image: Uint8Array, switches: Switches): string;
  /** Undefined: the engine has to be asked. */
  find(card: Card, engine: EngineName, question: string): Promise<Repeat | undefined>;
}

/** Tells whether two cards came as the same bytes; while one of them is at an engine the other waits for its answer. */
export function samePicture({ id, sha256, piece }: Card): string {
  return sha256 === undefined ? String(id) : `${sha256}/${piece ?? 0}`;
}

export function askedByPerson({ state }: Card): boolean {
  return state.kind === 'queued' && state.notBefore === ASKED_BY_PERSON;
}

export function createRepeats({ store, pictures, sha256, defect }: RepeatTools): Repeats {
  /** A card that has its own answer of this engine is here again because somebody wants another one. */
  function hasOwn(card: Card, engine: EngineName): boolean {
    return store
      .attempts(card.id)
      .some((own) => own.engine === engine && (own.outcome === 'finished' || own.outcome === 'failed'));
  }

  /** A crop that cannot be opened costs no second call. */
  async function cropOf(name: string): Promise<Uint8Array | undefined> {
    try {
      return await pictures.get(name);
    } catch (error) {
      if (troubleOf(error)) throw error;
      if (!(error instanceof PictureLost)) defect(error);
      return undefined;
    }
  }

  async function answerOf({ end, crops }: Answered): Promise<EngineAnswer | undefined> {
    const { outcome } = end;
    switch (outcome) {
      case 'finished': {
        const { requestId, fields = {}, warnings = [], quality, evidence, raw = '' } = end;
        const [borderCutImage, cardNoImage] = await Promise.all(
          [crops.card, crops.number].map(async (name) => (name ? cropOf(name) : undefined)),
        );
        const read = { requestId, fields, warnings, quality, evidence, raw };
        return {
          kind: 'answer',
          recognition: {
            ...read,
            borderCutImage: borderCutImage || undefined,
            cardNoImage: cardNoImage || undefined,
          },
        };
      }
      case 'failed': {
        const { errorCode: code, requestId, message, httpStatus } = end;
        // Only what is the picture's own fault would be said again.
        if (code === undefined || classify(code).class !== 'image') return undefined;
        return { kind: 'error', code, requestId, message, httpStatus, sent: false };
      }
      case 'retry':
      case 'throttled':
      case 'unknown':
      case 'cancelled':
        return undefined;
      default:
        return assertNever(outcome);
    }
  }

  return {
    question: (image, switches) =>
      `${sha256(image)} ${SWITCHES.map((name) => (switches[name] ? '1' : '0')).join('')}`,
    async find(card, engine, question) {
      if (askedByPerson(card) || hasOwn(card, engine)) return undefined;
      const answered = store.answered(card, engine, question);
      const answer = answered && (await answerOf(answered));
      return answered && answer && { copiedFrom: answered.attemptId, answer };
    },
  };
}
