import type { ProvisioningStep } from '@/lib/master/vocabulary';
import { formatMoney } from '@/lib/money';
import type { Amount } from '../policy';

/** The dollars first, as prices are in dollars; other currencies beside them, never added. */
export function inMoney(amounts: readonly Amount[]): { main: string; others: string } {
  const main = amounts.find(({ currency }) => currency === 'usd') ??
    amounts[0] ?? { currency: 'usd', cents: 0 };
  const others = amounts
    .filter((amount) => amount !== main)
    .map(({ cents, currency }) => formatMoney(cents, currency));
  return { main: formatMoney(main.cents, main.currency), others: others.join(', ') };
}

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
