import { z } from 'zod';
import { chosenId, id, optionalText, text } from '@/lib/fields';
import { requiredAmount, typedAmount } from '../bill-settings/schema';
import { optionalId, requestKey } from '../bills/schema';
import { DRAWER_METHODS } from '../shifts/policy';

const reference = optionalText(40);
const amountOf = (what: string) => typedAmount(`the amount of ${what}`);

/** One payment of a bill: what is left empty is not part of it. */
export const takePaymentInput = z.object({
  billId: id('This bill is not known.'),
  requestKey,
  cash: amountOf('cash'),
  cashTendered: typedAmount('the cash that was handed over'),
  upi: amountOf('UPI'),
  upiReference: reference,
  card: amountOf('card'),
  cardReference: reference,
  transfer: amountOf('the transfer'),
  transferReference: reference,
  cheque: amountOf('the cheque'),
  chequeReference: reference,
  advance: amountOf('the advance'),
  advanceId: optionalId,
});
export type TakePaymentInput = z.output<typeof takePaymentInput>;

export const takeAdvanceInput = z.object({
  patientId: chosenId('Choose a patient from the list.'),
  requestKey,
  method: z.enum(DRAWER_METHODS as [string, ...string[]], 'Choose how it is paid.'),
  amount: requiredAmount('the amount'),
  reference,
  note: optionalText(200),
});
export type TakeAdvanceInput = z.output<typeof takeAdvanceInput>;

export const refundAdvanceInput = z.object({
  receiptId: id('This receipt is not known.'),
  requestKey,
  amount: requiredAmount('the amount'),
  reason: text(200, 'Say why, in a few words.', 2),
});
export type RefundAdvanceInput = z.output<typeof refundAdvanceInput>;
