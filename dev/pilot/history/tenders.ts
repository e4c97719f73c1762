import { wholeUnit } from '@/features/cashier/bill-settings/policy';
import type { StoredTender } from '@/features/cashier/payments/service/write-receipt';
import type { Method } from '@/features/cashier/shifts/policy';
import { between, byShare } from './chance';
import type { Till } from './till';

/** How people pay: small sums, and what an operation costs. */
const SMALL: readonly { method: Method; share: number }[] = [
  { method: 'cash', share: 50 },
  { method: 'upi', share: 40 },
  { method: 'card', share: 10 },
];
const LARGE: readonly { method: Method; share: number }[] = [
  { method: 'cash', share: 18 },
  { method: 'upi', share: 30 },
  { method: 'card', share: 32 },
  { method: 'transfer', share: 14 },
  { method: 'cheque', share: 6 },
];
const LARGE_UNITS = 5_000;
const SPLIT_SHARE = 0.05;
const BANKS = ['SBI', 'HDFC', 'IOB', 'CANARA', 'KVB'];

const serials = new WeakMap<Till, number>();

/** What a transfer is known by; no two are the same. */
function referenceOf(till: Till, method: Method): string {
  const serial = (serials.get(till) ?? 0) + 1;
  serials.set(till, serial);
  const { day } = till.day;
  if (method === 'upi')
    return `${day.slice(2, 4)}${day.slice(5, 7)}${String(serial * 37 + 11).padStart(8, '0')}`.slice(0, 12);
  if (method === 'card') return `SLIP-${String(100_000 + serial)}`;
  if (method === 'cheque') return `${BANKS[serial % BANKS.length]}-${String(412_000 + serial)}`;
  return `NEFT${day.slice(2).replaceAll('-', '')}${String(serial).padStart(6, '0')}`;
}

/** An amount as a patient pays it: by one way, now and then by two. */
export function tendersOf(till: Till, amountMinor: number): StoredTender[] {
  if (amountMinor <= 0) return [];
  const { random, settings } = till;
  const unit = wholeUnit(settings.currency.code);
  const isIndia = settings.country === 'IN';
  const isLarge = amountMinor >= LARGE_UNITS * unit;
  const ways = (isLarge ? LARGE : SMALL).map((way) =>
    !isIndia && way.method === 'upi' ? { ...way, method: 'card' as const } : way,
  );
  const { method } = byShare(random, ways);
  if (method !== 'cash' && amountMinor > 400 * unit && random() < SPLIT_SHARE) {
    const cash = Math.floor(amountMinor / 2 / (100 * unit)) * 100 * unit;
    if (cash > 0) return [tenderOf(till, 'cash', cash), tenderOf(till, method, amountMinor - cash)];
  }
  return [tenderOf(till, method, amountMinor)];
}

function tenderOf(till: Till, method: Method, amountMinor: number): StoredTender {
  if (method !== 'cash')
    return { method, amountMinor, refundedMinor: 0, reference: referenceOf(till, method) };
  const note = 100 * wholeUnit(till.settings.currency.code) * between(till.random, 1, 5);
  const handed = Math.ceil(amountMinor / note) * note;
  return {
    ...{ method, amountMinor, refundedMinor: 0 },
    ...(till.random() < 0.4 ? { tenderedMinor: handed, changeMinor: handed - amountMinor } : {}),
  };
}
