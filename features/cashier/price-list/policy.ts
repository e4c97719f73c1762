import type { Day } from '@/lib/time';

export const GROUPS = {
  consultation: 'Consultations',
  test: 'Tests and imaging',
  laser: 'Lasers',
  injection: 'Injections',
  procedure: 'Procedures',
  surgery: 'Surgery packages',
  room: 'Rooms and day care',
  implant: 'Implants',
  medicine: 'Medicines',
  optical: 'Optical',
  certificate: 'Certificates',
  other: 'Other',
} as const;
export type ServiceGroup = keyof typeof GROUPS;
export const GROUP_IDS = Object.keys(GROUPS) as [ServiceGroup, ...ServiceGroup[]];

/**
 * What no package holds: it leaves the hospital with the patient, and is taxed by itself. What is used up in
 * a treatment is part of it.
 */
export const NOT_IN_PACKAGES: readonly ServiceGroup[] = ['optical', 'medicine'];

/** Of one part in a package. */
export const MOST_OF_PART = 99;

/** What a consultation is; proposed by itself when somebody comes. */
export const CONSULTATIONS = { new: 'New patient', review: 'Review', emergency: 'Emergency' } as const;
export type ConsultationKind = keyof typeof CONSULTATIONS;
export const CONSULTATION_IDS = Object.keys(CONSULTATIONS) as [ConsultationKind, ...ConsultationKind[]];

/** The price of everybody who has no payer with prices of its own. */
export const EVERYBODY = 'everybody';
/** The last day of a price that nothing ends yet. */
export const NO_END = '9999-12-31';

export type PriceSpan = { payer: string; from: Day; to: Day; amountMinor: number; isInclusive: boolean };

/** Whose price it is as it is stored: a payer's or everybody's, at one branch or, without one, at all. */
export const priceKey = (payer: string, branchId?: string | null): string =>
  branchId ? `${payer}@${branchId}` : payer;
export const payerOfKey = (key: string): string => key.split('@')[0] ?? key;

/**
 * The price on the day of service: the payer's own before everybody's, of either that of the branch before
 * that of all, a later beginning before an earlier. Null is "no price", which is refused and never 0.
 */
export function priceOn<P extends PriceSpan>(
  prices: readonly P[],
  day: Day,
  payer: string = EVERYBODY,
  branchId: string | null = null,
): P | null {
  const valid = prices.filter(({ from, to }) => from <= day && day <= to);
  const of = (wanted: string) =>
    valid.filter((one) => one.payer === wanted).sort((a, b) => b.from.localeCompare(a.from))[0];
  return (
    of(priceKey(payer, branchId)) ?? of(payer) ?? of(priceKey(EVERYBODY, branchId)) ?? of(EVERYBODY) ?? null
  );
}
