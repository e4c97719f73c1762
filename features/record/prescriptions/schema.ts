import { z } from 'zod';
import { FORM_IDS } from '@/features/pharmacy/medicines/policy';
import { OWNER_IDS } from '@/features/record/templates/policy';
import { chosenId, id, optionalText, revision, text, version } from '@/lib/fields';
import { PAPER_LANGUAGES } from '@/lib/paper-language';
import { keysOf } from '@/lib/query-words';
import { FREQUENCIES, MEALS, SITES } from './dosage';
import { MOST_DAYS, MOST_PRESCRIBED, type PrescriptionContent } from './policy';
import { readLine } from './shorthand';

const MAX_LINES = 30;
const MAX_STEPS = 8;
/** More than anybody takes, and than rules speak about one sheet. */
const MAX_STOPS = 200;
const MAX_OVERRIDES = 400;
const MAX_SHEET = 60_000;
const UNREADABLE = 'The sheet could not be read. Open it again.';

const reference = {
  prescriptionId: id('This prescription is not known.'),
  lineId: z.string().min(1).max(40),
};

const step = z.object({
  quarters: z.number().int().min(1).max(40),
  frequency: z.enum(keysOf(FREQUENCIES)),
  days: z
    .number()
    .int('Write whole days.')
    .min(1, 'Write at least 1 day.')
    .max(MOST_DAYS, `Write at most ${MOST_DAYS} days.`)
    .nullable(),
  unread: z.undefined('Write the days as a whole number.').optional(),
});

const line = z.object({
  // What was dispensed is kept by it: a name that every object has would be found there before.
  id: z
    .string()
    .regex(/^[\w-]{1,40}$/, UNREADABLE)
    .refine((value) => !(value in {}), UNREADABLE),
  medicineId: id('This medicine is not known.').optional(),
  name: text(120, 'Write the medicine.'),
  ingredient: optionalText(120),
  form: z.enum(FORM_IDS),
  strength: optionalText(60),
  unit: text(30, 'Write what it is counted by.'),
  site: z.enum(keysOf(SITES), 'Say which eye, or how it is taken.'),
  steps: z
    .array(step)
    .min(1, 'Say how often.')
    .max(MAX_STEPS, `Write at most ${MAX_STEPS} steps.`)
    .refine((steps) => steps.slice(0, -1).every(({ days }) => days !== null), {
      error: 'Only the last step may be ongoing: write the days of each step before it.',
    }),
  meals: z.enum(keysOf(MEALS)).optional(),
  note: optionalText(200),
  quantity: z
    .number()
    .int('Write a whole number.')
    .min(1, 'Write how many.')
    .max(MOST_PRESCRIBED, `Write at most ${MOST_PRESCRIBED}.`),
  unread: z.undefined('Write the quantity as a whole number.').optional(),
  isSubstitutionAllowed: z.boolean(),
  replaces: z.object(reference).optional(),
});

/** Counted before its items are read, so that a very long one takes no longer. */
const few = <Item extends z.ZodType>(item: Item, most: number, sentence: string) =>
  z.array(z.unknown()).max(most, sentence).pipe(z.array(item));

const stop = z.object({
  ...reference,
  name: text(200, UNREADABLE),
  reason: text(200, 'Say why it is stopped.'),
});
const override = z.object({
  key: text(300, UNREADABLE),
  sentence: text(500, UNREADABLE),
  reason: text(200, 'Say why it is prescribed all the same.'),
});
const content = z.object({
  lines: few(line, MAX_LINES, `Write at most ${MAX_LINES} medicines.`),
  stops: few(stop, MAX_STOPS, UNREADABLE),
  overrides: few(override, MAX_OVERRIDES, UNREADABLE),
});

const named = z.looseObject({ name: z.string().trim().min(1).max(120) });
/** Of which medicine a mistake is, among as many as a sheet has. */
function nameAt(given: unknown, [list, at]: readonly PropertyKey[]): string | null {
  const { lines } = z.looseObject({ lines: z.array(z.unknown()) }).safeParse(given).data ?? {};
  if (list !== 'lines' || typeof at !== 'number') return null;
  return named.safeParse(lines?.[at]).data?.name ?? null;
}

/** The sheet as the form posts it: one field of JSON, checked like any other. */
const sheet = z
  .string('Prescribe something.')
  .max(MAX_SHEET, UNREADABLE)
  .transform((value, ctx): PrescriptionContent => {
    let given: unknown;
    try {
      given = JSON.parse(value);
    } catch {
      given = null;
    }
    const parsed = content.safeParse(given);
    if (parsed.success) {
      const ids = parsed.data.lines.map((one) => one.id);
      if (new Set(ids).size === ids.length) return parsed.data;
    }
    const [first] = parsed.error?.issues ?? [];
    const message = first?.message ?? UNREADABLE;
    const name = message === UNREADABLE ? null : nameAt(given, first?.path ?? []);
    ctx.addIssue({ code: 'custom', message: name ? `${name}: ${message}` : message });
    return z.NEVER;
  });

export const savePrescriptionInput = z.object({
  visitId: chosenId('Choose a visit.'),
  /** Absent for the first writing of a visit. */
  prescriptionId: optionalText(24),
  version,
  /** Of the press: the same one that arrives twice happens once. */
  requestKey: text(64, 'Open this again.', 8),
  sheet,
  /** What stands in the box for the next line: it is not on the sheet yet. */
  entry: z
    .string()
    .refine((value) => value.trim() === '', 'Press Enter to add this line, or empty it.')
    .optional(),
  /** Asked for once it is signed. */
  reason: optionalText(200),
});
export type SavePrescriptionInput = z.output<typeof savePrescriptionInput>;

export const voidPrescriptionInput = z.object({
  prescriptionId: chosenId('Choose a prescription.'),
  version,
  reason: text(200, 'Say why it is void.'),
});
export type VoidPrescriptionInput = z.output<typeof voidPrescriptionInput>;

/**
 * Lines of a set are written as on the sheet; the eye may be left for the doctor to choose. Only what is
 * short enough is read.
 */
const setLines = text(4_000, 'Write a medicine on each line.').pipe(
  z.string().superRefine((value, ctx) => {
    const lines = value.split('\n').filter((one) => one.trim());
    if (lines.length > 12) ctx.addIssue({ code: 'custom', message: 'Write at most 12 medicines.' });
    for (const [index, one] of lines.entries()) {
      // Any day does: what a set says of days is counted from the day it is used.
      const [problem] = readLine(one, '2026-01-01').problems;
      if (problem) ctx.addIssue({ code: 'custom', message: `Line ${index + 1}: ${problem}` });
    }
  }),
);

export const savePrescriptionSetInput = z
  .object({
    setId: optionalText(24),
    name: text(80, 'Enter the name.'),
    owner: z.enum(OWNER_IDS, 'Say for whom it is.'),
    lines: setLines,
    version: revision.optional(),
  })
  .refine(({ setId, version: opened }) => !setId || opened, 'Open this again.');
export type SavePrescriptionSetInput = z.output<typeof savePrescriptionSetInput>;
export const prescriptionSetInput = z.object({ setId: chosenId('Choose a set.') });
export const starterSetsInput = z.object({});

/** The address of a paper: which language stands beside the English; the patient's where it says none. */
export const paperQuery = z.object({
  language: z.enum(keysOf(PAPER_LANGUAGES)).optional().catch(undefined),
});
