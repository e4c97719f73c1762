export const TONOMETERS = {
  nct: 'Non-contact',
  goldmann: 'Goldmann',
  icare: 'iCare',
  tonopen: 'Tono-Pen',
  perkins: 'Perkins',
  schiotz: 'Schiøtz',
  dynamic: 'Dynamic contour',
  digital: 'Digital (by finger)',
} as const;
export type Tonometer = keyof typeof TONOMETERS;

const PRESSURE_WORDS = {
  'could-not': 'Could not',
  soft: 'Soft',
  normal: 'Normal',
  hard: 'Hard',
} as const;
type PressureWord = keyof typeof PRESSURE_WORDS;

/** mmHg in halves, or what is said instead of a figure. */
export type Pressure = { mmHg: number } | { word: PressureWord };
export type PressureReading = {
  right?: Pressure;
  left?: Pressure;
  /** HH:MM, in the organization's time zone. */
  time?: string;
  method?: Tonometer;
  /** What was given before: "after tropicamide". */
  drops?: string;
  /** The device whose file it is from. */
  source?: string;
};

/** mmHg above which a pressure is marked where no target is set. */
const HIGH_PRESSURE = 21;
/** mmHg: no tonometer reads higher. */
const MAX_PRESSURE = 80;

/** Whether a pressure is above the target of the eye, or above 21 where there is none. */
export const isHighPressure = (mmHg: number, target?: number): boolean => mmHg > (target ?? HIGH_PRESSURE);

/** A typed pressure, or the sentence that says what to write instead. */
export function readPressure(typed: string): Pressure | { problem: string } {
  const text = typed.trim().toLowerCase().replace(',', '.');
  if (/^(could not|unable|ur|uta|cnt|not possible|x)$/.test(text)) return { word: 'could-not' };
  const word = (['soft', 'normal', 'hard'] as const).find((one) => one === text);
  if (word) return { word };
  const value = /^-?(\d+(\.\d*)?|\.\d+)( ?mm( ?(of )?hg)?)?$/.test(text)
    ? Number.parseFloat(text)
    : Number.NaN;
  if (Number.isNaN(value) || value < 0 || value > MAX_PRESSURE)
    return { problem: `Write mmHg from 0 to ${MAX_PRESSURE}, or “could not”.` };
  if (Number.isInteger(value * 2)) return { mmHg: value };
  return { problem: `Write mmHg in halves: ${Math.floor(value * 2) / 2} or ${Math.ceil(value * 2) / 2}.` };
}

/**
 * "24/19" in one box is right and left; null for anything else. "14,5" is one pressure with its decimal.
 */
export function splitPressures(typed: string): { right: string; left: string } | null {
  const match = /^\s*([\d.]+)\s*(?:[/;]|,(?=\s|\d\d))\s*([\d.]+)\s*$/.exec(typed);
  return match ? { right: match[1] ?? '', left: match[2] ?? '' } : null;
}

export const pressureShown = (one: Pressure): string =>
  'mmHg' in one ? String(one.mmHg) : PRESSURE_WORDS[one.word];

/** The mean of several readings to one decimal; null where no figure was read. */
export function averagePressure(readings: readonly (Pressure | undefined)[]): number | null {
  const values = readings.flatMap((one) => (one && 'mmHg' in one ? [one.mmHg] : []));
  if (values.length === 0) return null;
  return Math.round((values.reduce((sum, value) => sum + value, 0) / values.length) * 10) / 10;
}
