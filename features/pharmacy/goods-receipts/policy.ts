import { apportion, rateOf } from '@/lib/rounding';
import { type Day, shiftDay } from '@/lib/time';

// Pure, and the same in the browser and on the server: what is shown while typing is what is stored.

export const TAX_RATES_BP = [0, 500, 1_200, 1_800] as const;
/** Of most medicines; a line begins with it. */
export const USUAL_TAX_BP = 500;

/** What is typed of a line of an invoice: by the pack, as the paper has it. */
export type PurchaseFacts = {
  /** Pieces of the medicine's unit in one pack. */
  unitsPerPack: number;
  packs: number;
  /** Given for nothing on top. */
  freePacks: number;
  rateMinor: number;
  /** Trade discount, in basis points. */
  discountBp: number;
  taxBp: number;
};
type PurchaseAmounts = {
  grossMinor: number;
  discountMinor: number;
  taxableMinor: number;
  taxMinor: number;
  netMinor: number;
};

/** What a line comes to. The tax is two equal halves where the country has two. */
export function purchaseAmounts(line: PurchaseFacts, isHalved: boolean): PurchaseAmounts {
  const grossMinor = line.packs * line.rateMinor;
  const discountMinor = rateOf(grossMinor, line.discountBp);
  const taxableMinor = grossMinor - discountMinor;
  const taxMinor = isHalved ? 2 * rateOf(taxableMinor, line.taxBp / 2) : rateOf(taxableMinor, line.taxBp);
  return { grossMinor, discountMinor, taxableMinor, taxMinor, netMinor: taxableMinor + taxMinor };
}

/** How many pieces come onto the shelf. */
export const piecesOf = ({ packs, freePacks, unitsPerPack }: PurchaseFacts): number =>
  (packs + freePacks) * unitsPerPack;

type InvoiceAmounts = {
  lines: (PurchaseAmounts & {
    /** What the pieces of the line cost us: their share of the charges is in it, free pieces cost nothing. */
    costMinor: number;
  })[];
  taxableMinor: number;
  taxMinor: number;
  totalMinor: number;
};

/**
 * What an invoice comes to. Charges such as freight are cut to the lines by what these cost; the costs of all
 * lines sum up to what is paid without round-off and, where it is claimed back, without the tax.
 */
export function invoiceAmounts(
  facts: readonly PurchaseFacts[],
  {
    chargesMinor,
    roundOffMinor,
    isTaxClaimed,
    isHalved,
  }: { chargesMinor: number; roundOffMinor: number; isTaxClaimed: boolean; isHalved: boolean },
): InvoiceAmounts {
  const amounts = facts.map((line) => purchaseAmounts(line, isHalved));
  const weights = amounts.map(({ taxableMinor }) => taxableMinor);
  // Where all of it was free the charges are carried by pieces.
  const isFree = weights.every((weight) => weight === 0);
  const shares = apportion(chargesMinor, isFree ? facts.map(piecesOf) : weights);
  const lines = amounts.map((line, index) => ({
    ...line,
    costMinor: (isTaxClaimed ? line.taxableMinor : line.netMinor) + (shares[index] ?? 0),
  }));
  const sum = (of: (line: PurchaseAmounts) => number) => amounts.reduce((all, line) => all + of(line), 0);
  return {
    lines,
    taxableMinor: sum(({ taxableMinor }) => taxableMinor),
    taxMinor: sum(({ taxMinor }) => taxMinor),
    totalMinor: sum(({ netMinor }) => netMinor) + chargesMinor + roundOffMinor,
  };
}

/** The most that one piece may be sold for: its part of what is printed on the pack, rounded down. */
export const pieceMrp = (mrpMinor: number, unitsPerPack: number): number =>
  Math.floor(mrpMinor / unitsPerPack);

export const dueDay = (invoiceDay: Day, creditDays: number): Day => shiftDay(invoiceDay, creditDays);

export type PayableAge = 'paid' | 'due' | 'overdue';
export const PAYABLE_LABEL: Record<PayableAge, string> = {
  paid: 'Paid',
  due: 'To pay',
  overdue: 'Overdue',
};
export function payableAge({ dueMinor, dueOn }: { dueMinor: number; dueOn: Day }, today: Day): PayableAge {
  if (dueMinor <= 0) return 'paid';
  return dueOn < today ? 'overdue' : 'due';
}

/** How a supplier is paid. */
export const SUPPLIER_METHODS = {
  transfer: 'Bank transfer',
  cheque: 'Cheque',
  upi: 'UPI',
  cash: 'Cash',
} as const;
type SupplierMethod = keyof typeof SUPPLIER_METHODS;
export const SUPPLIER_METHOD_IDS = Object.keys(SUPPLIER_METHODS) as [SupplierMethod, ...SupplierMethod[]];

/** How an invoice is settled: paid, or set off against a credit note of the supplier. */
export const SETTLED_BY = { ...SUPPLIER_METHODS, credit: 'Credit note' } as const;
export const SETTLED_BY_IDS = [...SUPPLIER_METHOD_IDS, 'credit'] as const;

/** An expiry nearer than this is worth a word with the supplier. */
export const SHORT_EXPIRY_DAYS = 180;
