import 'server-only';
import { z } from 'zod';
import { asOrganization } from '@/lib/actions/organization';
import { objectId } from '@/lib/mongo';
import { defineWork } from '@/lib/work/define-work';
import { again, done, type Outcome } from '@/lib/work/outcome';
import { followRefund } from './service';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    /** Key: `<organization>:<refund>`. */
    'online-refunds.follow': { organizationId: string; refundId: string };
  }
}

/** While a database is moved: some minutes. */
const LATER_MS = 120_000;

const asRefunds = { name: 'Online payments', audit: 'online-refund.follow' };

async function follow({
  organizationId,
  refundId,
}: {
  organizationId: string;
  refundId: string;
}): Promise<Outcome> {
  const { outcome } = await asOrganization(organizationId, asRefunds, (ctx) =>
    followRefund(ctx, objectId(refundId)),
  );
  return outcome === 'later' ? again(new Date(Date.now() + LATER_MS)) : done;
}

/** A refund that is only waiting for the bank is looked at again by the regular work of payment links. */
export const onlineRefundsWork = [
  defineWork({
    name: 'online-refunds.follow',
    payload: z.object({ organizationId: z.string(), refundId: z.string() }),
    steps: { followed: ({ payload }) => follow(payload) },
  }),
];
