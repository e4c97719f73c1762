import type { Day } from '@/lib/time';

type Parts = { parts: readonly { quantity: number; used: number }[] };

/** How many pieces of a package were not done. */
export const leftOf = ({ parts }: Parts): number =>
  parts.reduce((sum, { quantity, used }) => sum + quantity - used, 0);

export type PackageState = 'open' | 'used' | 'lapsed' | 'ended';
export const PACKAGE_LABEL: Record<PackageState, string> = {
  open: 'Open',
  used: 'Used up',
  lapsed: 'Lapsed',
  ended: 'Taken back',
};

/** Lapsed is what was not used until its last day: it gives nothing back by itself. */
export function packageState(of: Parts & { isEnded: boolean; until: Day }, today: Day): PackageState {
  if (of.isEnded) return 'ended';
  if (leftOf(of) === 0) return 'used';
  return of.until < today ? 'lapsed' : 'open';
}
