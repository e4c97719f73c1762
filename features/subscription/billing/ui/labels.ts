import { formatMoney } from '@/lib/money';
import { dayOf, formatDay } from '@/lib/time';
import type { Interval } from '../plans';

/** "Mon 23 Nov 2026" in the organization's time zone. */
export const dayIn = (iso: string, timeZone: string): string => formatDay(dayOf(new Date(iso), timeZone));

/** "$99 a month". */
export const priceIn = (cents: number, currency: string, interval: Interval): string =>
  `${formatMoney(cents, currency)} a ${interval}`;

export const brandName = (brand: string): string =>
  ({ visa: 'Visa', mastercard: 'Mastercard', amex: 'American Express', discover: 'Discover' })[brand] ??
  brand.charAt(0).toUpperCase() + brand.slice(1);
