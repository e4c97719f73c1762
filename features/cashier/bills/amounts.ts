import { type Currency, formatAmount } from '@/lib/currency';
import { ALL_BP, apportion, divideRounded, rateOf, roundedTo } from '@/lib/rounding';
import type { TaxComponent } from '../price-list/taxes';

// Pure, and the same in the browser and on the server: what is shown while typing is what is stored.

export type LineFacts = {
  quantity: number;
  unitMinor: number;
  /** The price holds the taxes. */
  isInclusive: boolean;
  components: readonly TaxComponent[];
};

type LineTax = { name: string; rateBp: number; amountMinor: number };

export type LineAmounts = {
  grossMinor: number;
  discountMinor: number;
  taxableMinor: number;
  taxes: LineTax[];
  taxMinor: number;
  totalMinor: number;
};

/** What a line comes to. Each tax is rounded by itself, so that two halves of one rate are equal. */
export function lineAmounts(line: LineFacts, discountMinor = 0): LineAmounts {
  const { quantity, unitMinor, isInclusive, components } = line;
  const grossMinor = quantity * unitMinor;
  const net = grossMinor - discountMinor;
  const sumBp = components.reduce((sum, { rateBp }) => sum + rateBp, 0);
  const taxes = components.map(({ name, rateBp }) => ({
    name,
    rateBp,
    amountMinor: isInclusive
      ? divideRounded(BigInt(net) * BigInt(rateBp), BigInt(ALL_BP + sumBp))
      : rateOf(net, rateBp),
  }));
  const taxMinor = taxes.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const taxableMinor = isInclusive ? net - taxMinor : net;
  return { grossMinor, discountMinor, taxableMinor, taxes, taxMinor, totalMinor: taxableMinor + taxMinor };
}

/** A discount on the whole bill: a share of it, or an amount. */
export type Discount = { rateBp: number } | { amountMinor: number };

export type BillAmounts = {
  lines: LineAmounts[];
  grossMinor: number;
  discountMinor: number;
  taxableMinor: number;
  taxMinor: number;
  /** To the whole unit of the currency; a field of its own, in no line. */
  roundOffMinor: number;
  totalMinor: number;
};

const sumOf = <Line>(lines: readonly Line[], of: (line: Line, index: number) => number): number =>
  lines.reduce((sum, line, index) => sum + of(line, index), 0);

/**
 * What a bill comes to. The discount is cut to the lines by what they cost; lines and round-off sum up to the
 * total, to the last paisa. An amount above the whole is the whole.
 * @param step what the total is rounded to in the smallest unit; 1 for not at all.
 */
export function billAmounts(
  facts: readonly LineFacts[],
  discount: Discount | null,
  step: number,
): BillAmounts {
  const gross = facts.map(({ quantity, unitMinor }) => quantity * unitMinor);
  const grossMinor = gross.reduce((sum, one) => sum + one, 0);
  const wanted = !discount
    ? 0
    : 'rateBp' in discount
      ? rateOf(grossMinor, discount.rateBp)
      : discount.amountMinor;
  const discountMinor = Math.min(wanted, grossMinor);
  const parts = apportion(discountMinor, gross);
  const lines = facts.map((line, index) => lineAmounts(line, parts[index] ?? 0));
  const exact = sumOf(lines, ({ totalMinor }) => totalMinor);
  const totalMinor = roundedTo(exact, step);
  return {
    lines,
    grossMinor,
    discountMinor,
    taxableMinor: sumOf(lines, (line) => line.taxableMinor),
    taxMinor: sumOf(lines, (line) => line.taxMinor),
    roundOffMinor: totalMinor - exact,
    totalMinor,
  };
}

/**
 * What of a bill its payer does not pay for at all, with its taxes. Where there is such a line the patient
 * also bears the rounding, so that the payer is asked for its lines exactly.
 */
export function notPayableOf(
  amounts: Pick<BillAmounts, 'lines' | 'roundOffMinor'>,
  lines: readonly { isNotPayable?: boolean | null | undefined }[],
): number {
  const own = sumOf(amounts.lines, ({ totalMinor }, index) => (lines[index]?.isNotPayable ? totalMinor : 0));
  return own === 0 ? 0 : own + amounts.roundOffMinor;
}

/** What is wrong with how much is taken off, or null: a nought too many would give the whole bill away. */
export function discountProblem(discount: Discount, grossMinor: number, currency: Currency): string | null {
  if ('rateBp' in discount) return discount.rateBp > ALL_BP ? 'A discount is at most 100 percent.' : null;
  return discount.amountMinor > grossMinor
    ? `The discount is more than the services: ${formatAmount(grossMinor, currency)}.`
    : null;
}

/** The discount as a share of what the lines cost, in basis points, rounded up: it is held to a limit. */
export const discountShareBp = ({
  grossMinor,
  discountMinor,
}: Pick<BillAmounts, 'grossMinor' | 'discountMinor'>): number =>
  grossMinor === 0 ? 0 : Math.ceil((discountMinor * ALL_BP) / grossMinor);

/** A line as it was billed, and how many of its pieces were credited before. */
type BilledLine = LineAmounts & { quantity: number; creditedQuantity: number };

/**
 * What crediting some pieces of a line gives back, as amounts below zero: a share of each amount that was
 * billed, and with the last piece what is left, so that all credits sum up to the line. The rates are the
 * line's own.
 */
export function creditAmounts(line: BilledLine, quantity: number): LineAmounts {
  const upTo = (minor: number, pieces: number) =>
    divideRounded(BigInt(minor) * BigInt(pieces), BigInt(line.quantity));
  const before = line.creditedQuantity;
  const cut = (minor: number) => 0 - (upTo(minor, before + quantity) - upTo(minor, before));
  const taxes = line.taxes.map((tax) => ({ ...tax, amountMinor: cut(tax.amountMinor) }));
  const taxMinor = taxes.reduce((sum, { amountMinor }) => sum + amountMinor, 0);
  const totalMinor = cut(line.totalMinor);
  return {
    grossMinor: cut(line.grossMinor),
    discountMinor: cut(line.discountMinor),
    taxableMinor: totalMinor - taxMinor,
    taxes,
    taxMinor,
    totalMinor,
  };
}

/**
 * The whole of a credit note: rounded as its bill was, never beyond what is left of the bill, and with the
 * last line exactly what is left.
 */
export function creditTotals(
  lines: readonly LineAmounts[],
  { leftMinor, isLast, step }: { leftMinor: number; isLast: boolean; step: number },
): BillAmounts {
  const exact = sumOf(lines, ({ totalMinor }) => totalMinor);
  const totalMinor = 0 - (isLast ? leftMinor : Math.min(0 - roundedTo(exact, step), leftMinor));
  return {
    lines: [...lines],
    grossMinor: sumOf(lines, (line) => line.grossMinor),
    discountMinor: sumOf(lines, (line) => line.discountMinor),
    taxableMinor: sumOf(lines, (line) => line.taxableMinor),
    taxMinor: sumOf(lines, (line) => line.taxMinor),
    roundOffMinor: totalMinor - exact,
    totalMinor,
  };
}
