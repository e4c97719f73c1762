import { z } from 'zod';
import { optionalStore } from '@/features/pharmacy/stores/schema';
import { cursor } from '@/lib/address-query';
import {
  chosenId,
  id,
  optionalText,
  readRows,
  revision,
  text,
  ticked,
  typedPieces,
  version,
} from '@/lib/fields';
import { LABEL_SIZES, SHEET_LIMIT } from '@/lib/paper';
import { PAPER_LANGUAGES } from '@/lib/paper-language';
import { keysOf } from '@/lib/query-words';
import type { FromForm } from '@/lib/revision';
import { COUNSELLING_POINTS } from './policy';

const UNREADABLE = 'The list could not be read. Open it again.';
const MAX_LIST = 30_000;
const NO_REASON = 'Say why it is not dispensed: the doctor sees the reason on the prescription.';

const line = z.object({
  lineId: z.string().min(1).max(40),
  /** What is taken from the shelf; the prescribed medicine unless somebody chose another. */
  medicineId: id('This medicine is not known.').optional(),
  /** The lot that was scanned; else what expires first. */
  batchId: id('This lot is not known.').optional(),
  quantity: typedPieces(999),
  agreedWith: optionalText(80),
  isRefused: z.boolean().optional(),
  notDispensedReason: optionalText(200),
  /** Why it is given although something speaks against it. */
  overrideReason: optionalText(200),
});

export const dispensePrescriptionInput = z.object({
  prescriptionId: chosenId('Choose a prescription.'),
  /** The store that the page shows; the counter's without one. */
  storeId: optionalStore,
  /** Of the prescription that was read. */
  version,
  requestKey: text(64, 'Open this again.', 8),
  lines: z
    .string('Choose what to dispense.')
    .max(MAX_LIST, UNREADABLE)
    .transform((value, ctx) => {
      const rows = readRows(line, value, ctx, {
        ...{ most: 30, unreadable: UNREADABLE },
        keyOf: ({ lineId }: { lineId?: unknown }) => lineId,
      });
      if (!rows) return z.NEVER;
      if (rows.some(({ isRefused, notDispensedReason }) => isRefused && !notDispensedReason)) {
        ctx.addIssue({ code: 'custom', message: NO_REASON });
        return z.NEVER;
      }
      const done = rows.filter(({ quantity, notDispensedReason }) => quantity > 0 || notDispensedReason);
      if (done.length > 0 && new Set(done.map(({ lineId }) => lineId)).size === done.length) return done;
      ctx.addIssue({ code: 'custom', message: 'Say how many of something are given, or why not.' });
      return z.NEVER;
    }),
});
export type DispensePrescriptionInput = z.output<typeof dispensePrescriptionInput>;

export const counselInput = z.object({
  dispenseId: id('This is not known. Open it again.'),
  /** One box posts a text, several post a list, none nothing. */
  points: z
    .preprocess(
      (value) => (typeof value === 'string' ? [value] : value),
      z.array(z.enum(COUNSELLING_POINTS, 'Choose from the list.')).max(COUNSELLING_POINTS.length),
    )
    .optional()
    .transform((value) => value ?? []),
  note: optionalText(300),
  isTaughtBack: ticked,
  version: revision,
});
export type CounselInput = FromForm<z.output<typeof counselInput>>;

/** How labels are printed; `from` is the first free place on a sheet. */
export const labelQuery = z.object({
  paper: z.enum(keysOf(LABEL_SIZES)).catch('label').default('label'),
  language: z.enum(keysOf(PAPER_LANGUAGES)).catch('en').default('en'),
  from: z.coerce.number().int().min(1).max(SHEET_LIMIT.most).catch(1).default(1),
});
export type LabelQuery = z.output<typeof labelQuery>;

/** The address of the counter. */
export const pharmacyQuery = z.object({
  show: z.enum(['waiting', 'earlier', 'owed', 'given']).catch('waiting').default('waiting'),
  /** A code from a scanner, or a patient's name or number. */
  q: z.string().trim().max(200).catch('').default(''),
  after: cursor(),
  before: cursor(),
});
export type PharmacyQuery = z.output<typeof pharmacyQuery>;
