import type { Day } from '@/lib/time';

export const ENTRY_LABEL = { invoice: 'Invoice', payment: 'Payment', credit: 'Credit note' } as const;

/** What moves what is owed to a supplier: an invoice adds, a payment and a credit note take off. */
export type AccountEntry = {
  day: Day;
  kind: keyof typeof ENTRY_LABEL;
  reference: string;
  amountMinor: number;
};

export type StatementLine = AccountEntry & { balanceMinor: number };
export type Statement = {
  openingMinor: number;
  lines: StatementLine[];
  closingMinor: number;
  invoicedMinor: number;
  paidMinor: number;
  creditedMinor: number;
};

const ORDER: Record<AccountEntry['kind'], number> = { invoice: 0, credit: 1, payment: 2 };
const signed = ({ kind, amountMinor }: AccountEntry): number =>
  kind === 'invoice' ? amountMinor : -amountMinor;

/**
 * The account of a supplier over some days. What is set off against an invoice has no entry: the credit note
 * took it off on its own day. Below zero the supplier owes us.
 */
export function statementOf(
  entries: readonly AccountEntry[],
  { from, to }: { from: Day; to: Day },
): Statement {
  const sorted = [...entries].sort(
    (a, b) =>
      a.day.localeCompare(b.day) || ORDER[a.kind] - ORDER[b.kind] || a.reference.localeCompare(b.reference),
  );
  const openingMinor = sorted.filter(({ day }) => day < from).reduce((sum, one) => sum + signed(one), 0);
  const within = sorted.filter(({ day }) => day >= from && day <= to);
  let balanceMinor = openingMinor;
  const lines = within.map((entry) => {
    balanceMinor += signed(entry);
    return { ...entry, balanceMinor };
  });
  const sum = (kind: AccountEntry['kind']) =>
    within.reduce((total, one) => total + (one.kind === kind ? one.amountMinor : 0), 0);
  return {
    ...{ openingMinor, lines, closingMinor: balanceMinor },
    ...{ invoicedMinor: sum('invoice'), paidMinor: sum('payment'), creditedMinor: sum('credit') },
  };
}
