import type { FailureOf } from '../../shared/ipc';
import { maskNumbersIn } from '../../shared/mask';
import { fail, ok, type Failure, type Result } from '../../shared/result';
import { shownName } from './names';

export interface Link {
  readonly url: string;
  readonly name: string;
}

/** Links among pasted text: one on a line, or separated by spaces. */
export interface FoundLinks {
  readonly links: readonly Link[];
  /** The words that are no http(s) links. */
  readonly bad: readonly string[];
}

/** Undefined for what is no http(s) link, or carries a name and password. */
export function linkOf(text: string): Link | undefined {
  const parts = /^https?:\/\/([^\s/?#@]+)(\/[^\s?#]*)?([?#]\S*)?$/i.exec(text);
  if (!parts) return undefined;
  const last = (parts[2] ?? '').split('/').filter(Boolean).pop();
  return { url: text, name: shownName(last ?? (parts[1] as string)) };
}

export function findLinks(text: string): FoundLinks {
  const links: Link[] = [];
  const bad: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const link = linkOf(word);
    if (link) links.push(link);
    else bad.push(word);
  }
  return { links, bad };
}

/** Characters of what is no link: enough to find it again. */
const BAD_LINK_SHOWN = 80;

function badLink(word: string) {
  // Masked before it is cut: a part of a number is not known as one.
  return fail('intake.badLink', { link: maskNumbersIn(word).slice(0, BAD_LINK_SHOWN) });
}

export interface LinksToTake {
  readonly links: readonly Link[];
  /** The words that are no links, one a line, as they were typed. */
  readonly left: string;
  /** What is wrong with the first of them. */
  readonly wrong?: Failure<'intake.badLink'>;
}

/** A failure where there is nothing to take. */
export function linksIn(text: string): Result<LinksToTake, FailureOf<'intake:links'>> {
  const { links, bad } = findLinks(text);
  const [word] = bad;
  if (word === undefined) return links.length > 0 ? ok({ links, left: '' }) : fail('intake.noLinks');
  const wrong = badLink(word);
  return links.length > 0 ? ok({ links, left: bad.join('\n'), wrong: wrong.error }) : wrong;
}
