import type Stripe from 'stripe';

/** The customer's address as the invoice has it, line by line. */
export function addressLines({ customer_address: address }: Stripe.Invoice): string[] {
  if (!address) return [];
  const { line1, line2, postal_code, city, state, country } = address;
  return [line1, line2, [postal_code, city].filter(Boolean).join(' '), state, country].flatMap(
    (line) => line || [],
  );
}

/** The customer's business abroad owes the tax itself. */
export const isReverseCharge = ({ total_taxes }: Stripe.Invoice): boolean =>
  (total_taxes ?? []).some(({ taxability_reason: reason }) => reason === 'reverse_charge');
