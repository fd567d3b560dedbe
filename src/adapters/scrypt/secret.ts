/** The same characters are the same passphrase, however a keyboard puts them together. */
export const secretOf = (passphrase: string): string => passphrase.normalize('NFKC');
