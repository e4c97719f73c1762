import { readGtin, wholeScan } from '@/features/pharmacy/medicines/gs1';
import { parseExpiry } from '@/features/pharmacy/medicines/policy';
import { readDecimal } from '@/lib/currency';
import { OBJECT_ID } from '@/lib/object-id';
import { readPackFields } from '@/lib/pieces';
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
  /** Of the scheme, apart from the trade discount and after it: a part of what that leaves, or an amount. */
  schemeBp?: number | undefined;
  schemeMinor?: number | undefined;
  taxBp: number;
};
type PurchaseAmounts = {
  grossMinor: number;
  discountMinor: number;
  schemeMinor: number;
  taxableMinor: number;
  taxMinor: number;
  netMinor: number;
};

/**
 * What a line comes to: rate by packs, less the trade discount, less that of the scheme, and then the tax,
 * which is two equal halves where the country has two.
 */
export function purchaseAmounts(line: PurchaseFacts, isHalved: boolean): PurchaseAmounts {
  const grossMinor = line.packs * line.rateMinor;
  const discountMinor = rateOf(grossMinor, line.discountBp);
  const leftMinor = grossMinor - discountMinor;
  const schemeMinor = Math.min(line.schemeMinor ?? rateOf(leftMinor, line.schemeBp ?? 0), leftMinor);
  const taxableMinor = leftMinor - schemeMinor;
  const taxMinor = isHalved ? 2 * rateOf(taxableMinor, line.taxBp / 2) : rateOf(taxableMinor, line.taxBp);
  const netMinor = taxableMinor + taxMinor;
  return { grossMinor, discountMinor, schemeMinor, taxableMinor, taxMinor, netMinor };
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

/** By which the number of a paper is the same, however it is spaced. */
export const paperKey = (number: string): string => number.replace(/\s+/g, '').toUpperCase();

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

export const MOST_LINES = 100;

/** What is typed in a row, as texts. */
export type TypedLine = {
  medicineId: string;
  medicineName: string;
  unitsPerPack: string;
  packs: string;
  freePacks: string;
  lotNumber: string;
  expiresOn: string;
  rate: string;
  mrp: string;
  discount: string;
  /** With a sign of percent a part of what the discount leaves, else an amount off the line. */
  scheme?: string | undefined;
  taxBp: string;
  /** Of a pack that was scanned: it is known the next time. */
  gtin?: string | undefined;
  /** What the supplier calls it, by name or by code: known the next time, too. */
  theirName?: string | undefined;
  theirCode?: string | undefined;
};

const percentBp = (value: string): number | null =>
  /^(\d{1,3}(\.\d{1,2})?)?$/.test(value.trim()) && Number(value || 0) <= 100
    ? Math.round(Number(value || 0) * 100)
    : null;

/** The discount of a scheme as it is typed: "2 %" or "50.00"; null where it is neither. */
function readScheme(typed: string): { schemeBp?: number; scheme?: string } | null {
  const value = typed.trim();
  if (!value) return {};
  if (value.endsWith('%')) {
    const schemeBp = percentBp(value.slice(0, -1).trim());
    return schemeBp === null ? null : { schemeBp };
  }
  const scheme = readDecimal(value);
  return scheme === null ? null : { scheme };
}

/** What a row says, or what is wrong with it, in a few words. */
export function readLine(typed: TypedLine) {
  const wrong: string[] = [];
  const need = <T>(value: T | null, sentence: string): T | null => {
    if (value === null) wrong.push(sentence);
    return value;
  };
  if (!OBJECT_ID.test(typed.medicineId)) wrong.push('choose the medicine');
  const {
    packs,
    freePacks,
    unitsPerPack,
    wrong: ofPacks,
  } = readPackFields(typed, { least: 0, ask: 'the packs as a whole number' });
  wrong.push(...ofPacks);
  if (packs !== null && freePacks !== null && packs + freePacks === 0) wrong.push('how many packs came');
  const lotNumber = wholeScan(typed.lotNumber, new Date().getFullYear())?.lotNumber ?? typed.lotNumber.trim();
  if (!lotNumber) wrong.push('the lot number');
  const expiresOn = need(parseExpiry(typed.expiresOn), 'the expiry as printed, such as 03/2027');
  const rate = need(readDecimal(typed.rate || '0'), 'the rate');
  if (packs && rate !== null && Number(rate) === 0) wrong.push('the rate');
  const mrp = typed.mrp.trim() ? need(readDecimal(typed.mrp), 'the MRP') : undefined;
  const discountBp = need(percentBp(typed.discount), 'the discount in percent');
  const scheme = need(readScheme(typed.scheme ?? ''), 'the scheme in percent or as an amount');
  const taxBp = need(TAX_RATES_BP.find((rateBp) => String(rateBp) === typed.taxBp) ?? null, 'the tax');
  const line = { packs, freePacks, unitsPerPack, expiresOn, rate, discountBp, taxBp };
  if (wrong.length > 0 || Object.values(line).some((value) => value === null))
    return { problem: `${typed.medicineName || 'A line'}: ${wrong.join(', ')}.` };
  return {
    line: {
      ...(line as { [K in keyof typeof line]: NonNullable<(typeof line)[K]> }),
      ...{ medicineId: typed.medicineId, lotNumber },
      ...{ schemeBp: scheme?.schemeBp, scheme: scheme?.scheme },
      gtin: readGtin(typed.gtin ?? '') ?? undefined,
      ...{ theirName: typed.theirName, theirCode: typed.theirCode },
      mrp: mrp ?? undefined,
    },
  };
}

/** A row in which nothing was typed. */
export const isEmptyLine = (line: TypedLine): boolean =>
  !line.medicineId && !line.medicineName && !line.packs && !line.lotNumber && !line.rate;
