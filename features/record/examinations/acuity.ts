/**
 * Distance visual acuity, each value once under every notation: the ETDRS letter scale at 1 m plus 25, so
 * that one unit is one letter, 0.02 logMAR, and `110 - 50 * logMAR`. Below the chart: counting fingers 4,
 * hand movements 3, light 2, none 1.
 */
export const ACUITY_METHODS = ['unaided', 'glasses', 'contact', 'pinhole', 'refraction'] as const;
export type AcuityMethod = (typeof ACUITY_METHODS)[number];

export const METHOD_LABEL: Record<AcuityMethod, string> = {
  unaided: 'Unaided',
  glasses: 'With own glasses',
  contact: 'With contact lens',
  pinhole: 'With pinhole',
  refraction: 'Best corrected',
};

/** From the best to none; metres and feet are how people write it. */
export const ACUITIES = [
  { base: 126, metres: '6/3', feet: '20/10' },
  { base: 119, metres: '6/4', feet: '20/13' },
  { base: 114, metres: '6/5', feet: '20/17' },
  { base: 110, metres: '6/6', feet: '20/20' },
  { base: 105, metres: '6/7.5', feet: '20/25' },
  { base: 101, metres: '6/9', feet: '20/30' },
  { base: 95, metres: '6/12', feet: '20/40' },
  { base: 86, metres: '6/18', feet: '20/60' },
  { base: 80, metres: '6/24', feet: '20/80' },
  { base: 71, metres: '6/36', feet: '20/120' },
  { base: 60, metres: '6/60', feet: '20/200' },
  { base: 45, metres: '3/60', feet: '20/400' },
  { base: 36, metres: '2/60', feet: '20/600' },
  { base: 21, metres: '1/60', feet: '20/1200' },
  { base: 4, metres: 'CF', feet: 'CF' },
  { base: 3, metres: 'HM', feet: 'HM' },
  { base: 2, metres: 'PL', feet: 'LP' },
  { base: 1, metres: 'NPL', feet: 'NLP' },
] as const;

export type Notation = 'metres' | 'feet';
/** Feet where people measure in them. */
export const notationOf = (country: string): Notation => (country === 'US' ? 'feet' : 'metres');

export const acuityText = (base: number, notation: Notation): string =>
  ACUITIES.find((one) => one.base === base)?.[notation] ?? `logMAR ${((110 - base) / 50).toFixed(2)}`;

/**
 * For differences: what is below the chart counts as logMAR 2.1, 2.4, 2.7 and 3.0, as audits of outcomes do.
 */
const BELOW_CHART: Readonly<Record<number, number>> = { 4: 5, 3: -10, 2: -25, 1: -40 };
export const lettersOf = (base: number): number => BELOW_CHART[base] ?? base;

/**
 * Where an acuity stands on a chart of ETDRS letters: 85 is 6/6. Below the letters each step keeps a place of
 * its own under zero, so that counting fingers, hand movements, light and none never look like 1/60.
 */
const CHART_STEP = 10;
export function chartPlaceOf(base: number): number {
  const below = ACUITIES.filter((one) => one.base < 25);
  const step = below.findIndex((one) => one.base === base);
  return step < 0 ? Math.max(0, base - 25) : -CHART_STEP * (step + 1);
}

/** What stands at a place of that chart; a number of letters where no line of the list is. */
export const acuityAtPlace = (place: number, notation: Notation): string =>
  ACUITIES.find(({ base }) => chartPlaceOf(base) === place)?.[notation] ?? acuityText(place + 25, notation);

/** The same place on a logMAR axis; nothing below the letters, where there is no logMAR. */
export const logMarAtPlace = (place: number): string => (place < 0 ? '' : ((85 - place) / 50).toFixed(1));

/** Distance vision by the bands of ICD-11; `from` is the smallest value of a band. */
export const ACUITY_BANDS = [
  { from: 95, metres: '6/12 or better', feet: '20/40 or better' },
  { from: 86, metres: 'to 6/18', feet: 'to 20/60' },
  { from: 60, metres: 'to 6/60', feet: 'to 20/200' },
  { from: 45, metres: 'to 3/60', feet: 'to 20/400' },
  { from: 0, metres: 'below 3/60', feet: 'below 20/400' },
] as const;

export const bandOf = (base: number): number => ACUITY_BANDS.findIndex(({ from }) => base >= from);

/** Two lines of a chart: less is within what one person reads from day to day. */
const LETTERS_THAT_COUNT = 10;
export type AcuityChange = 'gained' | 'same' | 'lost';

export function acuityChange(before: number, now: number): AcuityChange {
  const letters = lettersOf(now) - lettersOf(before);
  if (letters >= LETTERS_THAT_COUNT) return 'gained';
  return letters <= -LETTERS_THAT_COUNT ? 'lost' : 'same';
}
