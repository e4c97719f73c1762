import type { Interval } from '@/features/subscription/billing/plans';
import type { NonPaymentDays } from '@/features/subscription/billing/policy';
import type { PlanId } from '@/lib/master/vocabulary';
import { addMonths } from '../stripe/ids';
import { PILOT_KINDS, type PilotKind } from './kinds';

const DAY = 86_400;
const MONTHS = 24;
/** Stripe keeps a renewal's invoice as a draft for an hour before it charges it. */
const UNTIL_CHARGED = 2 * 3_600;
/** Within the twelve months that the company's revenue page shows, whatever day it is. */
const UPGRADED_DAYS_AGO = 330;
/**
 * Three months on the larger plan, and then it was too much: neither is near a renewal, however long the
 * months are.
 */
const [TRIED_DAYS_AGO, REGRETTED_DAYS_AGO] = [235, 140];
const REFUNDED_DAYS_AGO = 200;

/** What happens on the way, beside the renewals. */
export type Deed = 'decline' | 'upgrade' | 'downgrade' | 'refund';

/** Two years of a hospital as a customer. */
export type Life = {
  plan: PlanId;
  interval: Interval;
  /** How long ago the last period began; it is paid, unless the card was declined. */
  renewedDaysAgo: number;
  discount?: { percentOff: number; months: number };
  deeds: readonly { deed: Deed; daysAgo: number }[];
};

/** Who did not pay has a card that is declined from the day before the last renewal on. */
const declined = (renewedDaysAgo: number) => ({
  renewedDaysAgo,
  deeds: [{ deed: 'decline' as const, daysAgo: renewedDaysAgo + 1 }],
});

/** `days` say how long a payment is missing before records can only be read. */
export function lifeOf(kind: PilotKind, days: NonPaymentDays): Life {
  const index = PILOT_KINDS.findIndex(({ key }) => key === kind.key);
  const plain: Life = { plan: kind.plan, interval: 'month', renewedDaysAgo: 4 + 2 * index, deeds: [] };
  if (kind.status === 'past_due') return { ...plain, ...declined(Math.min(2, days.readOnly - 1)) };
  if (kind.status === 'read_only')
    return { ...plain, ...declined(Math.floor((days.readOnly + days.suspended) / 2)) };
  switch (kind.key) {
    case 'branches':
      return { ...plain, interval: 'year' };
    case 'gulf':
      return { ...plain, plan: 'starter', deeds: [{ deed: 'upgrade', daysAgo: UPGRADED_DAYS_AGO }] };
    case 'small':
      return {
        ...plain,
        deeds: [
          { deed: 'upgrade', daysAgo: TRIED_DAYS_AGO },
          { deed: 'downgrade', daysAgo: REGRETTED_DAYS_AGO },
        ],
      };
    case 'berlin':
      return { ...plain, discount: { percentOff: 20, months: 3 } };
    case 'kathmandu':
      return { ...plain, deeds: [{ deed: 'refund', daysAgo: REFUNDED_DAYS_AGO }] };
    default:
      return plain;
  }
}

/** When a life begins whose last moment is `now`; times in seconds, as Stripe's. */
export const startOf = ({ renewedDaysAgo }: Life, now: number): number =>
  addMonths(now - renewedDaysAgo * DAY, -MONTHS);

export type Step = { at: number; deed?: Deed };

/**
 * The moments to which a life's clock is moved, one renewal at a time (Stripe allows two), and what is done
 * at them; the last is its end. Computed from the beginning alone, so that a life that was broken off goes on
 * as it would have.
 */
export function stepsOf({ interval, renewedDaysAgo, deeds }: Life, start: number): Step[] {
  const every = interval === 'year' ? 12 : 1;
  const end = addMonths(start, MONTHS) + renewedDaysAgo * DAY;
  const steps: Step[] = deeds.map(({ deed, daysAgo }) => ({ at: end - daysAgo * DAY, deed }));
  for (let months = every; ; months += every) {
    const at = addMonths(start, months) + UNTIL_CHARGED;
    if (at >= end) break;
    steps.push({ at });
  }
  return [...steps.sort((a, b) => a.at - b.at), { at: end }];
}
