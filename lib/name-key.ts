/** By which two names are the same: without capitals, further spaces and forms of one letter. */
export const nameKey = (name: string): string =>
  name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();
