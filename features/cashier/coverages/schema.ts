import { z } from 'zod';
import { chosenId, day, id, optionalText, revision } from '@/lib/fields';
import { percent, typedAmount } from '../bill-settings/schema';
import { RELATION_IDS } from './policy';

const optionalDay = z
  .union([z.literal(''), day], 'Enter a date.')
  .default('')
  .transform((value) => value || undefined);

export const saveCoverageInput = z
  .object({
    coverageId: optionalText(24),
    patientId: id('This patient is not known.'),
    payerId: chosenId('Choose who pays.'),
    policyNumber: optionalText(60),
    memberId: optionalText(60),
    plan: optionalText(80),
    holderName: optionalText(120),
    relation: z.enum(RELATION_IDS, 'Choose whose policy it is.').default('self'),
    validFrom: optionalDay,
    validTo: optionalDay,
    limit: typedAmount('the limit'),
    coPay: percent('the co-payment'),
    version: revision.optional(),
  })
  .refine(({ coverageId, version }) => !coverageId || version, 'Open this again.')
  .refine(({ validFrom, validTo }) => !validFrom || !validTo || validFrom <= validTo, {
    path: ['validTo'],
    message: 'A policy ends after it began.',
  });
export type SaveCoverageInput = z.output<typeof saveCoverageInput>;

export const coverageInput = z.object({ coverageId: id('This policy is not known.') });
