/** Control characters would break lines in sheets, lists and terminals; half characters and non-characters cannot be written at all. */
export function shownName(name: string): string {
  return name.replace(/[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}]/gu, '\ufffd');
}
