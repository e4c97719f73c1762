import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { AppError, notFoundError } from '@/lib/errors';
import { incidentModel } from '@/lib/master/models/incident';
import { objectId } from '@/lib/mongo';
import type { IncidentState } from './policy';
import { forgetStatus } from './queries';
import type { OpenIncidentInput } from './schema';

export async function openIncident(
  _ctx: PlatformContext,
  { title, impact, components, text }: OpenIncidentInput,
  now = new Date(),
): Promise<string> {
  const row = await (await incidentModel()).create({
    title,
    impact,
    components: [...new Set(components)],
    updates: [{ state: 'investigating', text, at: now }],
    startedAt: now,
  });
  forgetStatus();
  return row._id.toString();
}

/** Adds to its history; `resolved` ends it. @throws AppError CONFLICT when it is over. */
export async function updateIncident(
  _ctx: PlatformContext,
  { incidentId, state, text }: { incidentId: string; state: IncidentState; text: string },
  now = new Date(),
): Promise<void> {
  const incidents = await incidentModel();
  const _id = objectId(incidentId, 'incident');
  const { matchedCount } = await incidents.updateOne(
    { _id, resolvedAt: null },
    { $push: { updates: { state, text, at: now } }, $set: { resolvedAt: state === 'resolved' ? now : null } },
  );
  forgetStatus();
  if (matchedCount > 0) return;
  if (!(await incidents.exists({ _id }))) throw notFoundError('incident');
  throw new AppError('CONFLICT', 'This incident is over. Open a new one if it has come back.');
}
