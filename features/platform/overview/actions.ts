'use server';
import { revalidatePath } from 'next/cache';
import { z } from 'zod';
import { platformAction } from '@/lib/actions/platform';
import { PLATFORM, paths } from '@/lib/paths';
import { cellInput, organizationInput, replayEventInput } from './schema';
import {
  openCell,
  reconcileNow,
  replayEvent,
  replayFailedEvents,
  retryProvisioning,
  syncOrganization,
} from './service';

export const syncOrganizationAction = platformAction({
  permission: 'subscriptions:sync',
  input: organizationInput,
  audit: 'organization.sync',
  entryAfter: 'What Stripe says is written by syncSubscription, as after each of its events.',
  target: ({ organizationId }) => `organization:${organizationId}`,
  organizationId: ({ organizationId }) => organizationId,
  run: async (ctx, { organizationId }) => {
    await syncOrganization(ctx, organizationId);
    revalidatePath(paths.platformOrganization(organizationId));
  },
  message: 'Stripe was asked, and what it said is written.',
});

export const retryProvisioningAction = platformAction({
  permission: 'databases:write',
  input: organizationInput,
  audit: 'organization.retry-provisioning',
  target: ({ organizationId }) => `organization:${organizationId}`,
  organizationId: ({ organizationId }) => organizationId,
  run: async (ctx, { organizationId }) => {
    await retryProvisioning(ctx, organizationId);
    revalidatePath(paths.platformOrganization(organizationId));
  },
  message: 'The worker goes on with the next step.',
});

export const openCellAction = platformAction({
  permission: 'databases:write',
  input: cellInput,
  audit: 'cell.accepts-new',
  target: ({ cellId, acceptsNew }) => `cell:${cellId}:${acceptsNew}`,
  run: async (ctx, input) => {
    await openCell(ctx, input);
    revalidatePath(PLATFORM.databases);
  },
  message: 'Saved. It holds from the next organization on.',
});

export const replayEventAction = platformAction({
  permission: 'events:write',
  input: replayEventInput,
  audit: 'stripe-event.replay',
  target: ({ eventId }) => `stripe-event:${eventId}`,
  run: async (ctx, { eventId }) => {
    await replayEvent(ctx, eventId);
    revalidatePath(PLATFORM.events);
  },
  message: 'The event is processed again.',
});

export const replayFailedEventsAction = platformAction({
  permission: 'events:write',
  input: z.object({}),
  audit: 'stripe-event.replay-failed',
  run: async (ctx) => {
    await replayFailedEvents(ctx);
    revalidatePath(PLATFORM.events);
  },
  message: 'The events that failed are processed again.',
});

export const reconcileNowAction = platformAction({
  permission: 'events:write',
  input: z.object({}),
  audit: 'billing.reconcile',
  run: async (ctx) => {
    await reconcileNow(ctx);
    revalidatePath(PLATFORM.reconciliation);
  },
  message: 'The comparison has begun. Open this page again in a moment.',
});
