import { z } from 'zod';
import { cursor } from '@/lib/address-query';
import { id, optionalText, text } from '@/lib/fields';
import { requiredAmount } from '../bill-settings/schema';
import { requestKey } from '../bills/schema';
import { CATEGORY_IDS } from './policy';

const known = id('This expense is not known.');

export const askExpenseInput = z.object({
  requestKey,
  category: z.enum(CATEGORY_IDS, 'Choose what it is for.'),
  amount: requiredAmount('the amount'),
  payee: text(120, 'Write who gets the money.', 2),
  note: optionalText(200),
  from: z.enum(['drawer', 'bank'], 'Choose where the money comes from.'),
});
export type AskExpenseInput = z.output<typeof askExpenseInput>;

export const approveExpenseInput = z.object({ expenseId: known });
export const refuseExpenseInput = z.object({
  expenseId: known,
  reason: text(200, 'Say why, in a few words.', 2),
});
export const payExpenseInput = z.object({ expenseId: known, reference: optionalText(40) });
export const returnExpenseInput = refuseExpenseInput.extend({ requestKey });

export const EXPENSE_VIEWS = ['waiting', 'all'] as const;
/** The address of the list. */
export const expenseListQuery = z.object({
  show: z.enum(EXPENSE_VIEWS).catch('waiting').default('waiting'),
  after: cursor(),
  before: cursor(),
});
export type ExpenseListQuery = z.output<typeof expenseListQuery>;
