/**
 * Which cards may be approved together with others, by one key: on the wall and in the list. Everything about which the desk
 * has a reason to ask stays, so that a person looks at it for itself. The rule that approves without anybody is stricter.
 */
import { LOOK_WEIGHT, NUMBER_DOUBTS, type Doubt } from '../../shared/doubts';
import type { Card } from '../cards/ports';

/** What a person corrected they have looked at; a doubt about the number asks whatever it weighs, other ones are not even raised at 0. */
function asksForLook({ name, weight }: Doubt): boolean {
  return NUMBER_DOUBTS.includes(name) || (weight >= LOOK_WEIGHT && name !== 'corrected');
}

export function needsLook(card: Pick<Card, 'state' | 'fields' | 'warnings' | 'doubts' | 'score'>): boolean {
  return (
    // Settling is for the two sides, not for a number among others.
    card.state.kind === 'disputed' ||
    card.fields.cardNumber === undefined ||
    // A warning is acknowledged card by card, whatever it weighs.
    card.warnings.length > 0 ||
    // Nothing has assessed it yet.
    card.score === undefined ||
    card.doubts.some(asksForLook)
  );
}
