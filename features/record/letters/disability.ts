import { type Acuity, acuityShown, isRead } from '@/features/record/examinations/acuity-reading';
import { EYES, type Eye } from '@/features/record/examinations/eyes';
import type { Measurements } from '@/features/record/examinations/policy';

/**
 * How much of sight is lost, by the table of a country. India's: Guidelines for evaluation and procedure for
 * certification of various specified disabilities, visual impairment, under the Rights of Persons with
 * Disabilities Act, 2016. What the table has no row for gets no number.
 */
const SOURCES: Readonly<Record<string, string>> = {
  IN: 'Guidelines for assessing the extent of specified disabilities, visual impairment; Gazette of India, Extraordinary, No. 61, Part II, Section 3 (ii), 5 January 2018',
};
export const disabilitySource = (country: string): string | undefined => SOURCES[country];

/** What is left of the field around fixation; what was not tested is not counted. */
export const FIELD_LIMITS = {
  untested: 'Not tested',
  full: '40 degrees or more',
  forty: 'Less than 40, up to 20 degrees',
  hemianopia: 'Hemianopia that involves the macula',
  twenty: 'Less than 20, up to 10 degrees',
  ten: 'Less than 10 degrees',
} as const;
export type FieldLimit = keyof typeof FIELD_LIMITS;
export const isFieldLimit = (value: string): value is FieldLimit => Object.hasOwn(FIELD_LIMITS, value);

/** From the best to none. `between`: less than 1/60 and more than hand movements close to the face. */
const BANDS = ['good', 'low', 'lower', 'counting', 'between', 'light'] as const;
type Band = (typeof BANDS)[number];
const rankOf = (band: Band): number => BANDS.indexOf(band);

const FIELD_BANDS: Readonly<Record<FieldLimit, Band>> = {
  untested: 'good',
  full: 'good',
  forty: 'low',
  hemianopia: 'low',
  twenty: 'lower',
  ten: 'counting',
};

const BETTER: Readonly<Record<Exclude<Band, 'between'>, string>> = {
  good: '6/6 to 6/18',
  low: '6/24 to 6/60, or a field of less than 40 up to 20 degrees around fixation, or hemianopia involving the macula',
  lower: 'less than 6/60 to 3/60, or a field of less than 20 up to 10 degrees around fixation',
  counting: 'less than 3/60 to 1/60, or a field of less than 10 degrees around fixation',
  light: 'only hand movements close to the face, only light, or no light',
};
const OTHER = {
  good: '6/6 to 6/18',
  low: '6/24 to 6/60',
  lower: 'less than 6/60 to 3/60',
  below: 'less than 3/60 to no light',
  light: 'only hand movements close to the face, only light, or no light',
} as const;

type Row = { better: Exclude<Band, 'between'>; other: keyof typeof OTHER; percent: number; category: string };
const ROWS: readonly Row[] = [
  { better: 'good', other: 'good', percent: 0, category: '0' },
  { better: 'good', other: 'low', percent: 10, category: '0' },
  { better: 'good', other: 'lower', percent: 20, category: 'I' },
  { better: 'good', other: 'below', percent: 30, category: 'II (one-eyed person)' },
  { better: 'low', other: 'low', percent: 40, category: 'III a (low vision)' },
  { better: 'low', other: 'lower', percent: 50, category: 'III b (low vision)' },
  { better: 'low', other: 'below', percent: 60, category: 'III c (low vision)' },
  { better: 'lower', other: 'lower', percent: 70, category: 'III d (low vision)' },
  { better: 'lower', other: 'below', percent: 80, category: 'III e (low vision)' },
  { better: 'counting', other: 'below', percent: 90, category: 'IV a (blindness)' },
  { better: 'light', other: 'light', percent: 100, category: 'IV b (blindness)' },
];

/** Where an acuity stands in the table; null for a word. Fingers at so many metres are as many sixtieths. */
function bandOf(acuity: Acuity): Band | null {
  if (!isRead(acuity)) return acuity.word === 'eye-absent' ? 'light' : null;
  const { base, as = '' } = acuity;
  if (base <= 2) return 'light';
  if (base === 3) return as === 'HM close to face' ? 'light' : 'between';
  if (base === 4) {
    const [, size, unit] = /^CF ([\d.]+) (m|ft|cm)$/.exec(as) ?? [];
    const metres = Number(size ?? 0) * (unit === 'ft' ? 0.3048 : unit === 'cm' ? 0.01 : 1);
    return metres > 6
      ? null
      : metres === 6
        ? 'low'
        : metres >= 3
          ? 'lower'
          : metres >= 1
            ? 'counting'
            : 'between';
  }
  return base >= 86
    ? 'good'
    : base >= 60
      ? 'low'
      : base >= 45
        ? 'lower'
        : base >= 21
          ? 'counting'
          : 'between';
}

export type Best = Partial<Record<Eye, Acuity>>;

/**
 * What each eye reads with the best correction. Of an eye that reads letters only what was read with it
 * counts, unless it reads 6/18 or better as it is; a pinhole corrects nothing.
 */
export function bestCorrected(measurements: Measurements): Best {
  const best: Best = {};
  for (const eye of EYES) {
    const acuity = measurements[eye]?.acuity ?? {};
    const tested = measurements.refractions.findLast((one) => one[eye]?.acuity)?.[eye]?.acuity;
    const corrected = acuity.refraction ?? tested;
    const others = [corrected, acuity.contact, acuity.glasses, acuity.unaided].filter(isRead);
    const highest = others.sort((a, b) => b.base - a.base)[0];
    const isEnough = highest && (highest.base >= 86 || highest.base <= 4);
    const chosen = isRead(corrected) || isEnough ? highest : (corrected ?? absent(acuity));
    if (chosen) best[eye] = chosen;
  }
  return best;
}

/** An eye that is not there reads nothing, with whatever correction. */
const absent = (acuity: Readonly<Partial<Record<string, Acuity>>>): Acuity | undefined =>
  Object.values(acuity).find((one) => one && !isRead(one) && one.word === 'eye-absent');

export type Grade = { percent: number; category: string; better: string; other: string };

/** The percentage with the row that it stands in, or why there is none. */
export function gradeOf(best: Best, fields: Readonly<Record<Eye, FieldLimit>>): Grade | { problem: string } {
  const eyes = EYES.map((eye) => {
    const acuity = best[eye];
    const band = acuity ? bandOf(acuity) : null;
    return { eye, acuity, band, field: FIELD_BANDS[fields[eye]] };
  });
  const missing = eyes.find(({ band }) => band === null);
  if (missing)
    return {
      problem: `No best corrected acuity of the ${missing.eye} eye was read that the table knows. Measure it, then sign.`,
    };
  const ranked = eyes
    .map(({ eye, acuity, band, field }) => {
      const read = rankOf(band ?? 'good');
      return { eye, acuity, read, whole: Math.max(read, rankOf(field)) };
    })
    .sort((a, b) => a.whole - b.whole || a.read - b.read);
  const [first, second] = ranked;
  const better = BANDS[first?.whole ?? 0] ?? 'good';
  if (better === 'between') {
    const shown = first?.acuity ? acuityShown(first.acuity, 'metres') : '';
    return {
      problem: `The table has no row for ${shown} in the better eye: it goes from 1/60 to hand movements close to the face. Write at which distance it was read.`,
    };
  }
  // The table counts the acuity of the other eye alone, and that cannot be better than the better one.
  const rank = Math.max(second?.read ?? 0, first?.whole ?? 0);
  const other =
    better === 'light'
      ? 'light'
      : rank >= rankOf('counting')
        ? 'below'
        : (BANDS[rank] as 'good' | 'low' | 'lower');
  const row = ROWS.find((one) => one.better === better && one.other === other);
  if (!row) return { problem: 'The table has no row for these two eyes.' };
  const { percent, category } = row;
  return { percent, category, better: BETTER[row.better], other: OTHER[row.other] };
}

export const gradeText = ({ percent, category }: Pick<Grade, 'percent' | 'category'>): string =>
  `${percent} percent, category ${category}`;
