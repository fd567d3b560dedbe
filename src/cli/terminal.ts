import { shownName } from '../core/intake/names';
import { maskNumbersIn } from '../shared/mask';

export interface Terminal {
  /** Progress and words for people: standard error. */
  say(text: string): void;
  /** One line in the place of the last one, where lines can be written over. */
  sayOver(line: string): void;
  /** True when a line may be written over. */
  readonly live: boolean;
}

/**
 * What goes to people holds words of others: names, folders, what was typed. Whatever they say of it, no number is whole in
 * it, and nothing in it moves the cursor or colours what follows.
 */
export function createTerminal(write: (text: string) => void, live: boolean): Terminal {
  return {
    say: (text) => write(forPeople(text)),
    sayOver: (line) => write(live ? `\r\u001b[2K${forPeople(line)}` : `${forPeople(line)}\n`),
    live,
  };
}

function forPeople(text: string): string {
  return text
    .split('\n')
    .map((line) => maskNumbersIn(shownName(line)))
    .join('\n');
}
