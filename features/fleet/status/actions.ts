'use server';
import { revalidatePath } from 'next/cache';
import { platformAction } from '@/lib/actions/platform';
import { publicAction } from '@/lib/actions/public';
import { PLATFORM, paths } from '@/lib/paths';
import { openIncidentInput, subscribeInput, subscriptionLinkInput, updateIncidentInput } from './schema';
import { openIncident, updateIncident } from './service';
import { askToSubscribe, confirmSubscription, endSubscription } from './subscribers';

function show(): void {
  revalidatePath(PLATFORM.status);
  revalidatePath(paths.status);
}

export const openIncidentAction = platformAction({
  permission: 'status:write',
  input: openIncidentInput,
  audit: 'incident.open',
  run: async (ctx, input) => {
    await openIncident(ctx, input);
    show();
    return { ok: true };
  },
  message: 'The public status page says so now.',
});

export const updateIncidentAction = platformAction({
  permission: 'status:write',
  input: updateIncidentInput,
  audit: 'incident.update',
  target: ({ incidentId }) => `incident:${incidentId}`,
  run: async (ctx, input) => {
    await updateIncident(ctx, input);
    show();
    return { ok: true };
  },
  message: 'The public status page says so now.',
});

export const subscribeToStatusAction = publicAction({
  input: subscribeInput,
  audit: 'status.subscribe',
  run: ({ email }) => askToSubscribe(email),
});

export const confirmSubscriptionAction = publicAction({
  input: subscriptionLinkInput,
  audit: 'status.subscribe.confirm',
  run: ({ token }) => confirmSubscription(token),
});

export const endSubscriptionAction = publicAction({
  input: subscriptionLinkInput,
  audit: 'status.unsubscribe',
  run: ({ token }) => endSubscription(token),
});
