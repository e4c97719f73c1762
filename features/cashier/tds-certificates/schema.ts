import { z } from 'zod';
import { chosenId, day, id, text } from '@/lib/fields';
import { requiredAmount } from '../bill-settings/schema';
import { requestKey } from '../bills/schema';
import { isQuarter } from './policy';

export const addTdsCertificateInput = z.object({
  requestKey,
  payerId: chosenId('Choose the payer.'),
  quarter: z.string('Choose the quarter.').refine(isQuarter, 'Choose the quarter.'),
  number: text(40, 'Enter the number of the certificate.', 2),
  amount: requiredAmount('the tax that it says'),
  receivedDay: day,
});
export type AddTdsCertificateInput = z.output<typeof addTdsCertificateInput>;

export const withdrawTdsCertificateInput = z.object({
  certificateId: id('This certificate is not known.'),
  reason: text(200, 'Say why, in a few words.', 2),
});
export type WithdrawTdsCertificateInput = z.output<typeof withdrawTdsCertificateInput>;

export const tdsExportQuery = z.object({});
