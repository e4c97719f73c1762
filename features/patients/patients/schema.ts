import { z } from 'zod';
import { cursor, orNothing } from '@/lib/address-query';
import {
  contactEmail,
  day,
  id,
  namesOf,
  optionalText,
  text,
  textOrEmpty,
  ticked,
  version,
} from '@/lib/fields';
import { LABEL_SIZES, SHEET_LIMIT } from '@/lib/paper';
import { keysOf } from '@/lib/query-words';
import { shiftDay } from '@/lib/time';
import {
  BLOOD_GROUPS,
  birthProblem,
  FLAG_IDS,
  holdsAadhaar,
  NO_PHONE_IDS,
  numbersIn,
  parseBirth,
  phoneProblem,
  plainDigits,
  readAbhaNumber,
  SEX_IDS,
} from './policy';

/**
 * Tomorrow by UTC: a day that is in the future everywhere on earth. The service knows the organization's own
 * day.
 */
const latestDay = () => shiftDay(new Date().toISOString().slice(0, 10), 1);

const birthOrder = z.enum(['dmy', 'mdy']).catch('dmy').default('dmy');
const BIRTH_PROBLEM = 'Enter a date such as 14/03/1980, or an age such as 45.';

const optionalPhone = optionalText(30).transform((value, ctx) => {
  const problem = value && phoneProblem(value);
  if (problem) ctx.addIssue({ code: 'custom', message: problem });
  return value && plainDigits(value);
});
/** Of two in the first box the other one goes where a second one goes, if that is empty. */
function splitPhones(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || !('phone' in input)) return input;
  const { phone, alternatePhone } = input as { phone?: unknown; alternatePhone?: unknown };
  if (typeof phone !== 'string' || phone.length > 60 || alternatePhone) return input;
  const [first, second, ...more] = numbersIn(phone);
  return second && more.length === 0 ? { ...input, phone: first, alternatePhone: second } : input;
}

/** One of a list, or nothing. */
const chosen = <T extends string>(ids: readonly [T, ...T[]]) =>
  z
    .enum([...ids, ''], 'Choose one from the list.')
    .optional()
    .transform((value) => (value || undefined) as T | undefined);

const abhaNumber = optionalText(30).transform((value, ctx) => {
  if (!value) return undefined;
  const read = readAbhaNumber(value);
  if (typeof read === 'string') return read;
  ctx.addIssue({ code: 'custom', message: read.problem });
  return z.NEVER;
});

/** Free words, among which no whole Aadhaar is kept. */
const wordsWithoutAadhaar = (max: number) =>
  optionalText(max).refine(
    (value) => !value || !holdsAadhaar(value),
    'This looks like an Aadhaar number, which is not kept here: write its last four digits. Before a number of a hospital write a letter.',
  );

/** A phone, or why there is none. */
const phoneFields = { phone: optionalPhone, noPhoneReason: chosen(NO_PHONE_IDS) };

/** What a record has or has not: stored when given, removed when emptied. */
const optionalFields = {
  namePrefix: optionalText(20),
  alternatePhone: optionalPhone,
  email: optionalText(254).pipe(contactEmail('Enter an e-mail address such as name@example.com.').optional()),
  address: optionalText(200),
  village: optionalText(80),
  city: optionalText(80),
  district: optionalText(80),
  region: optionalText(80),
  postalCode: optionalText(12),
  guardianName: optionalText(120),
  guardianRelation: optionalText(40),
  guardianPhone: optionalPhone,
  bloodGroup: chosen(BLOOD_GROUPS),
  occupation: optionalText(80),
  spokenLanguage: optionalText(40),
  /** Numbers of before or of elsewhere, with commas between them. */
  otherNumbers: wordsWithoutAadhaar(120),
  referredBy: optionalText(120),
  abhaNumber,
  abhaAddress: optionalText(80),
  /** What everybody must know at a glance; kept as one text because it is sealed. */
  flags: z
    .array(z.enum(FLAG_IDS, 'Choose from the list.'), 'Choose from the list.')
    .optional()
    .transform((all) => [...new Set(all ?? [])].sort().join(',') || undefined),
  notes: wordsWithoutAadhaar(2_000),
};
export const OPTIONAL_FIELDS = namesOf({ ...phoneFields, ...optionalFields });

const fields = {
  /** Somebody is found by letters or digits; a name of points alone would be found by nothing. */
  firstName: text(80, 'Enter the first name.').refine(
    (value) => value === '' || /[\p{L}\p{N}]/u.test(value),
    'Write the name in letters.',
  ),
  /** Many people have one name only. */
  lastName: textOrEmpty(80),
  ...phoneFields,
  dateOfBirth: z
    .string('Enter the date of birth or the age.')
    .trim()
    .min(1, 'Enter the date of birth or the age.')
    .max(30, BIRTH_PROBLEM)
    .refine(
      (text) => text === '' || parseBirth(text, 'dmy', latestDay()) || parseBirth(text, 'mdy', latestDay()),
      BIRTH_PROBLEM,
    ),
  /** How a date in digits is read; the form knows the organization's country. */
  birthOrder,
  isBirthEstimated: ticked,
  sex: z.enum(SEX_IDS, 'Choose the sex.'),
  ...optionalFields,
};
/** What an edit leaves in the audit log; of the sensitive ones only that they changed. */
export const AUDITED_FIELDS = namesOf(fields).filter((name) => name !== 'birthOrder');

/** The same of a death that is noted or taken back. */
export const DEATH_FIELDS = ['deceasedOn', 'isActive'] as const;

type BirthFields = { dateOfBirth: string; birthOrder: 'dmy' | 'mdy'; isBirthEstimated: boolean };
type PhoneFields = { phone?: string | undefined; noPhoneReason?: string | undefined };

/** Somebody without a number has a reason; said together with all other mistakes. */
const hasPhone = ({ phone, noPhoneReason }: PhoneFields): boolean => Boolean(phone || noPhoneReason);
const phoneMissing = {
  path: ['phone'],
  message: 'Enter a phone number, or say why there is none.',
  when: ({ value }: { value: unknown }) => typeof value === 'object' && value !== null,
};

/** Turns what was typed as birth into a day. A reason beside a phone is left out. */
function readPerson<T extends BirthFields & PhoneFields>(
  input: T,
  ctx: z.RefinementCtx,
): Omit<T, 'birthOrder'> {
  const { birthOrder: order, ...rest } = input;
  const birth = parseBirth(input.dateOfBirth, order, latestDay());
  const problem = birth ? birthProblem(birth.day, latestDay()) : BIRTH_PROBLEM;
  if (!birth || problem) {
    ctx.addIssue({ code: 'custom', path: ['dateOfBirth'], message: problem ?? BIRTH_PROBLEM });
    return z.NEVER;
  }
  return {
    ...rest,
    ...(rest.phone ? { noPhoneReason: undefined } : {}),
    dateOfBirth: birth.day,
    isBirthEstimated: birth.isEstimated || input.isBirthEstimated,
  };
}

export const registerPatientInput = z.preprocess(
  splitPhones,
  z
    .object({
      ...fields,
      /** Set by "Register anyway", after the possible duplicates were shown. */
      allowDuplicate: z
        .string()
        .optional()
        .transform((value) => value === 'yes'),
    })
    .refine(hasPhone, phoneMissing)
    .transform(readPerson),
);
export type RegisterPatientInput = z.output<typeof registerPatientInput>;

const patientId = id('This patient is not known.');

export const updatePatientInput = z.preprocess(
  splitPhones,
  z
    .object({ ...fields, patientId, version })
    .refine(hasPhone, phoneMissing)
    .transform(readPerson),
);
export type UpdatePatientInput = z.output<typeof updatePatientInput>;

export const setPatientActiveInput = z.object({
  patientId,
  isActive: z.enum(['yes', 'no']).transform((value) => value === 'yes'),
});
export const recordDeathInput = z.object({ patientId, deceasedOn: day });
export type RecordDeathInput = z.output<typeof recordDeathInput>;
/** What was noted by mistake. */
export const undoDeathInput = z.object({ patientId });
export type UndoDeathInput = z.output<typeof undoDeathInput>;
export type SetPatientActiveInput = z.output<typeof setPatientActiveInput>;

/** What is known while somebody is still typing: anything may be missing or unfinished. */
export const duplicateCheckInput = z
  .object({
    firstName: z.string().trim().max(80).default(''),
    lastName: z.string().trim().max(80).default(''),
    phone: z.string().trim().max(30).default(''),
    dateOfBirth: z.string().trim().max(30).default(''),
    birthOrder,
  })
  .transform(({ birthOrder: order, dateOfBirth, ...rest }) => ({
    ...rest,
    dateOfBirth: parseBirth(dateOfBirth, order, latestDay())?.day ?? '',
  }));

export const SORTS = ['-registered', 'name', '-name', 'registered'] as const;

/** The address of the list: anything malformed means the default. */
export const patientListQuery = z.object({
  q: z.string().trim().max(100).catch('').default(''),
  sort: z.enum(SORTS).catch('-registered').default('-registered'),
  after: cursor(),
  before: cursor(),
});
export type PatientListQuery = z.output<typeof patientListQuery>;

/** Which year of a patient's record is shown; the present one without. */
export const patientYearsQuery = z.object({ year: orNothing(z.coerce.number().int()) });

/** `?q=` of the search route: one piece of text and nothing that could be meant as an operator. */
export const patientSearchQuery = z.strictObject({ q: z.string().trim().max(100) });

/** How a patient's stickers are printed; `from` is the first free place on a sheet of 44. */
export const patientLabelsQuery = z.object({
  paper: z.enum(keysOf(LABEL_SIZES)).catch('label-sheet').default('label-sheet'),
  count: z.coerce.number().int().min(1).max(SHEET_LIMIT.most).catch(8).default(8),
  from: z.coerce.number().int().min(1).max(SHEET_LIMIT.most).catch(1).default(1),
});
