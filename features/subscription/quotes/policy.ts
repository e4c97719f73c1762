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

const UNPAID_STATES: readonly OrganizationState[] = ['requested', 'pending_payment', 'canceled'];

type Offered = {
  status: OrganizationState;
  /** A payment is missing. */
  owes: boolean;
  subscriptionStatus?: string | null | undefined;
};

/** Who has a subscription takes an offer on the billing page: a trial, a pause and Enterprise are no bar. */
export const canTakeOffer = ({ status, owes, subscriptionStatus }: Offered): boolean =>
  (status === 'active' || status === 'read_only') &&
  !owes &&
  (subscriptionStatus === 'active' || subscriptionStatus === 'trialing');

/**
 * Without a live subscription an offer can become the first one, or a new one; who has one must be able to
 * take it.
 */
export const canSendQuote = (organization: Offered): boolean =>
  UNPAID_STATES.includes(organization.status) || canTakeOffer(organization);

/** Its database is on a shared cluster or waits for a place: a yes to a shared one means something. */
export const isSharedOrWaiting = (organization: {
  status: OrganizationState;
  placement?: { provider?: string | null } | null | undefined;
}): boolean =>
  organization.placement
    ? organization.placement.provider === 'self-hosted'
    : organization.status === 'provisioning';

/** What may be promised of how often the database answers in a month, in hundredths of a per cent. */
export const PROMISES = [9_950, 9_990, 9_995] as const;

/** "99.95 %". */
export const inPercent = (hundredths: number): string => `${(hundredths / 100).toFixed(2)} %`;

/** Where the database lives, as the offer says it. */
export const PLACE_LABEL = {
  dedicated: 'A cluster of your own',
  shared: 'A database of your own on a cluster shared with other hospitals',
} as const;
export type QuotePlace = keyof typeof PLACE_LABEL;
