import 'server-only';
import { z } from 'zod';
import { asOrganization, outcomeOf } from '@/lib/actions/organization';
import { objectId } from '@/lib/mongo';
import { defineWork } from '@/lib/work/define-work';
import { followRefund } from './service';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    /** Key: `<organization>:<refund>`. */
    'online-refunds.follow': { organizationId: string; refundId: string };
  }
}

const asRefunds = { name: 'Online payments', audit: 'online-refund.follow' };

const follow = async ({ organizationId, refundId }: { organizationId: string; refundId: string }) =>
  outcomeOf(await asOrganization(organizationId, asRefunds, (ctx) => followRefund(ctx, objectId(refundId))));

/** A refund that is only waiting for the bank is looked at again by the regular work of payment links. */
export const onlineRefundsWork = [
  defineWork({
    name: 'online-refunds.follow',
    payload: z.object({ organizationId: z.string(), refundId: z.string() }),
    steps: { followed: ({ payload }) => follow(payload) },
  }),
];
