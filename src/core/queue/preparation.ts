/** What an engine will be asked about a card, before anything is written or sent. */
import type { EngineName } from '../../shared/recognition';
import { jobOf } from '../cards/card';
import { lostPicture } from '../cards/picture-lost';
import type { Card } from '../cards/ports';
import type { FailureParams } from './outcome';
import type { CancelSignal, RecognitionRequest } from '../recognition/ports';
import { createPictureOf } from './picture';
import type { QueueTools } from './ports';
import { createRepeats, type Repeat } from './repeats';

export interface Prepared {
  readonly request: RecognitionRequest;
  readonly question: string;
  /** The same was asked before: nobody needs to be asked. */
  readonly repeat?: Repeat;
}

export interface PreparationTools extends QueueTools {
  fail(card: Card, code: string, params?: FailureParams): void;
}

/** Undefined: it will not be asked, and the card says why or waits. Rejects with what this computer or a defect kept from it. */
export function createPreparation(tools: PreparationTools) {
  const pictureOf = createPictureOf(tools);
  const repeats = createRepeats(tools);

  return async (card: Card, engine: EngineName, signal: CancelSignal): Promise<Prepared | undefined> => {
    const image = await pictureOf(card, jobOf(card.state));
    if (image === undefined || image === 'lost') {
      const { code, params } = image === 'lost' ? lostPicture(card) : { code: 'picture.cannotOpen' };
      tools.fail(card, code, params);
      tools.changed([card.id]);
      return undefined;
    }
    if (signal.aborted) return undefined;
    const request: RecognitionRequest = { image, switches: tools.switches() };
    const question = repeats.question(image, request.switches);
    const repeat = await repeats.find(card, engine, question);
    // The disk may have filled up while the picture was fetched: a call whose answer might not be kept is not begun.
    if (signal.aborted || tools.hold.waiting()) return undefined;
    return { request, question, repeat };
  };
}
