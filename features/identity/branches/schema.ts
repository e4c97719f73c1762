import { z } from 'zod';
import { id, optionalTaxNumber, optionalText, revision, text } from '@/lib/fields';
import type { FromForm } from '@/lib/revision';

const BRANCH = 'This branch is not known.';
export const branchId = id(BRANCH);

/** Of a form or an address that may name a branch; without one the person's own. */
export const optionalBranch = z
  .union([z.literal(''), branchId], BRANCH)
  .transform((value) => value || undefined)
  .optional();

const facts = {
  name: text(60, 'Enter the name.'),
  numberPrefix: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z0-9]{0,3}$/, 'Use at most 3 letters and digits.')
    .optional()
    .transform((value) => value || undefined),
  address: optionalText(300),
  phone: optionalText(30),
  taxNumber: optionalTaxNumber,
};
export const addBranchInput = z.object(facts);
export type AddBranchInput = z.output<typeof addBranchInput>;
export const updateBranchInput = z.object({ ...facts, branchId, version: revision });
export type UpdateBranchInput = FromForm<z.output<typeof updateBranchInput>>;
export const branchInput = z.object({ branchId });
