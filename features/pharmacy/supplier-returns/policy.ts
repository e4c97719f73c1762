import type { Day } from '@/lib/time';

/** Why something goes back to who sold it. */
export const SUPPLIER_RETURN_REASONS = {
  expired: 'Expired',
  'near-expiry': 'Expires soon',
  damaged: 'Damaged or leaking',
  recalled: 'Recalled',
  excess: 'Too much of it',
  wrong: 'The wrong thing came',
} as const;
type SupplierReturnReason = keyof typeof SUPPLIER_RETURN_REASONS;
export const SUPPLIER_RETURN_REASON_IDS = Object.keys(SUPPLIER_RETURN_REASONS) as [
  SupplierReturnReason,
  ...SupplierReturnReason[],
];

/** Why a supplier credits or charges something without goods that go back. */
export const NOTE_REASONS = {
  price: 'Price difference',
  scheme: 'Discount or scheme',
  shortage: 'Less came than was billed',
  tax: 'Tax put right',
  other: 'Something else',
} as const;
export type NoteReason = keyof typeof NOTE_REASONS;
export const NOTE_REASON_IDS = Object.keys(NOTE_REASONS) as [NoteReason, ...NoteReason[]];

/** Why a supplier credits something, with goods or without. */
export const CREDIT_REASONS = { ...SUPPLIER_RETURN_REASONS, ...NOTE_REASONS } as const;

/** `open` until the supplier credits it, or refuses to. */
export const CLAIM_STATES = ['open', 'credited', 'refused'] as const;
export type CreditClaimState = (typeof CLAIM_STATES)[number];
export const CLAIM_LABEL: Record<CreditClaimState, string> = {
  open: 'Waits for the credit',
  credited: 'Credited',
  refused: 'Refused',
};

/** Where the pieces of a lot stand that go back. */
export const RETURN_FROM = ['shelf', 'quarantine'] as const;

/** A supplier's answer to goods that went back comes within that. */
export const DAYS_OF_A_CLAIM = 366;

/** A claim that is older than this is worth a call. */
const LATE_DAYS = 30;

/** How many days a claim has waited, and whether that is long. */
export function claimAge(day: Day, today: Day): { days: number; isLate: boolean } {
  const days = Math.round((Date.parse(today) - Date.parse(day)) / 86_400_000);
  return { days, isLate: days > LATE_DAYS };
}

/** What some pieces of a lot have cost, as the ledger will say it; null where nobody knows. */
export function costOfPieces(
  lot: { quantity: number; quarantine: number; transit: number; valueMinor: number | null },
  pieces: number,
): number | null {
  const { valueMinor } = lot;
  const there = lot.quantity + lot.quarantine + lot.transit;
  if (valueMinor === null || there === 0) return null;
  return Math.round((valueMinor * pieces) / there);
}

/** From which shelf, or which quarantine, something of a lot goes back: the key of a row of the form. */
export const returnedFrom = (row: { batchId: string; from: string; storeId?: string | undefined }): string =>
  `${row.batchId}:${row.from}:${row.storeId ?? ''}`;
