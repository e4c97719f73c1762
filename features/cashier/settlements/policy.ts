/** Why a payer pays less than was claimed. */
export const CUT_REASONS = {
  'non-payable': 'Not payable by the policy',
  tariff: 'Above the agreed price',
  agreed: 'Agreed discount',
  limit: 'Sum insured used up',
  'co-pay': 'Co-payment or deductible',
  papers: 'Papers missing',
  late: 'Sent too late',
  other: 'Other',
} as const;
export type CutReason = keyof typeof CUT_REASONS;
export const CUT_REASON_IDS = Object.keys(CUT_REASONS) as [CutReason, ...CutReason[]];

/** Who bears what a payer cuts. */
export const BEARERS = { hospital: 'Written off', patient: 'The patient pays' } as const;
export type Bearer = keyof typeof BEARERS;
export const BEARER_IDS = Object.keys(BEARERS) as [Bearer, ...Bearer[]];

/** A part of a transfer: what of one claim was paid, withheld as tax, and cut. In the smallest unit. */
export type SettledPart = { receivedMinor: number; tdsMinor: number; cutMinor: number };

/**
 * What is wrong with the parts of a transfer, or null. They are what was transferred, to the last paisa, and
 * none is more than its claim has open.
 */
export function settlementProblem(
  amountMinor: number,
  parts: readonly (SettledPart & { number: string; openMinor: number; hasReason: boolean })[],
): { field: 'amount' | 'parts'; sentence: string } | null {
  const refuse = (sentence: string) => ({ field: 'parts' as const, sentence });
  let received = 0;
  for (const { number, openMinor, receivedMinor, tdsMinor, cutMinor, hasReason } of parts) {
    const sum = receivedMinor + tdsMinor + cutMinor;
    if (Math.min(receivedMinor, tdsMinor, cutMinor) < 0 || sum <= 0)
      return refuse(`Enter what became of claim ${number}.`);
    if (sum > openMinor) return refuse(`This is more than is open on claim ${number}.`);
    if (cutMinor > 0 && !hasReason) return refuse(`Choose why claim ${number} was cut.`);
    received += receivedMinor;
  }
  return received === amountMinor
    ? null
    : { field: 'amount', sentence: 'What was received for the claims is not the amount of the transfer.' };
}
