import { z } from 'zod';
import { ADDS, CYLINDERS, SPHERES } from '@/features/record/examinations/refraction';
import { EYES, type SpectacleEye } from '@/features/record/spectacles/policy';
import { axis, power } from '@/features/record/spectacles/schema';
import { chosenId, optionalText, text, version } from '@/lib/fields';
import { keysOf } from '@/lib/query-words';
import {
  BASE_CURVES,
  CONTACT_VALID_MONTHS,
  type ContactLens,
  type ContactLenses,
  DIAMETERS,
  MOST_LENSES,
  REPLACEMENTS,
  WEARS,
} from './policy';

/** Millimetres with a point, in whole parts of one: 8.6 is 860 hundredths, 14.2 is 142 tenths. */
const millimetres = ({ least, most }: { least: number; most: number }, parts: 100 | 10, problem: string) =>
  z
    .string()
    .trim()
    .max(12, 'Use at most 12 characters.')
    .optional()
    .default('')
    .transform((value, ctx) => {
      if (value === '') return undefined;
      const plain = value.replace(',', '.').replace(/\s*mm$/, '');
      const size = Number(plain) * parts;
      const whole = Math.round(size);
      if (/^\d+(\.\d+)?$/.test(plain) && Math.abs(size - whole) < 1e-6 && whole >= least && whole <= most)
        return whole;
      ctx.addIssue({ code: 'custom', message: problem });
      return z.NEVER;
    });

const count = z
  .string()
  .trim()
  .optional()
  .default('')
  .transform((value, ctx) => {
    if (value === '') return undefined;
    if (/^\d{1,3}$/.test(value) && Number(value) >= 1 && Number(value) <= MOST_LENSES) return Number(value);
    ctx.addIssue({ code: 'custom', message: `Write how many lenses, from 1 to ${MOST_LENSES}.` });
    return z.NEVER;
  });

const ofEye = (eye: SpectacleEye) =>
  ({
    [`${eye}-curve`]: millimetres(BASE_CURVES, 100, 'Write millimetres from 6.50 to 10.00, such as 8.60.'),
    [`${eye}-diameter`]: millimetres(DIAMETERS, 10, 'Write millimetres from 8.0 to 17.0, such as 14.2.'),
    [`${eye}-sphere`]: power(SPHERES),
    [`${eye}-cylinder`]: power(CYLINDERS),
    [`${eye}-axis`]: axis,
    [`${eye}-add`]: power(ADDS),
    [`${eye}-brand`]: optionalText(80),
    [`${eye}-quantity`]: count,
  }) as Record<string, z.ZodType>;

type Fields = Record<string, unknown>;
const PARTS = ['curve', 'diameter', 'sphere', 'cylinder', 'axis', 'add', 'brand', 'quantity'] as const;

function lensOf(eye: SpectacleEye, fields: Fields, issue: (path: string, message: string) => void) {
  const given = Object.fromEntries(PARTS.map((part) => [part, fields[`${eye}-${part}`]]));
  if (PARTS.every((part) => given[part] === undefined)) return undefined;
  const { curve, diameter, sphere, cylinder = 0, axis: degrees, add, brand, quantity } = given;
  if (curve === undefined) issue(`${eye}-curve`, 'Write the base curve.');
  if (diameter === undefined) issue(`${eye}-diameter`, 'Write the diameter.');
  if (sphere === undefined) issue(`${eye}-sphere`, 'Write the power; plano for none.');
  if (cylinder !== 0 && degrees === undefined) issue(`${eye}-axis`, 'Write the axis of the cylinder.');
  if (cylinder === 0 && degrees !== undefined)
    issue(`${eye}-cylinder`, 'Write the cylinder of this axis, or no axis.');
  return {
    ...{ baseCurve: curve, diameter, sphere, cylinder },
    ...(degrees === undefined ? {} : { axis: degrees }),
    ...(add === undefined ? {} : { add }),
    ...(brand === undefined ? {} : { brand }),
    ...(quantity === undefined ? {} : { quantity }),
  } as ContactLens;
}

export const prescribeContactLensesInput = z
  .object({
    visitId: chosenId('Choose a visit.'),
    requestKey: text(64, 'Open this again.', 8),
    /** Of the visit's contact lenses that were shown; see `glassesVersion`. */
    version,
    replacement: z.enum(keysOf(REPLACEMENTS), 'Choose how often they are replaced.'),
    wear: z.enum(keysOf(WEARS), 'Choose how they are worn.').optional().default('day'),
    validMonths: z.coerce
      .number('Write months.')
      .int('Write whole months.')
      .min(1, 'Write at least one month.')
      .max(24, 'Write at most 24 months.')
      .optional()
      .default(CONTACT_VALID_MONTHS),
    remarks: optionalText(300),
    /** Asked for where there are some of this visit already: they are replaced. */
    reason: optionalText(200),
    ...ofEye('right'),
    ...ofEye('left'),
  })
  .transform((given, ctx) => {
    const issue = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message });
    const { visitId, requestKey, reason, replacement, wear, validMonths, remarks } = given;
    const found = EYES.map((eye) => [eye, lensOf(eye, given as unknown as Fields, issue)] as const);
    const eyes = Object.fromEntries(found.filter(([, lens]) => lens));
    if (Object.keys(eyes).length === 0) issue('right-curve', 'Write the lens of an eye.');
    const lenses: ContactLenses = { ...eyes, replacement, wear, validMonths, remarks };
    return { visitId, requestKey, version: given.version, reason, lenses };
  });
export type PrescribeContactLensesInput = z.output<typeof prescribeContactLensesInput>;

export const voidContactLensesInput = z.object({
  contactLensesId: chosenId('Choose a prescription.'),
  reason: text(200, 'Say why it is void.'),
});
export type VoidContactLensesInput = z.output<typeof voidContactLensesInput>;
