import type { MedicineForm } from '@/features/pharmacy/medicines/policy';
import { type Day, shiftDay } from '@/lib/time';

/** What a line of a prescription says of how a medicine is used. Pure: browsers load it too. */
export const SITES = {
  right: 'Right eye',
  left: 'Left eye',
  both: 'Both eyes',
  oral: 'By mouth',
  skin: 'On the skin',
  injection: 'By injection',
} as const;
export type Site = keyof typeof SITES;
const IS_EYE: ReadonlySet<Site> = new Set(['right', 'left', 'both']);
export const isEye = (site: Site): boolean => IS_EYE.has(site);

/** Hours in which somebody who sleeps at night takes what is due every so many hours. */
const WAKING_HOURS = 16;
const everyHours = (hours: number): number => WAKING_HOURS / hours;

type Frequency = {
  label: string;
  /** How often on a day, for the quantity; null where nobody can know. */
  perDay: number | null;
  /** Which of morning, noon, evening and night, where it is one of these. */
  hours?: readonly [boolean, boolean, boolean, boolean];
};

/** How often, in the order of the list. */
export const FREQUENCIES = {
  stat: { label: 'once, now', perDay: null },
  q15m: { label: 'every 15 minutes', perDay: everyHours(0.25) },
  q30m: { label: 'every half hour', perDay: everyHours(0.5) },
  q1h: { label: 'every hour', perDay: everyHours(1) },
  q2h: { label: 'every 2 hours', perDay: everyHours(2) },
  q3h: { label: 'every 3 hours', perDay: 5 },
  q4h: { label: 'every 4 hours', perDay: 6 },
  '6d': { label: '6 times a day', perDay: 6 },
  '5d': { label: '5 times a day', perDay: 5 },
  q6h: { label: 'every 6 hours', perDay: 4 },
  q8h: { label: 'every 8 hours', perDay: 3 },
  q12h: { label: 'every 12 hours', perDay: 2 },
  qid: { label: '4 times a day', perDay: 4, hours: [true, true, true, true] },
  tid: { label: '3 times a day', perDay: 3, hours: [true, true, false, true] },
  bd: { label: 'twice a day', perDay: 2, hours: [true, false, false, true] },
  od: { label: 'once a day', perDay: 1 },
  morning: { label: 'in the morning', perDay: 1, hours: [true, false, false, false] },
  noon: { label: 'at noon', perDay: 1, hours: [false, true, false, false] },
  night: { label: 'at bedtime', perDay: 1, hours: [false, false, false, true] },
  alternate: { label: 'every other day', perDay: 1 / 2 },
  '3w': { label: '3 times a week', perDay: 3 / 7 },
  '2w': { label: 'twice a week', perDay: 2 / 7 },
  '1w': { label: 'once a week', perDay: 1 / 7 },
  prn: { label: 'when needed', perDay: null },
} as const satisfies Record<string, Frequency>;
export type FrequencyCode = keyof typeof FREQUENCIES;
export const hoursOf = (code: FrequencyCode): readonly boolean[] | null => {
  const frequency: Frequency = FREQUENCIES[code];
  return frequency.hours ?? null;
};

export const MEALS = { before: 'before meals', after: 'after meals', with: 'with meals' } as const;
export type Meals = keyof typeof MEALS;

/** A step of the course; the second and later ones are the taper. */
export type DoseStep = {
  /** Quarters of the form's unit at a time: 4 is one drop, 2 is half a tablet. */
  quarters: number;
  frequency: FrequencyCode;
  /** How many days; null for as long as nobody stops it. */
  days: number | null;
};

export type Dosage = {
  form: MedicineForm;
  site: Site;
  steps: readonly DoseStep[];
  meals?: Meals | undefined;
};

const UNIT: Record<MedicineForm, [one: string, many: string]> = {
  drop: ['drop', 'drops'],
  ointment: ['cm', 'cm'],
  gel: ['drop', 'drops'],
  tablet: ['tablet', 'tablets'],
  capsule: ['capsule', 'capsules'],
  injection: ['dose', 'doses'],
  other: ['dose', 'doses'],
};
const FRACTION = ['', '¼', '½', '¾'];

const ON_THE_EYE: ReadonlySet<MedicineForm> = new Set(['drop', 'gel', 'ointment']);

/**
 * What the labels of eye drops say (latanoprost, timolol: "at least five minutes apart"), where two of these
 * medicines are for one eye; null where none are.
 */
export function gapText(lines: readonly Pick<Dosage, 'form' | 'site'>[]): string | null {
  const sites = lines.filter(({ form }) => ON_THE_EYE.has(form)).map(({ site }) => site);
  const isTwice = (['right', 'left'] as const).some(
    (eye) => sites.filter((site) => site === eye || site === 'both').length > 1,
  );
  return isTwice ? 'Between two medicines for the same eye wait at least 5 minutes.' : null;
}

/** "1", "½", "2½". */
export const amountText = (quarters: number): string =>
  `${Math.floor(quarters / 4) || (quarters % 4 === 0 ? '0' : '')}${FRACTION[quarters % 4]}`;

/** "1 drop", "½ tablet", "1 cm". */
export const doseText = (form: MedicineForm, quarters: number): string =>
  `${amountText(quarters)} ${UNIT[form][quarters > 4 ? 1 : 0]}`;

const AT: Record<Site, string> = {
  right: ' in the right eye',
  left: ' in the left eye',
  both: ' in both eyes',
  oral: ' by mouth',
  skin: ' on the skin',
  injection: ' by injection',
};

/** "1 week", "10 days", "3 months" of 30 days. */
function durationText(days: number | null): string {
  if (days === null) return 'ongoing';
  const of = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`;
  if (days % 30 === 0) return of(days / 30, 'month');
  return days % 7 === 0 ? of(days / 7, 'week') : of(days, 'day');
}

const lasting = (step: DoseStep): string =>
  step.frequency === 'stat' ? '' : step.days === null ? ', ongoing' : ` for ${durationText(step.days)}`;

/** "1 drop in the right eye 4 times a day for 1 week, then twice a day for 1 week, after meals". */
export function dosageText({ form, site, steps, meals }: Dosage): string {
  const [first] = steps;
  if (!first) return '';
  const said = steps.map((step, index) => {
    const often = FREQUENCIES[step.frequency].label;
    if (index === 0) return `${doseText(form, step.quarters)}${AT[site]} ${often}${lasting(step)}`;
    const dose = step.quarters === steps[index - 1]?.quarters ? '' : `${doseText(form, step.quarters)} `;
    return `then ${dose}${often}${lasting(step)}`;
  });
  return [...said, ...(meals ? [MEALS[meals]] : [])].join(', ');
}

/** How many days the whole course takes; null where a step has no end. */
function courseDays(steps: readonly DoseStep[]): number | null {
  let days = 0;
  for (const step of steps) {
    if (step.days === null) return null;
    days += step.days;
  }
  return days;
}

/** The last day of a course that begins on `start`; null where it has no end. */
export function lastDay(start: Day, steps: readonly DoseStep[]): Day | null {
  const days = courseDays(steps);
  return days === null ? null : shiftDay(start, Math.max(days, 1) - 1);
}

/** The days of each step of a course that begins on `start`. */
export function stepDays(start: Day, steps: readonly DoseStep[]): { from: Day; until: Day | null }[] {
  let from = start;
  return steps.map(({ days }) => {
    const until = days === null ? null : shiftDay(from, Math.max(days, 1) - 1);
    const step = { from, until };
    if (until) from = shiftDay(until, 1);
    return step;
  });
}

/** A bottle of drops holds 5 ml of 20 drops each, and is thrown away 28 days after it was opened. */
const DROPS_IN_BOTTLE = 100;
const DAYS_OPEN = 28;
const TABLETS_IN_STRIP = 10;
/** What has no end is given for so many days at a time. */
const SUPPLY_DAYS = 30;

/**
 * How many of the unit that the pharmacy counts a course needs; at least 1. What is assumed is said by
 * `quantityHelp`. `unit` is the formulary's: bottle, strip, tablet.
 */
export function quantityOf({ form, site, steps }: Dosage, unit: string): number {
  let times = 0;
  let doses = 0;
  let days = 0;
  for (const step of steps) {
    const length = step.days ?? SUPPLY_DAYS;
    const often = step.frequency === 'stat' ? 1 : length * (FREQUENCIES[step.frequency].perDay ?? 0);
    times += often;
    doses += often * (step.quarters / 4);
    days += length;
  }
  if (doses === 0) return 1;
  // What is left in a vial is thrown away.
  if (form === 'injection') return Math.max(1, Math.ceil(times - 1e-9));
  if (form === 'drop' || form === 'gel') {
    const drops = doses * (site === 'both' ? 2 : 1);
    return Math.max(1, Math.ceil(drops / DROPS_IN_BOTTLE), Math.ceil(days / DAYS_OPEN));
  }
  if (form === 'tablet' || form === 'capsule') {
    const count = Math.ceil(doses - 1e-9);
    return Math.max(1, /strip/i.test(unit) ? Math.ceil(count / TABLETS_IN_STRIP) : count);
  }
  return Math.max(1, Math.ceil(days / DAYS_OPEN));
}

/** What the quantity was computed with. */
export function quantityHelp(form: MedicineForm, unit: string): string {
  if (form === 'drop' || form === 'gel')
    return `Bottles of 5 ml with 20 drops a ml, open for ${DAYS_OPEN} days`;
  if ((form === 'tablet' || form === 'capsule') && /strip/i.test(unit))
    return `Strips of ${TABLETS_IN_STRIP}`;
  if (form === 'injection') return 'One each time: what is left is thrown away';
  return form === 'ointment' ? `A tube is open for ${DAYS_OPEN} days` : 'For the whole course';
}
