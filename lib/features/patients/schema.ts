import { z } from 'zod';
import { shiftDay } from '@/lib/time';

export const SEXES = { female: 'Female', male: 'Male', other: 'Other', unknown: 'Unknown' } as const;
export type Sex = keyof typeof SEXES;

const EARLIEST_BIRTH = '1900-01-01';

const name = (label: string) => z.string(`Enter the ${label}.`).trim().min(1, `Enter the ${label}.`).max(80, 'Use at most 80 characters.');
const optional = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `Use at most ${max} characters.`)
    .optional()
    .transform((value) => value || undefined);

const phone = z
  .string('Enter a phone number.')
  .trim()
  .max(30, 'Use at most 30 characters.')
  .refine((value) => /^[+\d][\d\s().-]*$/.test(value) && value.replace(/\D/g, '').length >= 6, 'Enter a phone number with at least 6 digits.');

/** A day of birth, not in the future anywhere on earth. */
const dateOfBirth = z
  .string('Enter the date of birth.')
  .trim()
  .pipe(z.iso.date('Enter the date of birth as day, month and year.'))
  .refine((day) => day >= EARLIEST_BIRTH, 'The date of birth cannot be before 1900.')
  .refine((day) => day <= shiftDay(new Date().toISOString().slice(0, 10), 1), 'The date of birth cannot be in the future.');

const fields = {
  firstName: name('first name'),
  lastName: name('last name'),
  phone,
  dateOfBirth,
  isBirthEstimated: z
    .string()
    .optional()
    .transform((value) => value === 'on'),
  sex: z.enum(['female', 'male', 'other', 'unknown'], 'Choose the sex.'),
  email: z
    .string()
    .trim()
    .max(254)
    .optional()
    .transform((value) => value || undefined)
    .pipe(z.email('Enter an e-mail address such as name@example.com.').optional()),
  address: optional(200),
  city: optional(80),
  guardianName: optional(120),
  notes: optional(2_000),
};

export const registerPatientInput = z.object({
  ...fields,
  /** Set by "Register anyway", after the possible duplicates were shown. */
  allowDuplicate: z
    .string()
    .optional()
    .transform((value) => value === 'yes'),
});
export type RegisterPatientInput = z.output<typeof registerPatientInput>;

export const updatePatientInput = z.object({
  ...fields,
  patientId: z.string().regex(/^[0-9a-f]{24}$/i, 'This patient is not known.'),
  /** The version that was opened: a stale edit is refused instead of overwriting. */
  version: z.coerce.number().int().min(0),
});
export type UpdatePatientInput = z.output<typeof updatePatientInput>;

export const SORTS = ['-registered', 'name', '-name', 'registered'] as const;

/** The address of the list: anything malformed means the default. */
export const patientListQuery = z.object({
  q: z.string().trim().max(100).catch('').default(''),
  sort: z.enum(SORTS).catch('-registered').default('-registered'),
  after: z.string().max(300).optional().catch(undefined),
  before: z.string().max(300).optional().catch(undefined),
});
export type PatientListQuery = z.output<typeof patientListQuery>;
