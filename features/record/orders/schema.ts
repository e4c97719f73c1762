import { z } from 'zod';
import { cursor } from '@/lib/address-query';
import { id, text } from '@/lib/fields';

const known = id('This is not known.');

export const completeOrderInput = z.object({ orderId: known });
export type CompleteOrderInput = z.output<typeof completeOrderInput>;

export const reopenOrderInput = z.object({
  orderId: known,
  reason: text(200, 'Say why, in a few words.', 2),
});
export type ReopenOrderInput = z.output<typeof reopenOrderInput>;

export const ORDER_VIEWS = ['tests', 'procedures', 'completed'] as const;
/** The address of the worklist: tests and procedures that are to be done, or what was. */
export const orderListQuery = z.object({
  show: z.enum(ORDER_VIEWS).catch('tests').default('tests'),
  after: cursor(),
  before: cursor(),
});
export type OrderListQuery = z.output<typeof orderListQuery>;
