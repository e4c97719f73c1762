import 'server-only';
import { stripe } from '@/lib/stripe/client';

/**
 * What a customer owes, the oldest first: open invoices, and the drafts that Stripe goes on writing once it
 * has given up asking.
 */
export async function owedInvoices(customer: string) {
  const [open, drafts] = await Promise.all(
    (['open', 'draft'] as const).map((status) => stripe().invoices.list({ customer, status, limit: 100 })),
  );
  const waiting = (drafts?.data ?? []).filter(({ auto_advance }) => auto_advance === false);
  return [...(open?.data ?? []), ...waiting].sort((a, b) => a.created - b.created);
}

/** The sum of what is owed, in cents. */
export const owedCents = (invoices: readonly { amount_remaining: number }[]): number =>
  invoices.reduce((sum, { amount_remaining }) => sum + amount_remaining, 0);
