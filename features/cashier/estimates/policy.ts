import { type Day, shiftDay } from '@/lib/time';

/** How long an estimate holds unless somebody says otherwise. */
const VALID_DAYS = 30;
export const usualEnd = (day: Day): Day => shiftDay(day, VALID_DAYS);

/** `lapsed` follows from the day alone: nothing has to happen for it. */
export const ESTIMATE_LABEL = {
  open: 'Open',
  billed: 'Billed',
  lapsed: 'Lapsed',
  withdrawn: 'Withdrawn',
} as const;
export type EstimateState = keyof typeof ESTIMATE_LABEL;

type Facts = { validUntil: Day; billId?: unknown; isWithdrawn: boolean };

/** How an estimate stands on a day: it is good through its last day. */
export function estimateState({ validUntil, billId, isWithdrawn }: Facts, today: Day): EstimateState {
  if (billId) return 'billed';
  if (isWithdrawn) return 'withdrawn';
  return validUntil < today ? 'lapsed' : 'open';
}
