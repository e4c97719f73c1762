/** By which two names are the same: without capitals, further spaces and forms of one letter. */
export const nameKey = (name: string): string =>
  name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** The first letter of a word with its marks, in capitals: never half of a sign. Empty without letters. */
export const firstLetter = (word: string): string => (word.match(/\p{L}\p{M}*/u)?.[0] ?? '').toUpperCase();
