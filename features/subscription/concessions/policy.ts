import type { GiveDiscountInput } from './schema';

/** A credit that a customer has or had; below zero at Stripe, above zero here. */
export type Credit = {
  id: string;
  at: string;
  cents: number;
  currency: string;
  /** `used`: an invoice took it; `taken`: taken back by hand. */
  kind: 'given' | 'used' | 'taken';
  reason: string | null;
};

export const CREDIT_LABEL: Record<Credit['kind'], string> = {
  given: 'Given',
  used: 'Used by an invoice',
  taken: 'Taken back',
};

/** "20 % for 3 months". */
export const discountWords = ({ percent, months }: Pick<GiveDiscountInput, 'percent' | 'months'>): string =>
  months === 'forever'
    ? `${percent} % for as long as they stay`
    : `${percent} % for ${months} ${months === '1' ? 'month' : 'months'}`;

/** How a discount is known at Stripe: the same offer is one coupon. */
export const couponIdOf = ({ percent, months }: Pick<GiveDiscountInput, 'percent' | 'months'>): string =>
  `company-${percent}-percent-${months === 'forever' ? 'forever' : `${months}-months`}`;

export const DISCOUNT_MONTHS = ['1', '3', '6', '12', 'forever'] as const;

export const MOST_TRIAL_DAYS = 90;
