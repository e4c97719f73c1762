import type { Side } from './policy';

/** Why somebody comes, in the words that are chosen most. */
export const COMPLAINTS = [
  ...['Blurred vision', 'Decreased vision', 'Eye pain', 'Redness', 'Itching', 'Watering', 'Dryness'],
  ...['Discharge', 'Foreign body sensation', 'Floaters', 'Flashes of light', 'Double vision', 'Photophobia'],
  ...['Eyelid swelling', 'Headache', 'Eye strain', 'Squint', 'White reflex', 'Injury', 'Glasses check'],
] as const;

/** What makes it worse, and what makes it better. */
export const WORSE = [
  ...['Bright light', 'Near work', 'Computer use', 'Reading', 'Evening', 'Cold', 'Dust', 'Allergy'],
  ...['Stress', 'Fatigue', 'Hot weather', 'Air conditioning'],
] as const;
export const BETTER = [
  ...['Rest', 'Cool compress', 'Lubricating drops', 'Avoiding triggers', 'Medication', 'Sleep', 'Outdoors'],
  ...['Less screen', 'Warm compress', 'Covering the eye', 'Blinking', 'Massage'],
] as const;

export type Complaint = {
  what: string;
  side: Side;
  /** "3 days", or in words: "childhood". */
  since?: string;
  worse?: string;
  better?: string;
  note?: string;
};
/** Of one visit. */
export const MOST_COMPLAINTS = 6;

const UNITS: readonly [RegExp, string][] = [
  [/^(min|mins|minute|minutes)$/, 'minute'],
  [/^(h|hr|hrs|hour|hours)$/, 'hour'],
  [/^(d|day|days)$/, 'day'],
  [/^(w|wk|wks|week|weeks)$/, 'week'],
  [/^(m|mo|mon|mons|mth|mths|mnth|mnths|month|months)$/, 'month'],
  [/^(y|yr|yrs|year|years)$/, 'year'],
];
const LONGEST: Record<string, number> = { minute: 120, hour: 96, day: 365, week: 104, month: 240, year: 110 };

/** "3/7" are days, "2/52" weeks, "6/12" months. */
const UNDER: Readonly<Record<string, string>> = { '7': 'd', '52': 'w', '12': 'm' };

/** How long, as people type it: "3d" is "3 days", "childhood" stays; a bare figure is asked about. */
export function readSince(typed: string): string | { problem: string } {
  const text = typed
    .trim()
    .replace(/^(since|for) /i, '')
    .replace(/^(\d.*) (?:ago|back)$/i, '$1')
    .replace(/^(\d{1,2}) ?\/ ?(7|52|12)$/, (_all, count, under) => `${count}${UNDER[under]}`);
  if (/^[-+\u2010-\u2015\u2212]/.test(text))
    return { problem: 'Write how long without a sign, such as 3 days.' };
  const match = /^(\d{1,3}) ?([a-z]*)$/i.exec(text);
  if (!match) return text.length <= 40 ? text : { problem: 'Use at most 40 characters.' };
  const unit = UNITS.find(([pattern]) => pattern.test((match[2] ?? '').toLowerCase()))?.[1];
  const count = Number(match[1]);
  if (!unit)
    return { problem: `Say ${count} of what: ${count} days, ${count} weeks, ${count} months or years.` };
  const most = LONGEST[unit] ?? 0;
  if (count < 1 || count > most) return { problem: `Write 1 to ${most} ${unit}s.` };
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

const SIDE_WORDS: Record<Side, string | null> = {
  right: 'right eye',
  left: 'left eye',
  both: 'both eyes',
  none: null,
};

/** "3 days", not the year 2019 nor 12 March. */
const IS_LENGTH = /^\d.*(?:minute|hour|day|week|month|year|\d ?[dwmy]\b)/i;

/** "Blurred vision, left eye, for 3 days, worse: near work, better: rest, after a fall". */
export const complaintText = ({ what, side, since, worse, better, note }: Complaint): string =>
  [
    what,
    SIDE_WORDS[side],
    since ? `${IS_LENGTH.test(since) ? 'for' : 'since'} ${since}` : null,
    worse ? `worse: ${worse.toLowerCase()}` : null,
    better ? `better: ${better.toLowerCase()}` : null,
    note,
  ]
    .filter(Boolean)
    .join(', ');
