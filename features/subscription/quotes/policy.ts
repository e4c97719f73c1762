import type { OrganizationState } from '@/lib/master/vocabulary';

const QUOTE_STATES = ['sent', 'paid', 'withdrawn', 'expired'] as const;
export type QuoteState = (typeof QUOTE_STATES)[number];

/** What a quote is at a moment: a sent one that nobody paid in time has expired. */
export function quoteState(
  quote: { state: 'sent' | 'paid' | 'withdrawn'; expiresAt: Date },
  now: Date,
): QuoteState {
  return quote.state === 'sent' && quote.expiresAt <= now ? 'expired' : quote.state;
}

const OPEN_STATES: readonly OrganizationState[] = ['requested', 'pending_payment', 'canceled', 'active'];

/**
 * Without a live subscription an offer can become the first one, or a new one; who pays already is moved up.
 */
export const canSendQuote = (status: OrganizationState): boolean => OPEN_STATES.includes(status);

/** Where the database lives, as the offer says it. */
export const PLACE_LABEL = {
  dedicated: 'A cluster of your own',
  shared: 'A database of your own on a cluster shared with other hospitals',
} as const;
export type QuotePlace = keyof typeof PLACE_LABEL;
