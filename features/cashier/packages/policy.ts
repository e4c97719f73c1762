import type { Day } from '@/lib/time';

type Parts = { parts: readonly { quantity: number; used: number }[] };

/** How many pieces of a package were not done. */
export const leftOf = ({ parts }: Parts): number =>
  parts.reduce((sum, { quantity, used }) => sum + quantity - used, 0);

type Done = { id: string; serviceId: string | null; quantity: number; isFree: boolean };

/**
 * What was done fits into packages one after the other: each piece of work wholly into one part of one.
 * @param done what is to be billed, in order; what is free takes no place.
 * @returns the ids of what they hold.
 */
export function heldIn(
  packages: readonly { parts: readonly { serviceId: string; quantity: number }[] }[],
  done: readonly Done[],
): Set<string> {
  const places = packages.flatMap(({ parts }) =>
    parts.map(({ serviceId, quantity }) => ({ serviceId, left: quantity })),
  );
  const held = new Set<string>();
  for (const { id, serviceId, quantity, isFree } of done) {
    const place = isFree
      ? undefined
      : places.find((one) => one.serviceId === serviceId && one.left >= quantity);
    if (!place) continue;
    place.left -= quantity;
    held.add(id);
  }
  return held;
}

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
