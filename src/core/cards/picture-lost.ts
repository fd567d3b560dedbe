/** What is wrong with one stored picture and with nothing else: it is gone, or it is not what was stored. */
import type { Card } from './ports';

export class PictureLost extends Error {}

/** Codes of cards of which the desk has nothing to ask about, so that their picture has to be taken anew. */
const WITHOUT_PICTURE: readonly string[] = ['picture.lost', 'picture.cannotOpen', 'card.damaged'];

/** It failed for the sake of what the desk kept, and what it was taken from is known. One of several on a picture is not: it would come with the others. */
export function canBeTakenAnew({ state, location, piece }: Card): boolean {
  return (
    state.kind === 'failed' &&
    WITHOUT_PICTURE.includes(state.code) &&
    location !== undefined &&
    piece === undefined
  );
}

/** Why a card whose picture is lost cannot go on, and where it came from, if that is known. */
export function lostPicture({ location, piece }: Card): {
  readonly code: 'picture.lost' | 'picture.cannotOpen';
  readonly params?: { readonly place: string };
} {
  return location === undefined || piece !== undefined
    ? { code: 'picture.cannotOpen' }
    : { code: 'picture.lost', params: { place: location } };
}
