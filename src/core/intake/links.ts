/** Links among pasted text: one on a line, or separated by spaces. */
export interface FoundLinks {
  readonly links: readonly { readonly url: string; readonly name: string }[];
  /** The first piece that is no http(s) link. */
  readonly bad?: string;
}

const MAX_LINKS = 10_000;

export function findLinks(text: string): FoundLinks {
  const pieces = text.split(/\s+/).filter((piece) => piece !== '');
  const links: { url: string; name: string }[] = [];
  for (const piece of pieces.slice(0, MAX_LINKS)) {
    const parts = /^https?:\/\/([^\s/?#@]+)(\/[^\s?#]*)?([?#]\S*)?$/i.exec(piece);
    if (!parts) return { links, bad: piece.slice(0, 80) };
    const last = (parts[2] ?? '').split('/').filter(Boolean).pop();
    links.push({ url: piece, name: last ?? (parts[1] as string) });
  }
  return { links };
}
