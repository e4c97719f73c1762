import { z } from 'zod';
import { keysOf } from '@/lib/address-query';
import { chosenId, optionalText, version } from '@/lib/fields';
import { ACUITY_METHODS, isAcuity } from './acuity';
import { DIAGNOSIS_CODES } from './diagnoses';
import { acuityField, lensField, pressureField } from './fields';
import {
  EYES,
  type Eye,
  type EyeMeasures,
  type Measurements,
  REVIEWS,
  readPressure,
  SIDES,
  TONOMETERS,
} from './policy';
import { ADDS, CYLINDERS, type PowerRange, readAxis, readPower, SPHERES } from './refraction';

const visitId = chosenId('Choose a visit.');
/** Asked for once an examination is signed. */
const reason = optionalText(200);

const typed = z.string().trim().max(12, 'Use at most 12 characters.').optional().default('');

const acuity = z
  .string()
  .trim()
  .optional()
  .default('')
  .refine((value) => value === '' || isAcuity(Number(value)), 'Choose one from the list.')
  .transform((value) => (value === '' ? undefined : Number(value)));

const power = (range: PowerRange) =>
  typed.transform((value, ctx) => {
    if (value === '') return undefined;
    const reading = readPower(value, range);
    if ('quarters' in reading) return reading.quarters;
    ctx.addIssue({ code: 'custom', message: reading.problem });
    return z.NEVER;
  });

/** Degrees are never turned round: 200 is a slip of the finger, and nobody knows for what. */
const axis = typed.transform((value, ctx) => {
  if (value === '') return undefined;
  const degrees = readAxis(value);
  if (degrees !== null) return degrees;
  ctx.addIssue({ code: 'custom', message: 'Write degrees from 1 to 180.' });
  return z.NEVER;
});

const pressure = typed.transform((value, ctx) => {
  if (value === '') return undefined;
  const mmHg = readPressure(value);
  if (typeof mmHg === 'number') return mmHg;
  ctx.addIssue({ code: 'custom', message: mmHg.problem });
  return z.NEVER;
});

const ofEye = (eye: Eye) => ({
  ...Object.fromEntries(ACUITY_METHODS.map((method) => [acuityField(eye, method), acuity])),
  [lensField(eye, 'sphere')]: power(SPHERES),
  [lensField(eye, 'cylinder')]: power(CYLINDERS),
  [lensField(eye, 'axis')]: axis,
  [lensField(eye, 'add')]: power(ADDS),
  [pressureField(eye)]: pressure,
});

type Fields = Record<string, number | undefined>;

function measuresOf(eye: Eye, fields: Fields, issue: (path: string, message: string) => void): EyeMeasures {
  const read = (part: 'sphere' | 'cylinder' | 'axis' | 'add') => fields[lensField(eye, part)];
  const [sphere, cylinder = 0, degrees, add] = [read('sphere'), read('cylinder'), read('axis'), read('add')];
  if (sphere === undefined && (cylinder !== 0 || degrees !== undefined || add !== undefined))
    issue(lensField(eye, 'sphere'), 'Write the sphere too; plano for none.');
  if (cylinder !== 0 && degrees === undefined)
    issue(lensField(eye, 'axis'), 'Write the axis of the cylinder.');
  if (cylinder === 0 && degrees !== undefined)
    issue(lensField(eye, 'cylinder'), 'Write the cylinder of this axis, or no axis.');
  const values = ACUITY_METHODS.flatMap((method) => {
    const value = fields[acuityField(eye, method)];
    return value === undefined ? [] : [[method, value] as const];
  });
  const mmHg = fields[pressureField(eye)];
  return {
    acuity: Object.fromEntries(values),
    ...(mmHg === undefined ? {} : { pressure: mmHg }),
    ...(sphere === undefined
      ? {}
      : {
          refraction: {
            sphere,
            cylinder,
            ...(degrees === undefined ? {} : { axis: degrees }),
            ...(add === undefined ? {} : { add }),
          },
        }),
  };
}

export const measureInput = z
  .object({
    visitId,
    version,
    reason,
    tonometer: z
      .enum([...keysOf(TONOMETERS), ''], 'Choose one from the list.')
      .optional()
      .transform((value) => value || undefined),
    ...ofEye('right'),
    ...ofEye('left'),
  })
  .transform((given, ctx) => {
    const issue = (path: string, message: string) => ctx.addIssue({ code: 'custom', path: [path], message });
    const fields = given as unknown as Fields;
    const measurements: Measurements = {
      right: measuresOf('right', fields, issue),
      left: measuresOf('left', fields, issue),
      ...(given.tonometer ? { tonometer: given.tonometer } : {}),
    };
    return { visitId: given.visitId, version: given.version, reason: given.reason, measurements };
  });
export type MeasureInput = z.output<typeof measureInput>;

const MAX_DIAGNOSES = 12;

/** What is wrong with a list of `code:side`, in one sentence for the whole field. */
function diagnosesProblem(all: readonly (readonly [string, string])[]): string | null {
  if (all.length > MAX_DIAGNOSES) return `Write at most ${MAX_DIAGNOSES} diagnoses.`;
  if (all.some(([code]) => !DIAGNOSIS_CODES.some((known) => known === code)))
    return 'Choose diagnoses from the list.';
  if (all.some(([, side]) => !SIDES.some((known) => known === side)))
    return 'Say of each which eye it is in.';
  const isTwice = new Set(all.map(([code]) => code)).size < all.length;
  return isTwice ? 'Each diagnosis once: choose both eyes where it is in both.' : null;
}

export const assessInput = z
  .object({
    visitId,
    version,
    reason,
    complaint: optionalText(1_000),
    'findings-right': optionalText(4_000),
    'findings-left': optionalText(4_000),
    diagnoses: z
      .array(z.string('Choose diagnoses from the list.'), 'Choose diagnoses from the list.')
      .optional()
      .default([])
      .transform((all, ctx) => {
        const pairs = all.map((one) => {
          const [code = '', side = ''] = one.split(':');
          return [code, side] as const;
        });
        const message = diagnosesProblem(pairs);
        if (message) ctx.addIssue({ code: 'custom', message });
        return pairs;
      }),
    plan: optionalText(2_000),
    reviewWeeks: z
      .enum([...keysOf(REVIEWS), ''], 'Choose one of the times.')
      .optional()
      .transform((value) => (value ? Number(value) : undefined)),
  })
  .transform(({ visitId: id, version: seen, reason: why, diagnoses, ...rest }) => {
    const { complaint, plan, reviewWeeks } = rest;
    const findings = Object.fromEntries(
      EYES.flatMap((eye) => {
        const found = rest[`findings-${eye}`];
        return found ? [[eye, found]] : [];
      }),
    );
    return {
      visitId: id,
      version: seen,
      reason: why,
      assessment: {
        ...(complaint ? { complaint } : {}),
        findings,
        diagnoses: diagnoses.map(([code, side]) => ({
          code,
          side: SIDES.find((known) => known === side) ?? 'none',
        })),
        ...(plan ? { plan } : {}),
        ...(reviewWeeks ? { reviewWeeks } : {}),
      },
    };
  });
export type AssessInput = z.output<typeof assessInput>;

export const signInput = z.object({ visitId, version });
export type SignInput = z.output<typeof signInput>;
