import { type Currency, exponentOf, formatAmount } from '@/lib/currency';

/**
 * How money changes hands. An advance that is used came in before. What is paid online goes to the
 * hospital's account at a provider, and passes no drawer.
 */
export const METHODS = {
  cash: 'Cash',
  card: 'Card',
  upi: 'UPI',
  transfer: 'Bank transfer',
  cheque: 'Cheque',
  online: 'Online',
  advance: 'Advance',
} as const;
export type Method = keyof typeof METHODS;
export const METHOD_IDS = Object.keys(METHODS) as [Method, ...Method[]];
export const MONEY_METHODS = METHOD_IDS.filter((one): one is MoneyMethod => one !== 'advance');
export type MoneyMethod = Exclude<Method, 'advance'>;

/** What a cashier takes and types. */
export type CounterMethod = Exclude<Method, 'online'>;
export const COUNTER_METHODS = METHOD_IDS.filter((one): one is CounterMethod => one !== 'online');

/** The money that a cashier takes; it goes through their drawer. */
export type DrawerMethod = Exclude<CounterMethod, 'advance'>;
export const DRAWER_METHODS = COUNTER_METHODS.filter((one): one is DrawerMethod => one !== 'advance');

/** A note and a coin of the same face are two: rupees have both of 10 and 20. */
export type Denomination = { kind: 'note' | 'coin'; faceMinor: number };

const ladder = (notes: readonly number[], coins: readonly number[]): Denomination[] => [
  ...notes.map((faceMinor) => ({ kind: 'note' as const, faceMinor })),
  ...coins.map((faceMinor) => ({ kind: 'coin' as const, faceMinor })),
];
const LADDERS: Readonly<Record<string, readonly Denomination[]>> = {
  INR: ladder([50_000, 20_000, 10_000, 5_000, 2_000, 1_000], [2_000, 1_000, 500, 200, 100]),
  USD: ladder([10_000, 5_000, 2_000, 1_000, 500, 100], [25, 10, 5, 1]),
  EUR: ladder([20_000, 10_000, 5_000, 2_000, 1_000, 500], [200, 100, 50, 20, 10, 5, 2, 1]),
  GBP: ladder([5_000, 2_000, 1_000, 500], [200, 100, 50, 20, 10, 5, 2, 1]),
  AED: ladder([100_000, 50_000, 20_000, 10_000, 5_000, 2_000, 1_000, 500], [100, 50, 25]),
};

/** What is counted in a drawer; where we do not know the coins, single units of the currency. */
export const denominationsOf = (currency: string): readonly Denomination[] =>
  LADDERS[currency] ?? ladder([10 ** exponentOf(currency)], []);

/** The smallest that can be handed over; where we do not know the coins, any amount. */
const smallestCoin = (currency: string): number =>
  Math.min(...(LADDERS[currency] ?? [{ faceMinor: 1 }]).map(({ faceMinor }) => faceMinor));

/**
 * Why an amount cannot be of cash: no coins make it, and the drawer would never be counted so. Null where
 * they do, and for the odd part of an amount that has one itself: what is left of a bill that is not rounded.
 */
export function coinProblem(amountMinor: number, currency: Currency, ofMinor = 0): string | null {
  const coin = smallestCoin(currency.code);
  const odd = Math.abs(amountMinor) % coin;
  return odd === 0 || odd === Math.abs(ofMinor) % coin
    ? null
    : `Cash has no coin below ${formatAmount(coin, currency)}. Enter an amount that coins make.`;
}

/** The most of an amount that cash can be. */
export function coinsWithin(amountMinor: number, currency: Currency, ofMinor = 0): number {
  if (!coinProblem(amountMinor, currency, ofMinor)) return amountMinor;
  return amountMinor - (amountMinor % smallestCoin(currency.code));
}

export const denominationKey = ({ kind, faceMinor }: Denomination): string => `${kind}-${faceMinor}`;

/** How many there are of a note or a coin, as it is typed. */
export const isPieces = (typed: string): boolean => /^\d{1,6}$/.test(typed.trim());

export type Count = readonly (Denomination & { pieces: number })[];
export const countedMinor = (count: Count): number =>
  count.reduce((sum, { faceMinor, pieces }) => sum + faceMinor * pieces, 0);

/** The cash that a drawer should hold: its float, what colleagues handed over to it, and what moved since. */
export const expectedCash = (shift: {
  floatMinor: number;
  receivedMinor?: number | null | undefined;
  totals: { cash: number };
}): number => shift.floatMinor + (shift.receivedMinor ?? 0) + shift.totals.cash;

/** What was counted in a closed drawer and has gone neither to the bank nor to a colleague. */
export const cashLeft = (shift: {
  countedMinor?: number | null | undefined;
  depositedMinor?: number | null | undefined;
  handedMinor?: number | null | undefined;
}): number => (shift.countedMinor ?? 0) - (shift.depositedMinor ?? 0) - (shift.handedMinor ?? 0);
