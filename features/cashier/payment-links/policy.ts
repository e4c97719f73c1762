/** How long a link can be paid by: Stripe's page lasts at most a day. */
export const LINK_HOURS = 23;

/**
 * `making` until the provider has answered; `processing`: paid, and the bank has not confirmed it; `paid` by
 * a receipt; `unclear`: paid otherwise than asked for, which a person looks at.
 */
export const LINK_STATES = ['making', 'open', 'processing', 'paid', 'ended', 'expired', 'unclear'] as const;
export type LinkState = (typeof LINK_STATES)[number];
export const LINK_LABEL: Record<LinkState, string> = {
  making: 'Being made',
  open: 'Waiting for the patient',
  processing: 'Waiting for the bank',
  paid: 'Paid',
  ended: 'Ended',
  expired: 'Expired',
  unclear: 'To be looked at',
};

/** Why a link has ended before its time. */
export const END_REASONS = {
  changed: 'The bill has changed',
  person: 'Ended by hand',
  account: 'The account was taken off',
  refused: 'The provider has refused it',
} as const;
export type EndReason = keyof typeof END_REASONS;
export const END_REASON_IDS = Object.keys(END_REASONS) as [EndReason, ...EndReason[]];

/** What of a payment goes to its bill, and what the patient has paid too much. */
export function splitPaid(paidMinor: number, dueMinor: number): { toBillMinor: number; overMinor: number } {
  const toBillMinor = Math.min(paidMinor, Math.max(dueMinor, 0));
  return { toBillMinor, overMinor: paidMinor - toBillMinor };
}
