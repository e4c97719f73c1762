import type { Day } from '@/lib/time';
import { shiftDay } from '@/lib/time';

/** Why something comes back, as the ledger says it. */
export const RETURN_REASONS = {
  unused: 'Not needed any more',
  changed: 'The doctor changed it',
  tolerated: 'The patient did not tolerate it',
  mistaken: 'The wrong thing was given',
  damaged: 'Damaged or leaking',
} as const;
type ReturnReason = keyof typeof RETURN_REASONS;
export const RETURN_REASON_IDS = Object.keys(RETURN_REASONS) as [ReturnReason, ...ReturnReason[]];

/** Where it goes: to be given again, or to be looked at first. */
export const RETURN_PLACES = { shelf: 'Back on the shelf', quarantine: 'Quarantine' } as const;
export type ReturnPlace = keyof typeof RETURN_PLACES;
export const RETURN_PLACE_IDS = Object.keys(RETURN_PLACES) as [ReturnPlace, ...ReturnPlace[]];

/** What came back of one lot. */
export type ReturnedLine = {
  movementId: string;
  medicineId: string;
  name: string;
  unit: string;
  lotNumber: string;
  quantity: number;
  place: ReturnPlace;
  isOpened: boolean;
};

/** The last day on which something that was given may come back; null for no limit. */
export const returnUntil = (givenOn: Day, returnDays: number | null): Day | null =>
  returnDays === null ? null : shiftDay(givenOn, returnDays);

/** What stands against taking a line back as it was said, in one sentence; null for nothing. */
export function returnProblem(
  { place, isOpened }: Pick<ReturnedLine, 'place' | 'isOpened'>,
  { isOpenedTaken, reason }: { isOpenedTaken: boolean; reason: ReturnReason },
): string | null {
  if (reason === 'damaged' && place === 'shelf')
    return 'What is damaged or leaks goes to quarantine, not back on the shelf.';
  if (!isOpened) return null;
  if (!isOpenedTaken) return 'Opened packs are not taken back here.';
  return place === 'shelf' ? 'What was opened goes to quarantine, not back on the shelf.' : null;
}
