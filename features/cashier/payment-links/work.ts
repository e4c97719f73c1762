import 'server-only';
import { z } from 'zod';
import { asOrganization, outcomeOf } from '@/lib/actions/organization';
import { logger } from '@/lib/logger';
import { objectId } from '@/lib/mongo';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { listOrganizationsOnline } from '../online-accounts/queries';
import { findAskedRefunds } from '../online-refunds/queries';
import { followRefund } from '../online-refunds/service';
import { findAllOpenLinks } from './queries';
import { followLink, processEvent } from './service';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    /** Key: `<organization>:<event>`, as the ledger has it. */
    'payment-links.event': NoPayload;
    'payment-links.look': NoPayload;
    /** Asks the provider what became of a link. Key: `<organization>:<link>`. */
    'payment-links.follow': { organizationId: string; linkId: string };
  }
}

const asLinks = { name: 'Online payments', audit: 'payment-link.follow' };

const follow = async ({ organizationId, linkId }: { organizationId: string; linkId: string }) =>
  outcomeOf(await asOrganization(organizationId, asLinks, (ctx) => followLink(ctx, objectId(linkId))));

/** One after another, so that one that fails leaves the others their turn. */
async function eachOf<T extends { _id: unknown }>(
  rows: readonly T[],
  work: (row: T) => Promise<unknown>,
): Promise<void> {
  for (const row of rows) {
    try {
      await work(row);
    } catch (error) {
      logger.warn({ err: error, id: String(row._id) }, 'an online payment could not be looked at');
    }
  }
}

/**
 * Looks at everything that may still change at a provider: where nothing is told to us, where it was lost,
 * and where a process died before it asked.
 */
export async function lookAtAll(): Promise<void> {
  for (const organizationId of await listOrganizationsOnline()) {
    await eachOf([{ _id: organizationId }], () =>
      asOrganization(organizationId, asLinks, async (ctx) => {
        await eachOf(await findAllOpenLinks(ctx).lean(), ({ _id }) => followLink(ctx, _id));
        await eachOf(await findAskedRefunds(ctx).lean(), ({ _id }) => followRefund(ctx, _id));
      }),
    );
  }
}

export const paymentLinksWork = [
  defineWork({
    name: 'payment-links.event',
    steps: { processed: ({ key }) => processEvent(key) },
  }),
  defineWork({
    name: 'payment-links.follow',
    payload: z.object({ organizationId: z.string(), linkId: z.string() }),
    steps: { followed: ({ payload }) => follow(payload) },
  }),
  defineWork({
    name: 'payment-links.look',
    every: { minutes: 5 },
    steps: { looked: () => lookAtAll().then(() => done) },
  }),
];
