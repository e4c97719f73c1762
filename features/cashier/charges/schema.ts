import { z } from 'zod';
import { cursor } from '@/lib/address-query';
import { id, text } from '@/lib/fields';

export const setChargeAsideInput = z.object({
  chargeId: id('This is not known.'),
  reason: text(200, 'Say why, in a few words.', 2),
});
export type SetChargeAsideInput = z.output<typeof setChargeAsideInput>;

export const CHARGE_VIEWS = ['open', 'credit'] as const;

/** The address of the worklist: what was done and not billed, or undone and not credited. */
export const chargeListQuery = z.object({
  show: z.enum(CHARGE_VIEWS).catch('open').default('open'),
  after: cursor(),
  before: cursor(),
});
export type ChargeListQuery = z.output<typeof chargeListQuery>;
