import { z } from 'zod';
import {
  ADDS,
  CYLINDERS,
  type PowerRange,
  PRISM_BASES,
  PRISMS,
  readAxis,
  readPower,
  SPHERES,
} from '@/features/record/examinations/refraction';
import { keysOf } from '@/lib/address-query';
import { chosenId, optionalText, text, version } from '@/lib/fields';
import {
  EYES,
  KINDS,
  type Lens,
  MATERIALS,
  type SpectacleEye,
  type Spectacles,
  spectaclesProblem,
  VALID_MONTHS,
} from './policy';

const PUPIL_PROBLEM = 'Write millimetres from 20 to 45, in halves, such as 31.5.';

const typed = z.string().trim().max(12, 'Use at most 12 characters.').optional().default('');
/** A power of a lens as it is typed; empty is undefined. */
export const power = (range: PowerRange) =>
  typed.transform((value, ctx) => {
    if (value === '') return undefined;
    const reading = readPower(value, range);
    if ('quarters' in reading) return reading.quarters;
    ctx.addIssue({ code: 'custom', message: reading.problem });
    return z.NEVER;
  });
export const axis = typed.transform((value, ctx) => {
  if (value === '') return undefined;
  const degrees = readAxis(value);
  if (degrees !== null) return degrees;
  ctx.addIssue({ code: 'custom', message: 'Write degrees from 1 to 180.' });
  return z.NEVER;
});
const pupil = typed.transform((value, ctx) => {
  if (value === '') return undefined;
  const halves = Number(value.replace(',', '.')) * 2;
  if (Number.isInteger(halves) && halves >= 40 && halves <= 90) return halves;
  ctx.addIssue({ code: 'custom', message: PUPIL_PROBLEM });
  return z.NEVER;
});
/** One of a list of words, or nothing. */
export const chosen = <T extends Record<string, string>>(words: T) =>
  z
    .enum([...keysOf(words), ''] as [keyof T & string, ...(keyof T & string)[]], 'Choose one from the list.')
    .optional()
    .transform((value) => value || undefined);

const ofEye = <E extends SpectacleEye>(eye: E) =>
  ({
    [`${eye}-sphere`]: power(SPHERES),
    [`${eye}-cylinder`]: power(CYLINDERS),
    [`${eye}-axis`]: axis,
    [`${eye}-add`]: power(ADDS),
    [`${eye}-prism`]: power(PRISMS),
    [`${eye}-base`]: chosen(PRISM_BASES),
    [`${eye}-pupil`]: pupil,
  }) as Record<string, z.ZodType>;

type Fields = Record<string, unknown>;

function lensOf(eye: SpectacleEye, fields: Fields, issue: (path: string, message: string) => void) {
  const number = (part: string) => fields[`${eye}-${part}`] as number | undefined;
  const [sphere, cylinder = 0, degrees, add, prism] = ['sphere', 'cylinder', 'axis', 'add', 'prism'].map(
    number,
  );
  const base = fields[`${eye}-base`] as keyof typeof PRISM_BASES | undefined;
  if (sphere === undefined) {
    if (cylinder !== 0 || degrees !== undefined || add !== undefined || prism !== undefined || base)
      issue(`${eye}-sphere`, 'Write the sphere too; plano for none.');
    return undefined;
  }
  if (cylinder !== 0 && degrees === undefined) issue(`${eye}-axis`, 'Write the axis of the cylinder.');
  if (cylinder === 0 && degrees !== undefined)
    issue(`${eye}-cylinder`, 'Write the cylinder of this axis, or no axis.');
  if (prism !== undefined && !base) issue(`${eye}-base`, 'Say where the base of the prism is.');
  if (base && prism === undefined) issue(`${eye}-prism`, 'Write the prism of this base, or choose no base.');
  const lens: Lens = {
    sphere,
    cylinder,
    ...(degrees === undefined ? {} : { axis: degrees }),
    ...(add === undefined ? {} : { add }),
    ...(prism !== undefined && base ? { prism: { quarters: prism, base } } : {}),
  };
  return lens;
}

export const prescribeSpectaclesInput = z
  .object({
    visitId: chosenId('Choose a visit.'),
    requestKey: text(64, 'Open this again.', 8),
    advice: z.enum(['glasses', 'none'], 'Say whether glasses are advised.'),
    /** Of the visit's glasses that were shown; see `glassesVersion`. */
    version,
    // Nothing of a lens is posted where no glasses are advised.
    kind: z.enum(keysOf(KINDS), 'Choose the kind.').optional().default('distance'),
    material: chosen(MATERIALS),
    validMonths: z.coerce
      .number('Write months.')
      .int('Write whole months.')
      .min(1, 'Write at least one month.')
      .max(60, 'Write at most 60 months.')
      .optional()
      .default(VALID_MONTHS),
    remarks: optionalText(300),
    /** Asked for where there is one of this visit already: it is replaced. */
    reason: optionalText(200),
    ...ofEye('right'),
    ...ofEye('left'),
  })
  .transform((given, ctx) => {
    const issue = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message });
    const { visitId, requestKey, reason, advice, kind, material, validMonths, remarks } = given;
    const fields = given as unknown as Fields;
    const glasses = (): Spectacles => {
      const pupils = Object.fromEntries(
        EYES.flatMap((eye) => (fields[`${eye}-pupil`] ? [[eye, fields[`${eye}-pupil`] as number]] : [])),
      );
      return {
        advice: 'glasses',
        right: lensOf('right', fields, issue),
        left: lensOf('left', fields, issue),
        pupils,
        kind,
        material,
        validMonths,
        remarks,
      };
    };
    const spectacles: Spectacles = advice === 'none' ? { advice, remarks } : glasses();
    const problem = ctx.issues.length === 0 ? spectaclesProblem(spectacles) : null;
    if (problem) issue('kind', problem);
    return { visitId, requestKey, version: given.version, reason, spectacles };
  });
export type PrescribeSpectaclesInput = z.output<typeof prescribeSpectaclesInput>;

export const voidSpectaclesInput = z.object({
  spectaclesId: chosenId('Choose a prescription.'),
  reason: text(200, 'Say why it is void.'),
});
export type VoidSpectaclesInput = z.output<typeof voidSpectaclesInput>;
