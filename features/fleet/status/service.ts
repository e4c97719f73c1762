import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { AppError, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import { enqueue, wakeWorker } from '@/lib/work/queue';
import { incidentModel } from './model';
import type { IncidentState } from './policy';
import { forgetStatus } from './queries';
import type { OpenIncidentInput } from './schema';
import { tellKey } from './subscribers';

const FURTHEST_MS = 60 * 86_400_000;

/**
 * Tells the public of something that is wrong, or of maintenance that will be.
 * @throws AppError INVALID_INPUT for a beginning that has passed, or of anything but maintenance.
 */
export async function openIncident(
  ctx: PlatformContext,
  { title, impact, components, text, startsAt }: OpenIncidentInput,
  now = new Date(),
): Promise<string> {
  if (startsAt && impact !== 'maintenance')
    throw new AppError('INVALID_INPUT', 'Only maintenance is told of ahead.', { field: 'startsAt' });
  if (startsAt && (startsAt <= now || startsAt > new Date(now.getTime() + FURTHEST_MS)))
    throw new AppError('INVALID_INPUT', 'Enter a time to come, at most 60 days ahead.', {
      field: 'startsAt',
    });
  const row = {
    _id: newObjectId(),
    title,
    impact,
    components: [...new Set(components)],
    updates: [{ state: 'investigating' as const, text, at: now }],
    startedAt: startsAt ?? now,
  };
  await auditedMasterWrite(ctx, async (session) => {
    await incidentModel.create([row], { session });
    await enqueue('status.tell', tellKey(row._id.toString(), now), undefined, { session });
  });
  wakeWorker();
  forgetStatus();
  return row._id.toString();
}

/** Adds to its history; `resolved` ends it. @throws AppError CONFLICT when it is over. */
export async function updateIncident(
  ctx: PlatformContext,
  { incidentId, state, text }: { incidentId: string; state: IncidentState; text: string },
  now = new Date(),
): Promise<void> {
  const _id = objectId(incidentId, 'incident');
  const update = {
    $push: { updates: { state, text, at: now } },
    $set: { resolvedAt: state === 'resolved' ? now : null },
  };
  const { matchedCount } = await auditedMasterWrite(
    ctx,
    async (session) => {
      const changed = await incidentModel.updateOne({ _id, resolvedAt: null }, update, { session });
      if (changed.matchedCount > 0)
        await enqueue('status.tell', tellKey(incidentId, now), undefined, { session });
      return changed;
    },
    { isChange: (result) => result.matchedCount > 0 },
  );
  wakeWorker();
  forgetStatus();
  if (matchedCount > 0) return;
  if (!(await incidentModel.exists({ _id }))) throw notFoundError('incident');
  throw new AppError('CONFLICT', 'This incident is over. Open a new one if it has come back.');
}
