import type { MedicineForm } from '@/features/pharmacy/medicines/policy';
import type { Day } from '@/lib/time';
import type { FrequencyCode, Meals, Site } from './dosage';

/** What the words of a line mean; see shorthand.ts. */
export const FREQUENCY_WORDS: Record<string, FrequencyCode> = {
  stat: 'stat',
  once: 'stat',
  hourly: 'q1h',
  '2hourly': 'q2h',
  '6x': '6d',
  '5x': '5d',
  qid: 'qid',
  qds: 'qid',
  '4x': 'qid',
  tid: 'tid',
  tds: 'tid',
  '3x': 'tid',
  bd: 'bd',
  bid: 'bd',
  '2x': 'bd',
  daily: 'od',
  qd: 'od',
  '1x': 'od',
  morning: 'morning',
  om: 'morning',
  mane: 'morning',
  noon: 'noon',
  hs: 'night',
  nocte: 'night',
  night: 'night',
  bedtime: 'night',
  alt: 'alternate',
  eod: 'alternate',
  '3/wk': '3w',
  '2/wk': '2w',
  '1/wk': '1w',
  qhs: 'night',
  weekly: '1w',
  prn: 'prn',
  sos: 'prn',
};
/** Morning, noon and night, as it is written in India. */
export const PATTERNS: Record<string, FrequencyCode> = {
  '1-0-1': 'bd',
  '1-1-1': 'tid',
  '1-0-0': 'morning',
  '0-1-0': 'noon',
  '0-0-1': 'night',
  '1-1-1-1': 'qid',
  '1-0-0-1': 'bd',
  '1-1-0-1': 'tid',
  '1-0-0-0': 'morning',
  '0-1-0-0': 'noon',
  '0-0-0-1': 'night',
};
export const EVERY: Record<string, FrequencyCode> = {
  q15m: 'q15m',
  q15min: 'q15m',
  q30m: 'q30m',
  q30min: 'q30m',
  q1h: 'q1h',
  q2h: 'q2h',
  q3h: 'q3h',
  q4h: 'q4h',
  q6h: 'q6h',
  q8h: 'q8h',
  q12h: 'q12h',
};
export const SITE_WORDS: Record<string, Site> = {
  re: 'right',
  right: 'right',
  rt: 'right',
  'r/e': 'right',
  'r.e': 'right',
  le: 'left',
  left: 'left',
  lt: 'left',
  os: 'left',
  'l/e': 'left',
  'l.e': 'left',
  be: 'both',
  'b/e': 'both',
  'b.e': 'both',
  both: 'both',
  ou: 'both',
  po: 'oral',
  oral: 'oral',
  skin: 'skin',
  iv: 'injection',
  im: 'injection',
};
export const FORM_WORDS: Record<string, MedicineForm> = {
  'e/d': 'drop',
  drops: 'drop',
  drop: 'drop',
  oint: 'ointment',
  ointment: 'ointment',
  gel: 'gel',
  tab: 'tablet',
  tablet: 'tablet',
  tabs: 'tablet',
  cap: 'capsule',
  capsule: 'capsule',
  inj: 'injection',
  injection: 'injection',
};
export const MEAL_WORDS: Record<string, Meals> = {
  ac: 'before',
  pc: 'after',
  cc: 'with',
  bf: 'before',
  af: 'after',
};

const DAILY = '(?:(?: ?a| ?per| ?/) ?day| ?daily)';
/** What people write in several words, and the one word for it, in this order. */
export const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/\bfor /g, ''],
  [/\bin (?:the |both )?(?=(?:right|left|both|eyes?)\b)/g, ''],
  [/\b(right|left|both) eyes?\b/g, '$1'],
  [/\beye (?=(?:drops?|oint|ointment|gel)\b)/g, ''],
  [/\bbefore (?:food|meals?)\b/g, 'ac'],
  [/\bafter (?:food|meals?)\b/g, 'pc'],
  [/\bwith (?:food|meals?)\b/g, 'cc'],
  [/\bthrice\b/g, '3 times'],
  [/\btwice\b/g, '2 times'],
  [/\bonce (?=a (?:day|week)|daily|weekly|per (?:day|week))/g, '1 times '],
  [/\b([123]) times? (?:a |per )?week(?:ly)?\b/g, '$1/wk'],
  [new RegExp(`\\b(\\d) ?(?:times?|x)${DAILY}`, 'g'), '$1x'],
  [/\b(\d) times?\b/g, '$1x'],
  [/\b(?:every (?:other|second)|alternate|alt) days?\b/g, 'alt'],
  [/\bevery hour\b/g, 'q1h'],
  [/\bevery (\d{1,2}) ?(?:hours?|hrs?|h)\b|\b(\d{1,2}) ?(?:hourly|hrly)\b/g, 'q$1$2h'],
  [/\bevery (\d{1,2}) ?min(?:ute)?s?\b/g, 'q$1m'],
  [/\bevery half (?:an )?hour\b|\bhalf hourly\b/g, 'q30m'],
  [/\bat (?=(?:night|bedtime|noon)\b)|\bin the (?=morning\b)/g, ''],
  // "x 7 days", "× 1w": how long, not how often.
  [/(\s)[x×] ?(?=\d{1,3} ?(?:d|w|m|days?|weeks?|wks?|months?|mo)\b|\d{1,2}\/(?:7|52|12)(?:\s|$))/g, '$1'],
  [/(\d) (?=(?:d|w|m|days?|weeks?|wks?|months?|mo)(?:\s|$))/g, '$1'],
  [/(\d) (?=(?:%|mg|mcg|g|ml|iu)(?:\s|$))/g, '$1'],
  // Whole drops are a dose; 0.5 before "drops" is the strength of the bottle.
  [/(^|\s)(-?\d{1,3}) (?=(?:drops?|gtts?)\b)/g, '$1$2'],
  [/(^|\s)([½¼¾]|\d\/\d) (?=(?:tabs?|tablets?|caps?|capsules?|cm)\b)/g, '$1$2'],
  [/(^|\s)(\d{1,2}(?:\.\d+)?) (?=cm\b)/g, '$1$2'],
];
export const FORM_OF_UNIT: Record<string, MedicineForm> = {
  drop: 'drop',
  gtt: 'drop',
  tab: 'tablet',
  tablet: 'tablet',
  cap: 'capsule',
  capsule: 'capsule',
  cm: 'ointment',
};
/** A part of a tablet; also by itself, as in "tab ½ bd". */
export const FRACTIONS: Record<string, number> = { '½': 2, '1/2': 2, '¼': 1, '1/4': 1, '¾': 3, '3/4': 3 };
const DAYS_OF: Record<string, number> = { d: 1, w: 7, m: 30 };
/** "3/7" are days, "2/52" weeks, "1/12" months. */
const DAYS_UNDER: Record<string, number> = { '7': 1, '52': 7, '12': 30 };
export const MAX_DAYS = 730;
/** Whatever is more than this at a time is a slip of the finger. */
const MAX_QUARTERS = 40;

export const DOSE = /^(-?(?:½|¼|¾|\d\/\d|\d{1,4}(?:\.\d+)?))(drop|gtt|tab|tablet|cap|capsule|cm)s?$/;
export const STRENGTH = /^\d+(?:\.\d+)?(?:%|mg|mcg|g|ml|iu)?(?:\/\d+(?:\.\d+)?%?)?$/;
const DURATION = /^x?(\d{1,3})(d|w|m)(?:ays?|eeks?|ks?|onths?|o)?$/;

export function quartersOf(amount: string): number | null {
  const known = FRACTIONS[amount];
  if (known) return known;
  const quarters = Number(amount) * 4;
  return Number.isInteger(quarters) && quarters > 0 && quarters <= MAX_QUARTERS ? quarters : null;
}

export function daysOf(word: string): number | null | undefined {
  if (/^(ongoing|contd?|continue)$/.test(word)) return null;
  const written = DURATION.exec(word);
  if (written) return Number(written[1]) * (DAYS_OF[written[2] ?? ''] ?? 1);
  const over = /^(\d{1,2})\/(7|52|12)$/.exec(word);
  return over ? Number(over[1]) * (DAYS_UNDER[over[2] ?? ''] ?? 1) : undefined;
}

const HALF_A_YEAR = 183;
const dayNumber = (day: Day): number => new Date(`${day}T00:00:00Z`).getTime() / 86_400_000;

/** Days from `today` to a day such as `15/12` or `2026-12-15`, both counted; null for anything else. */
export function daysUntil(text: string, today: Day): number | null {
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  const short = /^(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{2}|\d{4}))?$/.exec(text);
  if (!iso && !short) return null;
  const written = iso?.[1] ?? short?.[3]?.padStart(4, '20');
  const [month = '', date = ''] = iso ? [iso[2], iso[3]] : [short?.[2], short?.[1]];
  // "until 5/1", written in December, is of the coming year; "until 30/11" is a slip of the finger.
  const thisYear = Number(today.slice(0, 4));
  const years = written ? [written] : [String(thisYear), String(thisYear + 1)];
  const days = years.flatMap((year) => {
    const day = `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
    const at = new Date(`${day}T00:00:00Z`);
    const isDay = !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
    return isDay ? [dayNumber(day) - dayNumber(today) + 1] : [];
  });
  const most = written ? MAX_DAYS : HALF_A_YEAR;
  return days.find((count) => count >= 1 && count <= most) ?? days[0] ?? null;
}
