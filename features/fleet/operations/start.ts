import 'server-only';
import { recordPlatformAudit } from '@/lib/audit/record';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { masterTransaction } from '@/lib/master/connection';
import { operationModel } from '@/lib/master/models/operation';
import { organizationModel } from '@/lib/master/models/organization';
import type { OperationKind } from '@/lib/master/vocabulary';
import { newObjectId, objectId } from '@/lib/mongo';
import { enqueue, wakeWorker } from '@/lib/work/queue';
import { hasDatabase } from './policy';

/** Who asked for it: one of the company, of the organization, or the product itself. */
export type By = { kind: 'platform' | 'staff' | 'system'; id: string; name: string };
export const BY_SYSTEM: By = { kind: 'system', id: 'system', name: 'Schedule' };

type Start = {
  by: By;
  organizationId: string;
  kind: OperationKind;
  data?: Record<string, unknown>;
  /** No other such operation at the same time. */
  isExclusive?: boolean;
  /** An id of the caller's choice: asking twice is asking once. */
  id?: string;
  /** False for who runs it in the same process. */
  isQueued?: boolean;
};

/**
 * Writes the operation down and asks the worker for it. @returns its id.
 * @throws AppError NOT_FOUND; CONFLICT without a database, or while another exclusive operation is under way.
 */
export async function startOperation(start: Start): Promise<string> {
  const { by, kind, data = {}, isExclusive = false, isQueued = true } = start;
  const organizationId = objectId(start.organizationId, 'organization');
  const [organizations, operations] = [await organizationModel(), await operationModel()];
  const _id = start.id ? objectId(start.id, 'operation') : newObjectId();
  // Its own hold would refuse it otherwise.
  if (start.id && (await operations.exists({ _id }))) return start.id;
  const organization = await organizations.findById(organizationId).select('status placement').lean();
  if (!organization) throw notFoundError('organization');
  if (!organization.placement || !hasDatabase(organization.status))
    throw new AppError('CONFLICT', 'This organization has no database.');
  try {
    await masterTransaction(async (session) => {
      if (isExclusive) {
        const held = await organizations.updateOne(
          { _id: organizationId, hold: null },
          { $set: { hold: { operationId: _id, mode: 'none', since: new Date() } } },
          { session },
        );
        if (held.matchedCount === 0)
          throw new AppError('CONFLICT', 'Another operation on this organization is under way.');
      }
      await operations.create([{ _id, organizationId, kind, data, requestedBy: by }], { session });
      if (isQueued) await enqueue('organization.operate', _id.toString(), {}, { session });
    });
  } catch (error) {
    if (!start.id || !duplicateKey(error)) throw error;
    return _id.toString();
  }
  if (isQueued) wakeWorker();
  await recordPlatformAudit({
    actor: { ...by, kind: by.kind === 'staff' ? 'public' : by.kind },
    action: `organization.${kind}`,
    target: `operation:${_id.toString()}`,
    organizationId: start.organizationId,
  });
  return _id.toString();
}

/** What the operation keeps people from, from now on; only while it holds the organization. */
export async function setHold(
  organizationId: string,
  operationId: string,
  mode: 'none' | 'read_only' | 'closed',
): Promise<void> {
  await (await organizationModel()).updateOne(
    { _id: objectId(organizationId), 'hold.operationId': objectId(operationId) },
    { $set: { 'hold.mode': mode } },
  );
}

export async function releaseHold(organizationId: string, operationId: string): Promise<void> {
  await (await organizationModel()).updateOne(
    { _id: objectId(organizationId), 'hold.operationId': objectId(operationId) },
    { $unset: { hold: '' } },
  );
}

export const byPlatform = ({ actor }: { actor: { userId: string; name: string } }): By => ({
  kind: 'platform',
  id: actor.userId,
  name: actor.name,
});
