import { z } from 'zod';
import { cursor, orNothing } from '@/lib/address-query';
import { chosenId, day, id, optionalText, text } from '@/lib/fields';
import { OBJECT_ID } from '@/lib/object-id';
import { issueBillInput, listOf, optionalId, quantity, requestKey } from '../bills/schema';

const known = id('This estimate is not known.');

export const issueEstimateInput = z.object({
  patientId: chosenId('Choose a patient from the list.'),
  doctorId: optionalId,
  requestKey,
  lines: listOf(
    z.object({
      serviceId: id('This service is not known.'),
      quantity,
      /** What was shown: a price that has changed since is refused. */
      unitMinor: z.number().int().min(0).max(1e12),
    }),
    'Add what the estimate is for.',
  ),
  validUntil: day,
  note: optionalText(300),
});
export type IssueEstimateInput = z.output<typeof issueEstimateInput>;

/** A bill that is issued of an estimate: what a bill is, and of which. */
export const billEstimateInput = issueBillInput.extend({ estimateId: known });
export type BillEstimateInput = z.output<typeof billEstimateInput>;

export const withdrawEstimateInput = z.object({
  estimateId: known,
  reason: text(200, 'Say why, in a few words.', 2),
});
export type WithdrawEstimateInput = z.output<typeof withdrawEstimateInput>;

/** The address of the list, and of a new estimate. */
export const estimateListQuery = z.object({ after: cursor(), before: cursor() });
export type EstimateListQuery = z.output<typeof estimateListQuery>;
export const newEstimateQuery = z.object({ patient: orNothing(z.string().regex(OBJECT_ID)) });
