import { type Currency, formatAmount } from '@/lib/currency';
import { ALL_BP, rateOf } from '@/lib/rounding';
import { type Day, formatDay } from '@/lib/time';

/** Whose policy it is, seen from the patient. */
export const RELATIONS = {
  self: 'Self',
  spouse: 'Husband or wife',
  child: 'Child',
  parent: 'Parent',
  other: 'Other',
} as const;
export type Relation = keyof typeof RELATIONS;
export const RELATION_IDS = Object.keys(RELATIONS) as [Relation, ...Relation[]];

/** Whether a policy counts on a day. */
export const isValidOn = (
  { validFrom, validTo }: { validFrom: Day | null; validTo: Day | null },
  day: Day,
): boolean => (validFrom === null || validFrom <= day) && (validTo === null || day <= validTo);

type Terms = {
  policyNumber: string | null;
  memberId: string | null;
  plan: string | null;
  relation: Relation;
  holderName: string | null;
  limitMinor: number | null;
  coPayBp: number | null;
  validFrom: Day | null;
  validTo: Day | null;
};

/** What the desk must know of a policy before it asks the patient for money. */
export const coverageText = (terms: Terms, currency: Currency): string =>
  [
    terms.policyNumber,
    terms.memberId,
    terms.plan,
    terms.relation === 'self' ? null : RELATIONS[terms.relation],
    terms.holderName,
    terms.limitMinor === null ? null : `at most ${formatAmount(terms.limitMinor, currency)} of a bill`,
    terms.coPayBp ? `${terms.coPayBp / 100} % co-payment` : null,
    terms.validFrom ? `from ${formatDay(terms.validFrom)}` : null,
    terms.validTo ? `until ${formatDay(terms.validTo)}` : null,
  ]
    .filter(Boolean)
    .join(', ');

/** How the share of a payer is said: all that is covered, a part of that in percent, or an amount. */
export type Share =
  | { kind: 'covered' }
  | { kind: 'rate'; rateBp: number }
  | { kind: 'amount'; minor: number };

export type ShareTerms = {
  share: Share;
  /** What of the bill the payer does not pay for at all. */
  notCoveredMinor: number;
  /** The most that it pays: what it has authorized, or what the policy allows; null for no limit. */
  limitMinor: number | null;
  /** Of the covered part, for the patient to bear, in basis points. */
  coPayBp: number;
};

/**
 * What is wrong with a share as it was typed, or null: what is above the bill, above what is covered of it or
 * above what the payer allows is said, and never cut.
 */
export function shareProblem(
  totalMinor: number,
  { share, notCoveredMinor, limitMinor }: Omit<ShareTerms, 'coPayBp'>,
  currency: Currency,
): { field: 'shareRate' | 'shareAmount' | 'notCovered'; sentence: string } | null {
  if (notCoveredMinor > totalMinor)
    return {
      field: share.kind === 'amount' ? 'shareAmount' : 'notCovered',
      sentence: `This is more than the bill: ${formatAmount(totalMinor, currency)}.`,
    };
  if (share.kind === 'rate' && share.rateBp > ALL_BP)
    return { field: 'shareRate', sentence: 'They pay at most 100 percent.' };
  if (share.kind !== 'amount') return null;
  const covered = totalMinor - notCoveredMinor;
  const of = { field: 'shareAmount' as const };
  if (share.minor > totalMinor)
    return { ...of, sentence: `This is more than the bill: ${formatAmount(totalMinor, currency)}.` };
  if (share.minor > covered)
    return { ...of, sentence: `Only ${formatAmount(covered, currency)} of the bill are covered.` };
  return limitMinor !== null && share.minor > limitMinor
    ? { ...of, sentence: `They pay at most ${formatAmount(limitMinor, currency)}.` }
    : null;
}

/**
 * What a payer pays of a bill; the patient pays the rest, and the two are the whole to the last paisa. Of
 * what is covered at most what was authorized, and of that all but the co-payment. Never more than the bill.
 */
export function payerShare(totalMinor: number, terms: ShareTerms): number {
  const covered = Math.max(totalMinor - terms.notCoveredMinor, 0);
  const limit = terms.limitMinor ?? covered;
  if (terms.share.kind === 'amount') return Math.min(terms.share.minor, covered, limit);
  const most = Math.min(covered, limit);
  return terms.share.kind === 'rate'
    ? Math.min(rateOf(covered, terms.share.rateBp), limit)
    : most - rateOf(most, terms.coPayBp);
}
