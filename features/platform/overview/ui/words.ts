import type { ProvisioningStep } from '@/lib/master/vocabulary';
import { formatMoney } from '@/lib/money';
import { formatInstant } from '@/lib/time';
import type { Amount } from '../policy';

/** The company's people sit in many places: their times are UTC and say so. */
export const inUtc = (iso: string): string => `${formatInstant(new Date(iso), 'UTC')} UTC`;

export const dayInUtc = (iso: string): string =>
  new Intl.DateTimeFormat('en-GB', {
    timeZone: 'UTC',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  }).format(new Date(iso));

/** The dollars first, as prices are in dollars; other currencies beside them, never added. */
export function inMoney(amounts: readonly Amount[]): { main: string; others: string } {
  const main = amounts.find(({ currency }) => currency === 'usd') ??
    amounts[0] ?? { currency: 'usd', cents: 0 };
  const others = amounts
    .filter((amount) => amount !== main)
    .map(({ cents, currency }) => formatMoney(cents, currency));
  return { main: formatMoney(main.cents, main.currency), others: others.join(', ') };
}

export const inDuration = (milliseconds: number): string =>
  milliseconds < 1_000 ? `${milliseconds} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;

export const STEP_LABEL: Record<ProvisioningStep, string> = {
  requested: 'Requested',
  placed: 'Placed on a cell',
  database_ready: 'Database made',
  user_ready: 'Database user made',
  connected: 'Connected',
  migrated: 'Collections and indexes made',
  seeded: 'Owner entered',
  keys_created: 'Encryption key made',
  verified: 'Isolation proved',
  active: 'Active',
};

/** A round trip: tenths where they matter. */
export const inLatency = (milliseconds: number): string =>
  `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;

/** "1 attempt", "3 attempts". */
export const counted = (count: number, one: string): string =>
  `${count.toLocaleString('en-US')} ${one}${count === 1 ? '' : 's'}`;
