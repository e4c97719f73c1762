import { type BirthOrder, bareNumber, parseBirthDay, plainDigits } from './policy';

const MOST_WORDS = 8;
const LONGEST_WORD = 40;

// Letters that Unicode does not decompose but that people type without their mark.
const PLAIN: Record<string, string> = {
  ß: 'ss',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  ς: 'σ',
};

/**
 * Words of a name as they are searched: lower case, without accents. Only the marks of Latin, Greek and
 * Cyrillic letters and the optional points of Arabic and Hebrew go; in Indic scripts a mark is a vowel and
 * stays.
 */
export function wordsOf(...names: (string | undefined)[]): string[] {
  const words = names
    .join(' ')
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u0591-\u05bd\u064b-\u0652\u0670]/g, '')
    .toLowerCase()
    .replace(/[\u0300-\u036f'’ʼ`]/g, '')
    .replace(/[ßøłđðþæœıς]/g, (letter) => PLAIN[letter] ?? letter)
    .normalize('NFC')
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter(Boolean)
    .map((word) => word.slice(0, LONGEST_WORD));
  return [...new Set(words)].slice(0, MOST_WORDS);
}

/**
 * What a name is found by: each ordered pair of its words, so that one anchored prefix on one index answers
 * "ravi", "ravi ku" and "kumar ra" alike; a single word as it is.
 */
export function nameKeysOf(...names: (string | undefined)[]): string[] {
  const words = wordsOf(...names);
  if (words.length < 2) return words;
  return words.flatMap((word) => words.filter((other) => other !== word).map((other) => `${word} ${other}`));
}

/** The place of a name in a list, as the name is written. */
export const sortNameOf = (...names: (string | undefined)[]): string => wordsOf(...names).join(' ');

/** Digits of a phone number without the country's part: the last ten. */
export const phoneKeyOf = (phone: string): string => bareNumber(phone).replace(/\D/g, '').slice(-10);

/** How many digits of a number's beginning, or of its end, it can be found by; in full always. */
const BEGINNINGS = [4, 5, 6, 7, 8, 9];
const ENDS = [4, 5, 6];
/** Fewer digits are not taken as a number. */
const SHORTEST_PHONE = 6;

const emailText = (email: string): string => `email ${email.trim().toLowerCase()}`;
const phoneText = (key: string): string => `phone ${key}`;
const beginningText = (digits: string): string => `begins ${digits}`;
const endText = (digits: string): string => `ends ${digits}`;

/** Everything in a record that it is found by in full or in part. */
type Contacts = {
  phone?: string | null | undefined;
  alternatePhone?: string | null | undefined;
  guardianPhone?: string | null | undefined;
  email?: string | null | undefined;
  otherNumbers?: string | null | undefined;
  abhaNumber?: string | null | undefined;
};

/** A number of before or of elsewhere without its spaces and dashes; null for what has no digit. */
function otherNumberText(typed: string): string | null {
  const folded = typed.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
  return folded.length >= 2 && folded.length <= 30 && /\d/.test(folded) ? `number ${folded}` : null;
}

/** The text that finds such a number when it was typed in full. */
export const typedNumberTexts = (typed: string): string[] => {
  const text = otherNumberText(typed);
  return text ? [text] : [];
};

/** What a patient's numbers and e-mail address are found by; only keyed digests of these are stored. */
export function contactTextsOf(contacts: Contacts): string[] {
  const { phone, alternatePhone, guardianPhone, email, otherNumbers, abhaNumber } = contacts;
  const numbers = [...(otherNumbers ?? '').split(/[,;\n]/), abhaNumber ?? ''].flatMap(typedNumberTexts);
  const keys = [phone, alternatePhone, guardianPhone].flatMap((each) => (each ? [phoneKeyOf(each)] : []));
  const texts = keys.flatMap((key) => [
    phoneText(key),
    ...BEGINNINGS.filter((length) => length <= key.length).map((length) =>
      beginningText(key.slice(0, length)),
    ),
    ...ENDS.filter((length) => length <= key.length).map((length) => endText(key.slice(-length))),
  ]);
  // In order of the text, not of the length: the digests do not say which is which.
  return [...new Set([...texts, ...numbers, ...(email ? [emailText(email)] : [])])].sort();
}

/** The same for what was typed; empty while it is too short. */
export function typedContactTexts({ phones, phoneEnd, email }: ParsedSearch): string[] {
  const texts = phones.flatMap((digits) => [
    ...(digits.length >= SHORTEST_PHONE ? [phoneText(digits)] : []),
    ...(BEGINNINGS.includes(digits.length) ? [beginningText(digits)] : []),
  ]);
  if (phoneEnd && ENDS.includes(phoneEnd.length)) texts.push(endText(phoneEnd));
  if (email) texts.push(emailText(email));
  return [...new Set(texts)];
}

/** The text that finds a number in full; null for what is too short to be one. */
export function phoneTextOf(phone: string): string | null {
  const key = phoneKeyOf(phone);
  return key.length >= SHORTEST_PHONE ? phoneText(key) : null;
}

const NUMBER_DIGITS = 6;

/** `P-000042` for 42. */
export const patientNumberOf = (count: number): string => `P-${String(count).padStart(NUMBER_DIGITS, '0')}`;

export type ParsedSearch = {
  /** Patient numbers, exactly. */
  numbers: string[];
  /** Beginning of a patient number that is still being typed. */
  numberPrefix: string | null;
  /** Beginnings of a phone's last ten digits. */
  phones: string[];
  /** The last digits of a phone, when few were typed. */
  phoneEnd: string | null;
  /** An e-mail address in full. */
  email: string | null;
  /** Beginnings of words of the name. */
  words: string[];
  /** A birth day, alone or after a name. */
  birthDay: string | null;
  /** A year of birth after a name. */
  birthYear: string | null;
};

const NOTHING: ParsedSearch = {
  numbers: [],
  numberPrefix: null,
  phones: [],
  phoneEnd: null,
  email: null,
  words: [],
  birthDay: null,
  birthYear: null,
};
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;
const YEAR_AT_END = /^(.*\p{L}.*)\s((?:19|20)\d\d)$/u;
const DATE_AT_END = /(?:^|\s)(\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{1,2}-\d{1,2})$/;

/**
 * What somebody typed into the search box: a patient number, digits of a phone, parts of a name, a birth day.
 */
export function parseSearch(text: string, order: BirthOrder = 'dmy'): ParsedSearch {
  const typed = plainDigits(text.trim().slice(0, 100));
  const number = typed.match(/^p\s*[-–]?\s*(\d{1,12})$/i)?.[1];
  if (number) return { ...NOTHING, numbers: [patientNumberOf(Number(number))], numberPrefix: `P-${number}` };

  const date = typed.match(DATE_AT_END);
  const birthDay = date?.[1] ? parseBirthDay(date[1], order) : null;
  if (date && birthDay) return { ...NOTHING, birthDay, words: wordsOf(typed.slice(0, date.index)) };

  const year = typed.match(YEAR_AT_END);
  if (year?.[1] && year[2]) return { ...NOTHING, birthYear: year[2], words: wordsOf(year[1]) };

  if (EMAIL.test(typed)) return { ...NOTHING, email: typed };
  if (/^\+?[\d\s().-]+$/.test(typed) && /\d/.test(typed)) return parseDigits(typed);
  return { ...NOTHING, words: wordsOf(typed) };
}

/**
 * Few digits may be a patient number or the beginning of a phone; many are a phone, with or without its
 * country.
 */
function parseDigits(typed: string): ParsedSearch {
  const digits = typed.replace(/\D/g, '');
  const local = digits.replace(/^0+/, '');
  if (digits.length > 10) return { ...NOTHING, phones: [digits.slice(-10)] };
  // While a country's part is being typed it is not known how long it is: one to three digits.
  const withoutCountry = typed.startsWith('+') ? [1, 2, 3].map((length) => digits.slice(length)) : [];
  const phones = [...new Set([digits, local, ...withoutCountry])].filter((each) => each.length >= 2);
  const isNumber = digits.length <= 7 && !typed.startsWith('+') && local !== '';
  const phoneEnd = ENDS.includes(digits.length) && !typed.startsWith('+') ? digits : null;
  return { ...NOTHING, phones, phoneEnd, numbers: isNumber ? [patientNumberOf(Number(digits))] : [] };
}
