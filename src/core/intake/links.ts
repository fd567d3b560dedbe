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
