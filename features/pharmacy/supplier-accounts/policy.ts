import type { Day } from '@/lib/time';

export const ENTRY_LABEL = {
  invoice: 'Invoice',
  debit: 'Debit note',
  payment: 'Payment',
  credit: 'Credit note',
} as const;

/** A note of a supplier without goods: it credits something, or charges more. */
export const NOTE_KINDS = { credit: 'Credit note', debit: 'Debit note' } as const;
export type NoteKind = keyof typeof NOTE_KINDS;
export const NOTE_KIND_IDS = Object.keys(NOTE_KINDS) as [NoteKind, ...NoteKind[]];

/**
 * What moves what is owed to a supplier: an invoice and a debit note add, a payment and a credit note take
 * off.
 */
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

const ORDER: Record<AccountEntry['kind'], number> = { invoice: 0, debit: 1, credit: 2, payment: 3 };
/** Whether an entry adds to what is owed. */
export const isOwed = ({ kind }: Pick<AccountEntry, 'kind'>): boolean =>
  kind === 'invoice' || kind === 'debit';
const signed = (entry: AccountEntry): number => (isOwed(entry) ? entry.amountMinor : -entry.amountMinor);

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
    ...{
      invoicedMinor: sum('invoice') + sum('debit'),
      paidMinor: sum('payment'),
      creditedMinor: sum('credit'),
    },
  };
}
