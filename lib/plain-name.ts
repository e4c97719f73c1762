/** Letters that show nothing, break a line or turn its direction: a name with them is not what it seems. */
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB]/u;
/** Joiners inside a word of an Indic or Arabic script are how it is written. */
const JOINED = /(?<=[\p{L}\p{M}])[\u200C\u200D](?=[\p{L}\p{M}])/gu;
// The two letters before the point say enough: as many as there are would be tried from each of them on.
const ADDRESS =
  /:\/\/|www\.|@|[\p{L}\p{N}-]{2}\.(?:com|net|org|info|biz|xyz|top|click|link|online|site|shop|store|app|dev|live|club|icu|ru|cn|tk|io|co|zip|page|test)(?![\p{L}\p{N}])|\.\p{L}{2,}\/|\/\/|\p{N}{1,3}(?:\.\p{N}{1,3}){3}/iu;

/** Whether a name can stand in a mail to somebody: one line that shows what it is, without an address. */
export const isPlainName = (name: string): boolean =>
  !INVISIBLE.test(name.replace(JOINED, '')) && !ADDRESS.test(name.normalize('NFKC'));

export const PLAIN_NAME = 'Leave out addresses, line breaks and signs that cannot be seen.';

/** The same for text that is there already: each run of what breaks a line becomes a space. */
export const inOneLine = (text: string): string =>
  text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]+/gu, ' ').trim();
