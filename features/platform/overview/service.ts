import 'server-only';
import type { ClientSession } from 'mongoose';
import { syncSubscription } from '@/features/subscription/billing/sync';
import type { PlatformContext } from '@/lib/actions/platform';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { AppError, notFoundError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { cellModel } from '@/lib/master/models/cell';
import { jobModel } from '@/lib/master/models/job';
import { organizationModel } from '@/lib/master/models/organization';
import { stripeEventModel } from '@/lib/master/models/stripe-event';
import { objectId } from '@/lib/mongo';
import { enqueue, wakeWorker } from '@/lib/work/queue';
import { PERIODIC_KEY } from '@/lib/work/schedule';
import { canReplay, canRetryProvisioning } from './policy';

/**
 * Asks Stripe what is true and writes it.
 * @throws AppError CONFLICT for an organization that Stripe does not know; TOO_MANY_REQUESTS when Stripe is
 * out of reach.
 */
export async function syncOrganization(_ctx: PlatformContext, organizationId: string): Promise<void> {
  const organization = await organizationModel
    .findById(objectId(organizationId, 'organization'))
    .select('stripeCustomerId')
    .lean();
  if (!organization) throw notFoundError('organization');
  if (!organization.stripeCustomerId) {
    throw new AppError('CONFLICT', 'This organization has not begun to pay, so Stripe does not know it yet.');
  }
  try {
    await syncSubscription(organization.stripeCustomerId);
  } catch (cause) {
    const type = cause instanceof Error && 'type' in cause ? String(cause.type) : '';
    if (!type.startsWith('Stripe')) throw cause;
    logger.warn({ err: cause, organizationId }, 'sync with Stripe failed');
    throw new AppError(
      'TOO_MANY_REQUESTS',
      'Stripe did not answer as expected. Nothing was changed; please try again in a minute.',
      { cause },
    );
  }
}

/**
 * Lets the worker go on with the organization's database now.
 * @throws AppError CONFLICT when it is not being set up.
 */
export async function retryProvisioning(ctx: PlatformContext, organizationId: string): Promise<void> {
  const organization = await organizationModel
    .findById(objectId(organizationId, 'organization'))
    .select('status')
    .lean();
  if (!organization) throw notFoundError('organization');
  if (!canRetryProvisioning(organization.status)) {
    throw new AppError(
      'CONFLICT',
      'This organization is not being set up, so there is nothing to try again.',
    );
  }
  await enqueueNow(ctx, 'organization.provision', organizationId);
}

/** Whether a cell takes new organizations; those on it stay. @throws AppError NOT_FOUND */
export async function openCell(
  ctx: PlatformContext,
  { cellId, acceptsNew }: { cellId: string; acceptsNew: 'yes' | 'no' },
): Promise<void> {
  await auditedMasterWrite(ctx, async (session) => {
    const set = { acceptsNew: acceptsNew === 'yes' };
    const written = await cellModel.updateOne({ _id: cellId }, { $set: set }, { session });
    if (written.matchedCount === 0) throw notFoundError('cell');
  });
}

/**
 * Processes a Stripe event again.
 * @throws AppError NOT_FOUND, or CONFLICT for an event that names no customer.
 */
export async function replayEvent(ctx: PlatformContext, eventId: string): Promise<void> {
  const event = await stripeEventModel.findById(eventId).select('customerId').lean();
  if (!event) throw notFoundError('event');
  if (!canReplay({ customerId: event.customerId ?? null })) {
    throw new AppError('CONFLICT', 'This event names no customer, so there is nothing to do again.');
  }
  await auditedMasterWrite(ctx, (session) => receiveAgain(eventId, session));
  wakeWorker();
}

async function receiveAgain(eventId: string, session: ClientSession): Promise<void> {
  await stripeEventModel.updateOne(
    { _id: eventId },
    { $set: { outcome: 'received' }, $unset: { processedAt: '', error: '' } },
    { session },
  );
  await runNow('stripe.event', eventId, session);
}

/** Processes the events that failed again, the oldest first; at most 100 at once. @returns how many. */
export async function replayFailedEvents(ctx: PlatformContext): Promise<number> {
  const rows = await stripeEventModel
    .find({ outcome: 'failed' })
    .sort({ receivedAt: 1, _id: 1 })
    .limit(100)
    .select('customerId')
    .lean();
  const replayable = rows.filter(({ customerId }) => canReplay({ customerId: customerId ?? null }));
  await auditedMasterWrite(ctx, async (session) => {
    for (const { _id } of replayable) await receiveAgain(_id, session);
  });
  wakeWorker();
  return replayable.length;
}

/** Compares every organization with Stripe now; one comparison runs at a time. */
export async function reconcileNow(ctx: PlatformContext): Promise<void> {
  await enqueueNow(ctx, 'billing.reconcile', PERIODIC_KEY);
}

async function enqueueNow(ctx: PlatformContext, name: RunNow, key: string): Promise<void> {
  await auditedMasterWrite(ctx, (session) => runNow(name, key, session));
  wakeWorker();
}

type RunNow = 'organization.provision' | 'stripe.event' | 'billing.reconcile';

/** A job that failed waits longer and longer; a person who presses a button wants it now. */
async function runNow(kind: RunNow, key: string, session: ClientSession): Promise<void> {
  await enqueue(kind, key, {}, { session });
  await jobModel.updateOne({ kind, key, state: 'waiting' }, { $set: { runAt: new Date() } }, { session });
}
