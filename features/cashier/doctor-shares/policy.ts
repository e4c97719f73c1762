import { rateOf } from '@/lib/rounding';
import type { Day } from '@/lib/time';
import type { ServiceGroup } from '../price-list/policy';

/** What a doctor's share is a part of. */
export const BASES = {
  net: 'What was billed, after discounts and without taxes',
  gross: 'The price, before discounts',
} as const;
export type ShareBasis = keyof typeof BASES;
export const BASIS_IDS = Object.keys(BASES) as [ShareBasis, ...ShareBasis[]];

/** What a doctor has of each service, from a day to a day: a percentage, or an amount for each piece. */
export type ShareRule = {
  doctorId: string;
  /** Of services; null for all that have no rule of their own. */
  group: ServiceGroup | null;
  basis: ShareBasis;
  rateBp: number | null;
  fixedMinor: number | null;
  from: Day;
  to: Day;
};

/**
 * The rule on the day of the bill: the group's own before that for all, a later beginning before an
 * earlier.
 */
export function ruleOn<R extends ShareRule>(
  rules: readonly R[],
  { doctorId, group, day }: { doctorId: string; group: ServiceGroup; day: Day },
): R | null {
  const valid = rules
    .filter((rule) => rule.doctorId === doctorId && rule.from <= day && day <= rule.to)
    .sort((a, b) => b.from.localeCompare(a.from));
  return valid.find((rule) => rule.group === group) ?? valid.find((rule) => rule.group === null) ?? null;
}

/** Of a line as it was billed; below zero, with `pieces` too, where a credit note takes it back. */
export type SharedLine = { grossMinor: number; taxableMinor: number; pieces: number };

/** What a doctor has of a line, in the smallest unit. Taken back, it is the mirror image. */
export function shareOfLine(
  { basis, rateBp, fixedMinor }: Pick<ShareRule, 'basis' | 'rateBp' | 'fixedMinor'>,
  { grossMinor, taxableMinor, pieces }: SharedLine,
): number {
  if (rateBp === null) return (fixedMinor ?? 0) * pieces;
  return rateOf(basis === 'gross' ? grossMinor : taxableMinor, rateBp);
}
