import { PLANS } from '@/features/subscription/billing/plans';
import { formatBytes } from '@/lib/money';

const BIGGER = (['professional', 'enterprise'] as const).map((plan) => PLANS[plan]);

/** Said where the storage is full: how full, what an upgrade brings, and what helps without one. */
export function storageFullSentence(limitBytes: number, usedBytes: number, sizeBytes: number): string {
  const left = formatBytes(Math.max(0, limitBytes - usedBytes));
  const bigger = BIGGER.find(
    ({ maxStorageBytes }) => maxStorageBytes === null || maxStorageBytes > limitBytes,
  );
  const brings =
    bigger?.maxStorageBytes == null
      ? 'Enterprise brings as much as you agree on'
      : `${bigger.name} brings ${formatBytes(bigger.maxStorageBytes)}`;
  return `There is no room for this file: it needs ${formatBytes(sizeBytes)}, and ${left} of your ${formatBytes(limitBytes)} are left. ${brings}; the owner of your organization can upgrade under Billing. Deleting documents makes room too.`;
}
