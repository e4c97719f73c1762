import { type Currency, formatAmount, formatFigure } from '@/lib/currency';
import type { BillAmounts } from '../amounts';

type Sums = Pick<
  BillAmounts,
  'grossMinor' | 'discountMinor' | 'taxableMinor' | 'taxMinor' | 'roundOffMinor' | 'totalMinor'
>;

/** From what the lines cost to what is to be paid. A row that says nothing is left out. */
export function BillSums({
  amounts,
  currency,
  what = 'Services',
}: {
  amounts: Sums;
  currency: Currency;
  /** What is sold. */
  what?: string;
}) {
  const { grossMinor, discountMinor, taxableMinor, taxMinor, roundOffMinor, totalMinor } = amounts;
  // What prices hold already is not added once more.
  const addedTax = taxableMinor + taxMinor - (grossMinor - discountMinor);
  const rows = [
    { label: what, minor: grossMinor, isShown: totalMinor !== grossMinor },
    { label: 'Discount', minor: 0 - discountMinor, isShown: discountMinor !== 0 },
    { label: 'Tax', minor: addedTax, isShown: addedTax !== 0 },
    { label: 'Rounding', minor: roundOffMinor, isShown: roundOffMinor !== 0 },
  ].filter(({ isShown }) => isShown);
  return (
    <dl className="grid gap-1.5 tabular-nums">
      {rows.map(({ label, minor }) => (
        <div key={label} className="flex justify-between gap-4 text-text-muted">
          <dt>{label}</dt>
          <dd>{formatFigure(minor, currency)}</dd>
        </div>
      ))}
      <div className="flex items-baseline justify-between gap-4 border-border border-t pt-2">
        <dt className="font-medium text-text">Total</dt>
        <dd className="font-semibold text-text text-xl">{formatAmount(totalMinor, currency)}</dd>
      </div>
    </dl>
  );
}
