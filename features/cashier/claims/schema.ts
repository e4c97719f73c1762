import { z } from 'zod';
import { ONE_REQUEST_MAX_BYTES } from '@/features/patients/files/policy';
import { announcedFile } from '@/features/patients/files/schema';
import { cursor, orNothing } from '@/lib/address-query';
import { chosenId, day, id, optionalText, version } from '@/lib/fields';
import { OBJECT_ID } from '@/lib/object-id';
import { keysOf } from '@/lib/query-words';
import { requiredAmount, typedAmount } from '../bill-settings/schema';
import { CLAIM_STEP_IDS, CLAIM_TURNS } from './policy';

const optionalDay = z
  .union([z.literal(''), day], 'Enter a date.')
  .default('')
  .transform((value) => value || undefined);

export const requestAuthorizationInput = z.object({
  patientId: id('This patient is not known.'),
  coverageId: chosenId('Choose the policy.'),
  amount: requiredAmount('the amount'),
  /** What is planned, in words: it is sealed. */
  procedure: optionalText(300),
  isSent: z
    .string()
    .optional()
    .transform((value) => value === 'on'),
});
export type RequestAuthorizationInput = z.output<typeof requestAuthorizationInput>;

export const updateClaimInput = z.object({
  claimId: id('This claim is not known.'),
  version,
  step: z.enum(CLAIM_STEP_IDS, 'Choose what happened.'),
  amount: typedAmount('the amount'),
  reference: optionalText(40),
  note: optionalText(500),
  until: optionalDay,
});
export type UpdateClaimInput = z.output<typeof updateClaimInput>;

/** A paper that comes with one request. */
export const attachPaperInput = announcedFile(ONE_REQUEST_MAX_BYTES).extend({
  claimId: id('This claim is not known.'),
});
export type AttachPaperInput = z.output<typeof attachPaperInput>;

export const removePaperInput = z.object({
  claimId: id('This claim is not known.'),
  fileId: id('This paper is not known.'),
});
export type RemovePaperInput = z.output<typeof removePaperInput>;

/** The address of the worklist. */
export const claimListQuery = z.object({
  show: z.enum(keysOf(CLAIM_TURNS)).catch('ours').default('ours'),
  payer: orNothing(z.string().regex(OBJECT_ID)),
  after: cursor(),
  before: cursor(),
});
export type ClaimListQuery = z.output<typeof claimListQuery>;

/** Of the outstanding claims as a file: per payer and age, or claim by claim. */
export const claimExportQuery = z.object({
  by: z.enum(['payer', 'claim']).catch('payer').default('payer'),
  payer: orNothing(z.string().regex(OBJECT_ID)),
});

/** The address of a page about a patient or a payer. */
export const newClaimQuery = z.object({ patient: orNothing(z.string().regex(OBJECT_ID)) });
