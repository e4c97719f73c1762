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
  standAcross,
} from '@/features/record/examinations/refraction';
import { chosenId, optionalText, text, version } from '@/lib/fields';
import { keysOf } from '@/lib/query-words';
import { COATINGS, INDEXES, MATERIALS, TINTS, USES } from './lens-details';
import {
  EYES,
  KINDS,
  type Lens,
  type Pupils,
  type SpectacleEye,
  type Spectacles,
  spectaclesProblem,
  VALID_MONTHS,
  VERTEX,
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
const vertex = typed.transform((value, ctx) => {
  if (value === '') return undefined;
  const millimetres = Number(value);
  if (Number.isInteger(millimetres) && millimetres >= VERTEX.least && millimetres <= VERTEX.most)
    return millimetres;
  ctx.addIssue({
    code: 'custom',
    message: `Write whole millimetres from ${VERTEX.least} to ${VERTEX.most}, such as 12.`,
  });
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

/** What is typed as the sphere of an eye that gets a balance lens. */
const BALANCE = /^bal(ance)?\.?$/i;
/** Undefined for an empty box; 'balance' where no power is prescribed for this eye. */
const sphere = typed.transform((value, ctx) => {
  if (value === '') return undefined;
  if (BALANCE.test(value)) return 'balance' as const;
  const reading = readPower(value, SPHERES);
  if ('quarters' in reading) return reading.quarters;
  ctx.addIssue({ code: 'custom', message: reading.problem });
  return z.NEVER;
});

const ofEye = <E extends SpectacleEye>(eye: E) =>
  ({
    [`${eye}-sphere`]: sphere,
    [`${eye}-cylinder`]: power(CYLINDERS),
    [`${eye}-axis`]: axis,
    [`${eye}-add`]: power(ADDS),
    [`${eye}-middleAdd`]: power(ADDS),
    [`${eye}-prism`]: power(PRISMS),
    [`${eye}-base`]: chosen(PRISM_BASES),
    [`${eye}-secondPrism`]: power(PRISMS),
    [`${eye}-secondBase`]: chosen(PRISM_BASES),
    [`${eye}-pupil`]: pupil,
    [`${eye}-middlePupil`]: pupil,
    [`${eye}-nearPupil`]: pupil,
  }) as Record<string, z.ZodType>;

type Fields = Record<string, unknown>;
type Refuse = (path: string, message: string) => void;

function lensOf(eye: SpectacleEye, fields: Fields, issue: Refuse): Lens | undefined {
  const number = (part: string) => fields[`${eye}-${part}`] as number | undefined;
  const sphere = fields[`${eye}-sphere`] as number | 'balance' | undefined;
  const [cylinder = 0, degrees, add, middleAdd, prism] = [
    ...['cylinder', 'axis', 'add', 'middleAdd', 'prism'].map(number),
  ];
  const base = fields[`${eye}-base`] as keyof typeof PRISM_BASES | undefined;
  const secondPrism = number('secondPrism');
  const secondBase = fields[`${eye}-secondBase`] as keyof typeof PRISM_BASES | undefined;
  const isEmpty =
    cylinder === 0 &&
    [degrees, add, middleAdd, prism, base, secondPrism, secondBase].every((one) => one === undefined);
  if (sphere === undefined || sphere === 'balance') {
    if (!isEmpty && sphere) issue(`${eye}-sphere`, 'A balance lens has no other values. Write its sphere.');
    else if (!isEmpty) issue(`${eye}-sphere`, 'Write the sphere too; plano for none.');
    return undefined;
  }
  if (cylinder !== 0 && degrees === undefined) issue(`${eye}-axis`, 'Write the axis of the cylinder.');
  if (cylinder === 0 && degrees !== undefined)
    issue(`${eye}-cylinder`, 'Write the cylinder of this axis, or no axis.');
  if (prism !== undefined && !base) issue(`${eye}-base`, 'Say where the base of the prism is.');
  if (base && prism === undefined) issue(`${eye}-prism`, 'Write the prism of this base, or choose no base.');
  if (secondPrism !== undefined && !secondBase)
    issue(`${eye}-secondBase`, 'Say where the base of the second prism is.');
  if (secondBase && secondPrism === undefined)
    issue(`${eye}-secondPrism`, 'Write the second prism of this base, or choose no base.');
  if (secondPrism !== undefined && prism === undefined)
    issue(`${eye}-prism`, 'Write the first prism before a second one.');
  if (base && secondBase && !standAcross(base, secondBase))
    issue(`${eye}-secondBase`, 'The second prism stands across the first: one up or down, one in or out.');
  return {
    sphere,
    cylinder,
    ...(degrees === undefined ? {} : { axis: degrees }),
    ...(add === undefined ? {} : { add }),
    ...(middleAdd === undefined ? {} : { middleAdd }),
    ...(prism !== undefined && base ? { prism: { quarters: prism, base } } : {}),
    ...(secondPrism !== undefined && secondBase
      ? { secondPrism: { quarters: secondPrism, base: secondBase } }
      : {}),
  };
}

/** Glasses for one eye say so: an empty sheet of the other is as often forgotten as meant. */
function assertBothEyes(fields: Fields, issue: Refuse): void {
  const written = EYES.filter((eye) => fields[`${eye}-sphere`] !== undefined);
  if (written.length === 1)
    for (const eye of EYES.filter((one) => !written.includes(one)))
      issue(`${eye}-sphere`, `Write the ${eye} eye too: plano for none, or balance.`);
}

const pupilsOf = (fields: Fields, name: string): Pupils | undefined => {
  const found = EYES.flatMap((eye) => {
    const half = fields[`${eye}-${name}`] as number | undefined;
    return half ? [[eye, half] as const] : [];
  });
  return found.length > 0 ? Object.fromEntries(found) : undefined;
};

/** The boxes of glasses, the same where they are prescribed and where it is noted what was made. */
const glassesFields = {
  // Nothing of a lens is posted where no glasses are advised.
  kind: z.enum(keysOf(KINDS), 'Choose the kind.').optional().default('distance'),
  material: chosen(MATERIALS),
  index: chosen(INDEXES),
  coatings: z
    .array(z.enum(keysOf(COATINGS), 'Choose from the list.'), 'Choose from the list.')
    .optional()
    .transform((all) => keysOf(COATINGS).filter((one) => all?.includes(one))),
  tint: chosen(TINTS),
  use: chosen(USES),
  vertexMm: vertex,
  validMonths: z.coerce
    .number('Write months.')
    .int('Write whole months.')
    .min(1, 'Write at least one month.')
    .max(60, 'Write at most 60 months.')
    .optional()
    .default(VALID_MONTHS),
  remarks: optionalText(300),
  ...ofEye('right'),
  ...ofEye('left'),
};
type GlassesGiven = z.output<z.ZodObject<typeof glassesFields>>;

function glassesOf(given: GlassesGiven, issue: Refuse): Spectacles {
  const fields = given as unknown as Fields;
  const { kind, material, index, coatings, tint, use, vertexMm, validMonths, remarks } = given;
  assertBothEyes(fields, issue);
  const [pupils = {}, middlePupils, nearPupils] = ['pupil', 'middlePupil', 'nearPupil'].map((name) =>
    pupilsOf(fields, name),
  );
  return {
    advice: 'glasses',
    right: lensOf('right', fields, issue),
    left: lensOf('left', fields, issue),
    ...{ pupils, middlePupils, nearPupils, kind, material, index },
    coatings: coatings.length > 0 ? coatings : undefined,
    ...{ tint, use, vertexMm, validMonths, remarks },
  };
}

export const prescribeSpectaclesInput = z
  .object({
    visitId: chosenId('Choose a visit.'),
    requestKey: text(64, 'Open this again.', 8),
    advice: z.enum(['glasses', 'none'], 'Say whether glasses are advised.'),
    /** Of the visit's glasses that were shown; see `glassesVersion`. */
    version,
    ...glassesFields,
    /** Asked for where there is one of this visit already: it is replaced. */
    reason: optionalText(200),
  })
  .transform((given, ctx) => {
    const issue = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message });
    const { visitId, requestKey, reason, advice, remarks } = given;
    const spectacles: Spectacles = advice === 'none' ? { advice, remarks } : glassesOf(given, issue);
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

/** That glasses were made as they were prescribed, or why they were not made at all. */
export const answerGlassesInput = z
  .object({
    spectaclesId: chosenId('Choose a prescription.'),
    /** How often it was noted before. */
    version,
    outcome: z.enum(['as-prescribed', 'not-made'], 'Say what became of them.'),
    reason: optionalText(200),
  })
  .refine(({ outcome, reason }) => outcome === 'as-prescribed' || reason, {
    path: ['reason'],
    message: 'Say why they are not made.',
  });
export type AnswerGlassesInput = z.output<typeof answerGlassesInput>;

/** What the optical shop made, where it is not what was prescribed. */
export const noteMadeInput = z
  .object({
    spectaclesId: chosenId('Choose a prescription.'),
    /** How often it was noted before. */
    version,
    reason: text(200, 'Say why they are not as prescribed.', 2),
    ...glassesFields,
  })
  .transform((given, ctx) => {
    const issue = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message });
    const { spectaclesId, version: before, reason } = given;
    const spectacles = glassesOf(given, issue);
    const problem = ctx.issues.length === 0 ? spectaclesProblem(spectacles) : null;
    if (problem) issue('kind', problem);
    return { spectaclesId, version: before, reason, spectacles };
  });
export type NoteMadeInput = z.output<typeof noteMadeInput>;
