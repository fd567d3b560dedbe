/** Tells a person why nothing was done, and with which keys it can be. */
import { useDesk } from '../../session/desk-store';
import { translate } from '../../messages/i18n';
import { words } from '../../messages/words';
import { useToasts } from '../../ui/toast-store';
import type { Obstacle } from './obstacle';

export function sayObstacle({ why, instead }: Obstacle, state: string): void {
  const desk = useDesk();
  const keys = instead.map((command) => `${words.command(command)} (${desk.keyOf(command)})`).join(' · ');
  useToasts().problem(translate(`decide.cannot.${why}`, { state, keys }));
}
