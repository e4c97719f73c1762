import { type Day, shiftDay } from '@/lib/time';
import type { ConsultationKind } from '../price-list/policy';

/** Of one service on one bill. */
export const MOST_PIECES = 999;
export const LINE_LIMIT = { most: MOST_PIECES, sentence: `A line holds at most ${MOST_PIECES}.` };

export const BILL_KINDS = ['bill', 'credit-note'] as const;

/** Why a bill costs less than its services. */
export const DISCOUNT_REASONS = {
  staff: 'Staff or family',
  senior: 'Senior citizen',
  charity: 'Charity',
  camp: 'Camp',
  courtesy: 'Doctor’s courtesy',
  service: 'Something went wrong',
  package: 'Package rounding',
  management: 'Management',
} as const;
export type DiscountReason = keyof typeof DISCOUNT_REASONS;
export const DISCOUNT_REASON_IDS = Object.keys(DISCOUNT_REASONS) as [DiscountReason, ...DiscountReason[]];

export type BillState = 'due' | 'part-paid' | 'with-payer' | 'paid' | 'part-credited' | 'credited';

export const STATE_LABEL: Record<BillState, string> = {
  due: 'Due',
  'part-paid': 'Part paid',
  'with-payer': 'With the payer',
  paid: 'Paid',
  'part-credited': 'Part credited',
  credited: 'Credited',
};

type Sums = {
  totalMinor: number;
  paidMinor: number;
  creditedMinor: number;
  /** What payers have taken over; and what of it is open. */
  payerMinor?: number | null | undefined;
  payerDueMinor?: number | null | undefined;
};

/** What the patient still has to pay; below zero is what is to be given back. */
const dueOf = ({ totalMinor, paidMinor, creditedMinor, payerMinor }: Sums): number =>
  totalMinor - creditedMinor - paidMinor - (payerMinor ?? 0);

/** The state follows from the sums; it is stored nowhere. */
export function billState(sums: Sums & { isCredited: boolean }): BillState {
  if (sums.isCredited) return 'credited';
  if (dueOf(sums) > 0) return sums.paidMinor > 0 ? 'part-paid' : 'due';
  if ((sums.payerDueMinor ?? 0) > 0) return 'with-payer';
  return sums.creditedMinor > 0 ? 'part-credited' : 'paid';
}

/** What a person's visit costs today, for the cashier's list and, without sums, for the queue. */
export type FeeState = 'to-bill' | 'due' | 'paid';

export const FEE_LABEL: Record<FeeState, string> = {
  'to-bill': 'Not billed',
  due: 'Fee due',
  paid: 'Fee paid',
};

type EarlierConsultation = { day: Day; doctorId: string | null; isFree: boolean };

/**
 * The consultation of somebody who comes: a new patient's, a review, or a review that is free, because the
 * same doctor was paid for one within the window. A free review does not open another window.
 */
export function consultationFor(
  earlier: readonly EarlierConsultation[],
  visit: { day: Day; doctorId: string | null; hasComeBefore: boolean },
  reviewDays: number,
): { kind: ConsultationKind; freeUntil: Day | null } {
  const windows = (reviewDays > 0 ? earlier : [])
    .filter(({ doctorId, isFree }) => !isFree && doctorId !== null && doctorId === visit.doctorId)
    .map(({ day }) => shiftDay(day, reviewDays))
    .filter((until) => until >= visit.day)
    .sort();
  const freeUntil = windows.at(-1) ?? null;
  return { kind: earlier.length > 0 || visit.hasComeBefore ? 'review' : 'new', freeUntil };
}
