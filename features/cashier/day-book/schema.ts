import { z } from 'zod';
import { day, orNothing } from '@/lib/address-query';
import { keysOf } from '@/lib/query-words';
import { TAX_NUMBER } from '@/lib/tax-number';
import { type Day, shiftDay } from '@/lib/time';
import { GST_PARTS } from './gst';

/** What is summed, and by what. Each figure leads to the documents that it is the sum of. */
export const MONEY_REPORTS = {
  'collection-method': { label: 'Collected by way', of: 'receipts' },
  'collection-cashier': { label: 'Collected by cashier', of: 'receipts' },
  'collection-day': { label: 'Collected by day', of: 'receipts' },
  'collection-payer': { label: 'Received from payers', of: 'settlements' },
  tds: { label: 'Tax withheld by payers', of: 'settlements' },
  cuts: { label: 'Cut by payers, by reason', of: 'settlements' },
  'revenue-service': { label: 'Billed by service', of: 'bills' },
  'revenue-group': { label: 'Billed by group', of: 'bills' },
  'revenue-doctor': { label: 'Billed by doctor', of: 'bills' },
  'revenue-day': { label: 'Billed by day', of: 'bills' },
  discounts: { label: 'Discounts by reason', of: 'bills' },
  taxes: { label: 'Taxes by HSN and rate', of: 'bills' },
  expenses: { label: 'Expenses by category', of: 'expenses' },
  dues: { label: 'Due by age', of: 'bills' },
} as const;
export type MoneyReport = keyof typeof MONEY_REPORTS;

/** The longest span that is summed at once. */
const MOST_DAYS = 400;

export const moneyReportQuery = z.object({
  what: z.enum(keysOf(MONEY_REPORTS)).catch('collection-method').default('collection-method'),
  from: day(),
  to: day(),
  key: orNothing(z.string().max(120)),
  branch: orNothing(z.string().max(24)),
});
export type MoneyReportQuery = z.output<typeof moneyReportQuery>;

/** `scope` is a branch; all of them without one: see `lib/tenancy/at-branch.ts`. */
export type DaySpan = { from: Day; to: Day; scope?: string };

/** The days that are asked for: this month up to today, and never more than a good year. */
export function spanOf(
  { from, to }: Pick<MoneyReportQuery, 'from' | 'to'>,
  today: Day,
): Omit<DaySpan, 'scope'> {
  const end = to ?? today;
  const begin = from && from <= end ? from : `${end.slice(0, 7)}-01`;
  const first = shiftDay(end, -MOST_DAYS);
  return { from: begin < first ? first : begin, to: end };
}

/** The address of a part of the monthly return. */
export const gstQuery = z.object({
  part: z.enum(keysOf(GST_PARTS)).catch('b2cs').default('b2cs'),
  branch: orNothing(z.string().max(24)),
  month: orNothing(z.string().regex(/^20\d\d-(0[1-9]|1[0-2])$/)),
  /** Of which registration, where there are several. */
  number: orNothing(z.string().regex(TAX_NUMBER)),
});

export const dayBookQuery = z.object({ day: day() });

export const closeDayInput = z.object({
  day: z.iso
    .date('Choose the day.')
    .refine((value) => value >= '2000-01-01' && value <= '2100-01-01', 'Choose the day.'),
});
