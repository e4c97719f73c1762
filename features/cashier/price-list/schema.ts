import { z } from 'zod';
import { optionalBranch } from '@/features/identity/branches/schema';
import { orNothing } from '@/lib/address-query';
import { day, id, optionalText, postedList, revision, text, ticked, typedPieces } from '@/lib/fields';
import { OBJECT_ID } from '@/lib/object-id';
import type { FromForm } from '@/lib/revision';
import { requiredAmount, typedAmount } from '../bill-settings/schema';
import { CONSULTATION_IDS, GROUP_IDS, MOST_OF_PART } from './policy';

const facts = {
  name: text(120, 'Enter the name.'),
  code: z
    .string('Enter the code.')
    .trim()
    .toUpperCase()
    .min(1, 'Enter the code.')
    .regex(/^[A-Z0-9][A-Z0-9-]{0,15}$/, 'Use at most 16 letters, digits or dashes.'),
  group: z.enum(GROUP_IDS, 'Choose the group.'),
  taxClass: z.string('Choose the tax.').trim().min(1, 'Choose the tax.').max(20, 'Choose the tax.'),
  consultation: z
    .enum(['', ...CONSULTATION_IDS], 'Choose one of the list.')
    .optional()
    .transform((value) => value || undefined),
};
const known = id('This service is not known.');

export const addServiceInput = z.object({ ...facts, price: typedAmount('the price'), isInclusive: ticked });
export type AddServiceInput = z.output<typeof addServiceInput>;

export const updateServiceInput = z.object({ ...facts, serviceId: known, version: revision });
export type UpdateServiceInput = FromForm<z.output<typeof updateServiceInput>>;

export const setPriceInput = z.object({
  serviceId: known,
  price: requiredAmount('the price'),
  isInclusive: ticked,
  from: day,
  /** Whose own price it is; else everybody's. */
  payerId: optionalText(24),
  /** At which branch alone; else at all. */
  branchId: optionalBranch,
});
export type SetPriceInput = z.output<typeof setPriceInput>;

/** A payer, or a branch, has no price of its own from a day on. */
export const endPriceInput = z.object({
  serviceId: known,
  payerId: id('This payer is not known.').optional(),
  branchId: optionalBranch,
  from: day,
});
export type EndPriceInput = z.output<typeof endPriceInput>;

const MOST_PARTS = 20;
const part = z.object({
  serviceId: known,
  quantity: typedPieces(MOST_OF_PART, 1),
});

/** What a package holds; of nothing it is a service as any other. */
export const setPackageInput = z.object({
  serviceId: known,
  version: revision,
  parts: z
    .string('Open this again.')
    .max(4_000, 'These are too many parts.')
    .transform((value) => postedList(value, MOST_PARTS))
    .pipe(z.array(part, `A package has at most ${MOST_PARTS} parts.`))
    .refine(
      (parts) => new Set(parts.map(({ serviceId }) => serviceId)).size === parts.length,
      'A part is there twice.',
    ),
  days: z.coerce
    .number('Enter the days.')
    .int('Enter whole days.')
    .min(1, 'Enter at least 1 day.')
    .max(730, 'Enter at most 730 days.'),
});
export type SetPackageInput = FromForm<z.output<typeof setPackageInput>>;

export const serviceInput = z.object({ serviceId: known });
export const starterServicesInput = z.object({});

/** The address of the price list. */
export const priceListQuery = z.object({
  show: z.enum(['active', 'inactive']).catch('active').default('active'),
  /** Whose prices are shown. */
  payer: orNothing(z.string().regex(OBJECT_ID)),
  /** At which branch; else what counts at all. */
  branch: orNothing(z.string().regex(OBJECT_ID)),
});
export type PriceListQuery = z.output<typeof priceListQuery>;

const sheet = z
  .string('Choose the spreadsheet.')
  .min(1, 'Choose the spreadsheet.')
  .max(150_000, 'This is too long. Take fewer rows at once.');

export const previewPricesInput = z.object({ sheet, from: day });
export type PreviewPricesInput = z.output<typeof previewPricesInput>;

export const importPricesInput = previewPricesInput.extend({
  /** Of the preview: what is done is what was shown. */
  fingerprint: z.string('Look at the preview first.').regex(/^[\w-]{24}$/, 'Look at the preview first.'),
});
export type ImportPricesInput = z.output<typeof importPricesInput>;

export const priceListExportQuery = z.object({});
