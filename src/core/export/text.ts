/** Text as a sheet can hold it. */

/** Excel's limit, in UTF-16 units: a longer cell makes it call the whole file damaged. */
const MAX_CELL = 32_767;

/** What XML 1.0 (2.2, Char) does not allow, in whatever disguise it came: half pairs, control and non-characters. */
const NOT_XML = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu;

/** In the place of what cannot be written stands a sign for it: nothing moves to the front that was not there. */
export function cellText(text: string): string {
  const clean = text.replace(NOT_XML, '\ufffd');
  if (clean.length <= MAX_CELL) return clean;
  // Not between the halves of a pair.
  const cut = clean.slice(0, MAX_CELL - 1).replace(/[\ud800-\udbff]$/, '');
  return `${cut}…`;
}
