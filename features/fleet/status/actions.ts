'use server';
import { revalidatePath } from 'next/cache';
import { platformAction } from '@/lib/actions/platform';
import { PLATFORM, paths } from '@/lib/paths';
import { openIncidentInput, updateIncidentInput } from './schema';
import { openIncident, updateIncident } from './service';

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
