import { powerText, type Refraction } from '@/features/record/examinations/refraction';
import { EYES, type SpectacleEye } from '@/features/record/spectacles/policy';

export const REPLACEMENTS = {
  daily: 'Every day',
  'two-weekly': 'Every two weeks',
  monthly: 'Every month',
  quarterly: 'Every three months',
  yearly: 'Every year',
} as const;
export const WEARS = { day: 'Daily wear', extended: 'Extended wear, also overnight' } as const;

/** How long it holds unless somebody says otherwise, in months. */
export const CONTACT_VALID_MONTHS = 6;

/** In hundredths of a millimetre; and in tenths. */
export const BASE_CURVES = { least: 650, most: 1_000 } as const;
export const DIAMETERS = { least: 80, most: 170 } as const;
export const MOST_LENSES = 400;

/** FHIR lensSpecification of a contact lens; powers in quarter dioptres. */
export type ContactLens = Refraction & {
  /** In hundredths of a millimetre. */
  baseCurve: number;
  /** In tenths of a millimetre. */
  diameter: number;
  brand?: string | undefined;
  /** Lenses to be sold. */
  quantity?: number | undefined;
};

export type ContactLenses = Partial<Record<SpectacleEye, ContactLens>> & {
  replacement: keyof typeof REPLACEMENTS;
  wear: keyof typeof WEARS;
  validMonths: number;
  remarks?: string | undefined;
};

export const curveText = (hundredths: number): string => (hundredths / 100).toFixed(2);
export const diameterText = (tenths: number): string => (tenths / 10).toFixed(1);

/** Base curve, diameter, power, cylinder, axis, add, lenses, as they stand in the boxes of the paper. */
export const contactCells = (lens: ContactLens): string[] => [
  curveText(lens.baseCurve),
  diameterText(lens.diameter),
  lens.sphere === 0 ? 'plano' : powerText(lens.sphere),
  lens.cylinder === 0 ? '' : powerText(lens.cylinder),
  lens.cylinder === 0 ? '' : `${lens.axis}°`,
  lens.add ? powerText(lens.add) : '',
  lens.quantity ? String(lens.quantity) : '',
];

/** "R 8.60 / 14.2, −2.00 Acuvue; L ..." for a line of a list. */
export function contactText(given: ContactLenses): string {
  return EYES.flatMap((eye) => {
    const lens = given[eye];
    if (!lens) return [];
    const [curve, diameter, sphere, cylinder, axis] = contactCells(lens);
    const power = `${sphere}${cylinder ? ` / ${cylinder} × ${axis}` : ''}`;
    const add = lens.add ? `, add ${powerText(lens.add)}` : '';
    const name = lens.brand ? ` ${lens.brand}` : '';
    return [`${eye === 'right' ? 'R' : 'L'} ${curve} / ${diameter}, ${power}${add}${name}`];
  }).join('; ');
}
