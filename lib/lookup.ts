/**
 * What a table says of a word that people typed. "constructor" is not a row of it, whatever objects inherit.
 */
export const lookup = <V>(table: Readonly<Record<string, V>>, word: string): V | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined;
