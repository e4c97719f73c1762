/** An invoice as the accounts need it; amounts in the smallest unit of its currency. */
export type BookedInvoice = {
  number: string;
  /** When it was issued. */
  at: string;
  customer: string;
  country: string;
  state: string;
  taxNumber: string;
  currency: string;
  netMinor: number;
  taxMinor: number;
  totalMinor: number;
  /** What is asked for after credit that the customer has. */
  dueMinor: number;
  treatment: Treatment;
  /** Takes something of an invoice back: its amounts are below zero. */
  isCreditNote: boolean;
};

const TREATMENTS = ['taxed', 'reverse-charge', 'untaxed'] as const;
export type Treatment = (typeof TREATMENTS)[number];
export const TREATMENT_LABEL: Record<Treatment, string> = {
  taxed: 'Taxed',
  'reverse-charge': 'Reverse charge',
  untaxed: 'No tax',
};

/** Money that came or went back. */
export type BookedMovement = {
  id: string;
  at: string;
  kind: 'payment' | 'refund';
  customer: string;
  currency: string;
  amountMinor: number;
};

export type TaxRow = {
  id: string;
  country: string;
  state: string;
  currency: string;
  treatment: Treatment;
  invoices: number;
  netMinor: number;
  taxMinor: number;
  totalMinor: number;
};

/** India's tax is of the state; elsewhere the country is enough. */
const stateOf = ({ country, state }: BookedInvoice): string => (country === 'IN' ? state : '');

/** What was invoiced where, and the tax of it. Amounts of two currencies are in two rows. */
export function taxRowsOf(invoices: readonly BookedInvoice[]): TaxRow[] {
  const rows = new Map<string, TaxRow>();
  for (const invoice of invoices) {
    const { country, currency, treatment } = invoice;
    const state = stateOf(invoice);
    const id = [country, state, currency, treatment].join('|');
    const row = rows.get(id) ?? {
      ...{ id, country, state, currency, treatment },
      ...{ invoices: 0, netMinor: 0, taxMinor: 0, totalMinor: 0 },
    };
    row.invoices += invoice.isCreditNote ? 0 : 1;
    row.netMinor += invoice.netMinor;
    row.taxMinor += invoice.taxMinor;
    row.totalMinor += invoice.totalMinor;
    rows.set(id, row);
  }
  return [...rows.values()].sort((a, b) => a.id.localeCompare(b.id));
}

const ACCOUNTS = {
  receivables: 'Receivables',
  revenue: 'Revenue from subscriptions',
  tax: 'Tax to be paid over',
  credits: 'Credits of customers',
  stripe: 'Stripe',
  refunds: 'Refunds',
} as const;

export type JournalLine = {
  at: string;
  document: string;
  account: string;
  text: string;
  currency: string;
  /** One of the two is zero. */
  debitMinor: number;
  creditMinor: number;
};

type Part = { account: keyof typeof ACCOUNTS; minor: number };

/** Above zero is a debit; what is nothing has no line. */
const linesOf = (
  head: Pick<JournalLine, 'at' | 'document' | 'text' | 'currency'>,
  parts: readonly Part[],
): JournalLine[] =>
  parts
    .filter(({ minor }) => minor !== 0)
    .map(({ account, minor }) => ({
      ...head,
      account: ACCOUNTS[account],
      debitMinor: Math.max(0, minor),
      creditMinor: Math.max(0, -minor),
    }));

/** The entry of a credit note: what had been given back as money is taken out of revenue and tax. */
const entryOfCreditNote = (note: BookedInvoice): JournalLine[] =>
  linesOf(
    { at: note.at, document: note.number, text: `Credit note to ${note.customer}`, currency: note.currency },
    [
      { account: 'revenue', minor: -note.netMinor },
      { account: 'tax', minor: -note.taxMinor },
      { account: 'refunds', minor: note.totalMinor },
    ],
  );

/** The entry of an invoice: what is asked for, what credit pays of it, revenue, and tax. */
export const entryOfInvoice = (invoice: BookedInvoice): JournalLine[] =>
  invoice.isCreditNote
    ? entryOfCreditNote(invoice)
    : linesOf(
        {
          at: invoice.at,
          document: invoice.number,
          text: `Invoice to ${invoice.customer}`,
          currency: invoice.currency,
        },
        [
          { account: 'receivables', minor: invoice.dueMinor },
          { account: 'credits', minor: invoice.totalMinor - invoice.dueMinor },
          { account: 'revenue', minor: -invoice.netMinor },
          { account: 'tax', minor: -invoice.taxMinor },
        ],
      );

/** The entry of a payment, or of one that was given back. */
export const entryOfMovement = ({
  id,
  at,
  kind,
  customer,
  currency,
  amountMinor,
}: BookedMovement): JournalLine[] =>
  kind === 'payment'
    ? linesOf({ at, document: id, text: `Payment of ${customer}`, currency }, [
        { account: 'stripe', minor: amountMinor },
        { account: 'receivables', minor: -amountMinor },
      ])
    : linesOf({ at, document: id, text: `Given back to ${customer}`, currency }, [
        { account: 'refunds', minor: amountMinor },
        { account: 'stripe', minor: -amountMinor },
      ]);
