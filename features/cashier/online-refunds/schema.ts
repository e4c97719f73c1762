import { z } from 'zod';
import { id } from '@/lib/fields';

export const askRefundAgainInput = z.object({ refundId: id('This refund is not known.') });
export type AskRefundAgainInput = z.output<typeof askRefundAgainInput>;
