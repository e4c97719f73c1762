import 'server-only';
import type Stripe from 'stripe';
import { monthRange } from '@/features/subscription/revenue/months';
import type { PlatformContext } from '@/lib/actions/platform';
import { logger } from '@/lib/logger';
import { organizationModel } from '@/lib/master/models/organization';
import { op } from '@/lib/mongo';
import { stripe } from '@/lib/stripe/client';
import { isOutOfReach, reach } from '@/lib/stripe/failures';
import {
  type BookedInvoice,
  type BookedMovement,
  entryOfInvoice,
  entryOfMovement,
  type JournalLine,
  type TaxRow,
  type Treatment,
  taxRowsOf,
} from './policy';

/** A draft waits an hour, and one that was kept back for a pause a month, before it becomes an invoice. */
const LONGEST_DRAFT_MS = 40 * 86_400_000;
const PAGE = 100;

const seconds = (moment: Date): number => Math.floor(moment.getTime() / 1_000);
const issuedAt = ({ status_transitions, created }: Stripe.Invoice): Date =>
  new Date((status_transitions.finalized_at ?? created) * 1_000);

const isBooked = ({ status }: Stripe.Invoice): boolean =>
  status === 'paid' || status === 'open' || status === 'uncollectible';

function treatmentOf({ total_taxes }: Stripe.Invoice, taxMinor: number): Treatment {
  const isReverse = (total_taxes ?? []).some(({ taxability_reason: reason }) => reason === 'reverse_charge');
  if (isReverse) return 'reverse-charge';
  return taxMinor === 0 ? 'untaxed' : 'taxed';
}

function toBooked(invoice: Stripe.Invoice): BookedInvoice {
  const taxMinor = (invoice.total_taxes ?? []).reduce((sum, { amount }) => sum + amount, 0);
  return {
    number: invoice.number ?? invoice.id ?? '',
    at: issuedAt(invoice).toISOString(),
    customer: invoice.customer_name ?? invoice.customer_email ?? '',
    country: invoice.customer_address?.country ?? '',
    state: invoice.customer_address?.state ?? '',
    taxNumber: (invoice.customer_tax_ids ?? []).map(({ value }) => value ?? '').join(' '),
    currency: invoice.currency,
    netMinor: invoice.total - taxMinor,
    taxMinor,
    totalMinor: invoice.total,
    dueMinor: invoice.amount_due,
    treatment: treatmentOf(invoice, taxMinor),
    isCreditNote: false,
  };
}

/** Its customer, country and treatment are those of the invoice that it is of. */
function toCredited(note: Stripe.CreditNote, invoice: Stripe.Invoice): BookedInvoice {
  const taxMinor = (note.total_taxes ?? []).reduce((sum, { amount }) => sum + amount, 0);
  return {
    ...toBooked(invoice),
    number: note.number,
    at: new Date(note.created * 1_000).toISOString(),
    netMinor: taxMinor - note.total,
    taxMinor: 0 - taxMinor,
    totalMinor: -note.total,
    dueMinor: 0,
    isCreditNote: true,
  };
}

/**
 * The invoices and credit notes that were issued in a month (UTC), the oldest first; those that were made
 * void are none.
 */
async function invoicesOf(month: string): Promise<BookedInvoice[]> {
  const { start, end } = monthRange(month);
  const created = { gte: seconds(start) - LONGEST_DRAFT_MS / 1_000, lt: seconds(end) };
  const found: BookedInvoice[] = [];
  for await (const invoice of stripe().invoices.list({ created, limit: PAGE })) {
    const at = issuedAt(invoice);
    if (isBooked(invoice) && at >= start && at < end) found.push(toBooked(invoice));
  }
  const issued = { gte: seconds(start), lt: seconds(end) };
  for await (const note of stripe().creditNotes.list({
    created: issued,
    limit: PAGE,
    expand: ['data.invoice'],
  }))
    if (note.status === 'issued' && typeof note.invoice === 'object')
      found.push(toCredited(note, note.invoice));
  return found.sort((a, b) => (a.at === b.at ? a.number.localeCompare(b.number) : a.at < b.at ? -1 : 1));
}

async function nameCustomers(ids: Iterable<string>): Promise<Map<string, string>> {
  const rows = await organizationModel
    .find({ stripeCustomerId: op({ $in: [...new Set(ids)] }) })
    .select('organizationName stripeCustomerId')
    .lean();
  return new Map(rows.map((row) => [row.stripeCustomerId ?? '', row.organizationName]));
}

const idOf = (value: string | { id: string } | null): string =>
  typeof value === 'string' ? value : (value?.id ?? '');

/** Payments that came in a month and what was given back in it, whenever it had been paid. */
async function movementsOf(month: string): Promise<BookedMovement[]> {
  const { start, end } = monthRange(month);
  const created = { gte: seconds(start), lt: seconds(end) };
  const found: (BookedMovement & { customerId: string })[] = [];
  for await (const { id, status, created: at, currency, amount, customer } of stripe().charges.list({
    created,
    limit: PAGE,
  }))
    if (status === 'succeeded')
      found.push({
        ...{ id, at: new Date(at * 1_000).toISOString(), kind: 'payment', currency },
        ...{ amountMinor: amount, customer: '', customerId: idOf(customer) },
      });
  for await (const refund of stripe().refunds.list({ created, limit: PAGE, expand: ['data.charge'] }))
    if (refund.status === 'succeeded' || refund.status === 'pending')
      found.push({
        ...{ id: refund.id, at: new Date(refund.created * 1_000).toISOString(), kind: 'refund' },
        ...{ currency: refund.currency, amountMinor: refund.amount, customer: '' },
        customerId: refund.charge && typeof refund.charge === 'object' ? idOf(refund.charge.customer) : '',
      });
  const names = await nameCustomers(found.map(({ customerId }) => customerId));
  return found
    .map(({ customerId, ...movement }) => ({
      ...movement,
      customer: names.get(customerId) ?? 'a former customer',
    }))
    .sort((a, b) => (a.at === b.at ? a.id.localeCompare(b.id) : a.at < b.at ? -1 : 1));
}

/** What was invoiced in a month by country and treatment; null when Stripe cannot be asked. */
export async function getTaxReport(_ctx: PlatformContext, month: string): Promise<TaxRow[] | null> {
  try {
    return taxRowsOf(await invoicesOf(month));
  } catch (error) {
    if (!isOutOfReach(error)) throw error;
    logger.warn({ err: error, month }, 'Stripe cannot be reached; the tax report is not shown');
    return null;
  }
}

/** Each of them, of a month. @throws AppError TOO_MANY_REQUESTS when Stripe cannot be asked. */
export const listBookedInvoices = (_ctx: PlatformContext, month: string): Promise<BookedInvoice[]> =>
  reach(invoicesOf(month));

/** The journal of a month by date. @throws AppError TOO_MANY_REQUESTS when Stripe cannot be asked. */
export async function listJournal(_ctx: PlatformContext, month: string): Promise<JournalLine[]> {
  const [invoices, movements] = await reach(Promise.all([invoicesOf(month), movementsOf(month)]));
  const entries = [...invoices.map(entryOfInvoice), ...movements.map(entryOfMovement)];
  return entries.sort(([a], [b]) => (a?.at ?? '').localeCompare(b?.at ?? '')).flat();
}
