import { ageInYears, type Day, formatDay, shiftDay } from '@/lib/time';

export const SEXES = { female: 'Female', male: 'Male', other: 'Other', unknown: 'Unknown' } as const;
export type Sex = keyof typeof SEXES;
export const SEX_IDS = Object.keys(SEXES) as [Sex, ...Sex[]];

/**
 * Invented people to try the product with (features/support/samples): their numbers are beside those of the
 * hospital, and their places in the order of registration are before the first.
 */
export const sampleNumberOf = (count: number): string => `SAMPLE-${count}`;
export const isSampleNumber = (number: string): boolean => number.startsWith('SAMPLE-');
export const MOST_SAMPLES = 20;

/** "P-000045", or "P-000045, was P-000123" for somebody who was found by a record that is used no more. */
export const numberText = (one: { number: string; formerNumber: string | null }): string =>
  one.formerNumber ? `${one.number}, was ${one.formerNumber}` : one.number;

/** Why there is no number to call. */
export const NO_PHONE = {
  none: 'Has no phone',
  unknown: 'Does not know the number',
  refused: 'Does not want to give it',
  unable: 'Cannot say (child, unconscious)',
} as const;
export type NoPhone = keyof typeof NO_PHONE;
export const NO_PHONE_IDS = Object.keys(NO_PHONE) as [NoPhone, ...NoPhone[]];

export const noPhoneText = (reason: string | null): string | null =>
  reason && Object.hasOwn(NO_PHONE, reason) ? NO_PHONE[reason as NoPhone] : null;

export const BLOOD_GROUPS = ['A+', 'A-', 'B+', 'B-', 'AB+', 'AB-', 'O+', 'O-'] as const;

/** What is shown beside the name on every page. */
export const FLAGS = {
  'only-right-eye': 'Only the right eye sees',
  'only-left-eye': 'Only the left eye sees',
  'hard-of-hearing': 'Hard of hearing',
  interpreter: 'Needs an interpreter',
  wheelchair: 'Wheelchair',
  'blood-thinner': 'Takes a blood thinner',
  infection: 'Infection risk',
  pregnant: 'Pregnant',
} as const;
export type Flag = keyof typeof FLAGS;
export const FLAG_IDS = Object.keys(FLAGS) as [Flag, ...Flag[]];
/** Flags out of the text they are stored in; one that is no longer in the list is left out. */
export const flagsOf = (stored: string | null | undefined): Flag[] =>
  FLAG_IDS.filter((flag) => stored?.split(',').includes(flag));

type Address = Partial<
  Record<'address' | 'village' | 'city' | 'district' | 'region' | 'postalCode', string | null>
>;
/** An address on one line, the smallest place first. */
export const addressText = ({ address, village, city, district, region, postalCode }: Address): string =>
  [address, village, city, district, [region, postalCode].filter(Boolean).join(' ')]
    .filter(Boolean)
    .join(', ');

/** 14 digits as XX-XXXX-XXXX-XXXX, or the sentence that says what is wrong. An Aadhaar is never kept. */
export function readAbhaNumber(typed: string): string | { problem: string } {
  const digits = typed.replace(/[\s-]/g, '');
  if (/^\d{12}$/.test(digits))
    return { problem: 'This is an Aadhaar number, which is not kept here. An ABHA number has 14 digits.' };
  if (!/^\d{14}$/.test(digits)) return { problem: 'Write the 14 digits of the ABHA number.' };
  return digits.replace(/^(\d{2})(\d{4})(\d{4})(\d{4})$/, '$1-$2-$3-$4');
}

/** Verhoeff's dihedral sum: zero for a number with its check digit. */
const TIMES = (a: number, b: number): number =>
  a < 5 ? (b < 5 ? (a + b) % 5 : 5 + ((a + b) % 5)) : b < 5 ? 5 + ((a - b) % 5) : (a - b + 5) % 5;
const TURNED = '1576283094';
function verhoeffOf(digits: string): number {
  let sum = 0;
  for (const [index, typed] of [...digits].reverse().entries()) {
    let digit = Number(typed);
    for (let turn = 0; turn < index % 8; turn++) digit = Number(TURNED[digit]);
    sum = TIMES(sum, digit);
  }
  return sum;
}

const TWELVE_DIGITS = /(?<![\p{L}\d+])[2-9]\d{3}([ -]?)\d{4}\1\d{4}(?!\d)/gu;
const INDIAN_PHONE = /^91[6-9]\d{9}$/;
/** Whether a whole Aadhaar stands in a text: twelve digits with their check digit, as on the card. */
export const holdsAadhaar = (text: string): boolean =>
  [...plainDigits(text).matchAll(TWELVE_DIGITS)].some(
    ([found]) => !INDIAN_PHONE.test(found) && verhoeffOf(found.replace(/\D/g, '')) === 0,
  );

const EARLIEST_BIRTH = '1900-01-01';
const OLDEST_YEARS = 125;

/** Which comes first when a date is typed: the day, or (in the United States) the month. */
export type BirthOrder = 'dmy' | 'mdy';
export const birthOrderOf = (country: string): BirthOrder => (country === 'US' ? 'mdy' : 'dmy');

export type Birth = { day: Day; isEstimated: boolean };

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * A birth as people type it: `12/03/1980`, `12.3.80`, `12031980`, `12 Mar 1980`, `1980-03-12`, a year, or an
 * age: `45`, `45 y`, `45/M`, `2.5`, `1y 6m`, `8 months`, `6 weeks`, `10 days`. An age gives an estimated day:
 * the first of that year, of that month for small children, the day itself for infants of weeks. Null when it
 * is neither.
 */
export function parseBirth(text: string, order: BirthOrder, today: Day): Birth | null {
  const typed = plainDigits(text.trim().toLowerCase());
  const year = /^(?:19|20)\d\d$/.exec(typed)?.[0];
  if (year) return year <= today.slice(0, 4) ? { day: `${year}-01-01`, isEstimated: true } : null;
  const age = readAge(typed);
  if (age) return fromAge(age, today);
  const day = parseBirthDay(typed, order, today);
  return day ? { day, isEstimated: false } : null;
}

type Age = { years?: number; months?: number; days?: number };
const UNIT = { y: 'years', m: 'months', w: 'weeks', d: 'days' } as const;

/** An age as people say it, alone or before the sex as on paper. */
function readAge(typed: string): Age | null {
  const [, half] = /^(\d{1,2})\.5\s*(?:y|yr|yrs|years?)?\.?$/.exec(typed) ?? [];
  if (half) return { months: Number(half) * 12 + 6 };
  const [, years, months] =
    /^(\d{1,3})\s*(?:y|yrs?|years?)\s*(\d{1,2})\s*(?:m|mo|mons?|months?)\.?$/.exec(typed) ?? [];
  if (years && months) return { months: Number(years) * 12 + Number(months) };
  const [, count, unit] =
    /^(\d{1,3})\s*(y|yr|yrs|years?|m|mo|mon|months?|w|wk|wks|weeks?|d|days?)?\.?(?:\s*\/\s*[mfo])?$/.exec(
      typed,
    ) ?? [];
  if (!count) return null;
  const kind = UNIT[(unit?.[0] ?? 'y') as keyof typeof UNIT];
  if (kind === 'weeks') return { days: Number(count) * 7 };
  return { [kind]: Number(count) };
}

function fromAge({ years, months, days }: Age, today: Day): Birth | null {
  const [year = 0, month = 1] = today.split('-').map(Number);
  if (days !== undefined) return days <= 366 ? { day: shiftDay(today, -days), isEstimated: true } : null;
  if (years !== undefined)
    return years <= OLDEST_YEARS && year - years >= 1900
      ? { day: `${year - years}-01-01`, isEstimated: true }
      : null;
  if (months === undefined || months > 12 * OLDEST_YEARS) return null;
  const born = year * 12 + (month - 1) - months;
  return { day: dayText(Math.floor(born / 12), (born % 12) + 1, 1), isEstimated: true };
}

/** The day that somebody typed, or null. Two digits of a year mean the last hundred years. */
export function parseBirthDay(
  text: string,
  order: BirthOrder,
  today: Day = new Date().toISOString().slice(0, 10),
): Day | null {
  const typed = text.trim().toLowerCase().replace(/,/g, ' ').replace(/\s+/g, ' ');
  const iso = typed.match(/^(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$/);
  if (iso) return validDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const packed = typed.match(/^(\d{2})(\d{2})(\d{4})$/);
  const parted = packed ?? typed.match(/^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})$/);
  if (parted) {
    const [first, second] = [Number(parted[1]), Number(parted[2])];
    const year = fullYear(parted[3] ?? '', today);
    return order === 'dmy' ? validDay(year, second, first) : validDay(year, first, second);
  }
  const words = typed.match(/^(\d{1,2})[- ]?([a-z]{3,9})[- ]?(\d{4}|\d{2})$/);
  const wordFirst = typed.match(/^([a-z]{3,9}) (\d{1,2}) (\d{4}|\d{2})$/);
  const [day, month, year] = words
    ? [words[1], words[2], words[3]]
    : [wordFirst?.[2], wordFirst?.[1], wordFirst?.[3]];
  if (!day || !month || !year) return null;
  return validDay(fullYear(year, today), MONTHS.indexOf(month.slice(0, 3)) + 1, Number(day));
}

function fullYear(text: string, today: Day): number {
  if (text.length === 4) return Number(text);
  const century = Math.floor(Number(today.slice(0, 4)) / 100) * 100;
  const year = century + Number(text);
  return year > Number(today.slice(0, 4)) ? year - 100 : year;
}

const dayText = (year: number, month: number, day: number): Day =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

function validDay(year: number, month: number, day: number): Day | null {
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  const text = dayText(year, month, day);
  const instant = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(text) ? text : null;
}

/** Why a birth cannot be, or null when it can. */
export function birthProblem(day: Day, today: Day): string | null {
  if (day < EARLIEST_BIRTH) return 'The date of birth cannot be before 1900.';
  return day > today ? 'The date of birth cannot be in the future.' : null;
}

/** A day as it would be typed. */
export function typedDay(day: Day, order: BirthOrder): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return order === 'dmy' ? `${date}/${month}/${year}` : `${month}/${date}/${year}`;
}

const count = (amount: number, unit: string): string => `${amount} ${unit}${amount === 1 ? '' : 's'}`;

/** "46 years"; months below two years and days below one month; "about" where only the age was known. */
export function ageText(birth: Birth, today: Day): string {
  const about = birth.isEstimated ? 'about ' : '';
  const years = ageInYears(birth.day, today);
  if (years >= 2) return `${about}${years} years`;
  const monthsOf = (day: Day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7));
  const months = monthsOf(today) - monthsOf(birth.day) - (today.slice(8) < birth.day.slice(8) ? 1 : 0);
  if (months >= 1) return `${about}${count(months, 'month')}`;
  let days = 0;
  while (days < 31 && shiftDay(birth.day, days) < today) days++;
  return `${about}${count(days, 'day')}`;
}

/** "12 Mar 1980, 46 years", or "about 45 years" where only the age was known. */
export function birthText(birth: Birth, today: Day): string {
  if (birth.isEstimated) return `${ageText(birth, today)}, born around ${birth.day.slice(0, 4)}`;
  return `${formatDay(birth.day).replace(/^\w+ /, '')}, ${ageText(birth, today)}`;
}

/** What tells two of one name apart in a suggestion: "female, born 1968", "born around 1962". */
export function bornText(patient: { sex: Sex; dateOfBirth: string; isBirthEstimated: boolean }): string {
  const born = `born ${patient.isBirthEstimated ? 'around ' : ''}${patient.dateOfBirth.slice(0, 4)}`;
  return patient.sex === 'unknown' ? born : `${SEXES[patient.sex].toLowerCase()}, ${born}`;
}

/** Digits of any script, such as those of Hindi, as those of the keyboard. */
export const plainDigits = (text: string): string =>
  text.replace(/\p{Nd}/gu, (digit) => {
    const code = digit.codePointAt(0) ?? 0;
    // Each script has its ten digits one after the other, and something else before them.
    let zero = code;
    while (zero > code - 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
    return String(code - zero);
  });

/** What people write behind a number: whose it is, or an extension. */
const BEHIND = /\s*(?:\([^()\d]{1,25}\)|(?:ext|extn|extension|x)\.?\s*\d{1,6})\s*$/iu;
/** A number without what is written behind it. */
export const bareNumber = (phone: string): string => plainDigits(phone).replace(BEHIND, '');

const PHONE_PROBLEM = 'Enter a phone number with 6 to 15 digits.';
/** What is wrong with a phone number as it was written; null for one that can be called. */
export function phoneProblem(typed: string): string | null {
  const bare = bareNumber(typed);
  const digits = bare.replace(/\D/g, '');
  if (/^[+(\d][\d\s().-]*$/.test(bare) && /^\d{6,15}$/.test(digits))
    return /^(\d)\1{7,}$/.test(digits)
      ? 'This is nobody’s number. Leave it empty and say why there is none.'
      : null;
  return numbersIn(typed).length > 1
    ? 'Enter one number here. There are boxes for a second one and for a guardian’s.'
    : PHONE_PROBLEM;
}

/** The numbers that were written into one box, with a line, a comma or a word between them. */
export const numbersIn = (typed: string): string[] => {
  const all = plainDigits(typed).split(/\s*(?:[/,;&|]|\bor\b|\band\b)\s*/i);
  return all.length > 1 && all.every((one) => phoneProblem(one) === null) ? all : [typed];
};
