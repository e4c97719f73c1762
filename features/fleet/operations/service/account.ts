import 'server-only';
import { randomUUID } from 'node:crypto';
import { resumeRenewal } from '@/features/subscription/plan-changes/service';
import { env } from '@/lib/env';
import { AppError, notFoundError } from '@/lib/errors';
import { operationModel } from '@/lib/master/models/operation';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import { newObjectId, objectId } from '@/lib/mongo';
import { offboardData } from '../kinds/offboard';
import { canClose, canKeepAccount } from '../policy';
import { type By, startOperation } from '../start';
import { audited, type How } from './parts';

/** Makes an archive of everything for the owner. */
export const exportOrganization = (by: By, organizationId: string, how: How = {}): Promise<string> =>
  startOperation({ ...how, by, organizationId, kind: 'export' });

/**
 * Begins the closing of the account: read-only from now, destroyed when the retention is over.
 * @throws AppError CONFLICT where there is nothing to close, or another operation is under way.
 */
export async function closeAccount(by: By, organizationId: string, how: How = {}): Promise<string> {
  const organization = await (await organizationModel())
    .findById(objectId(organizationId, 'organization'))
    .select('organizationName status ownerId email')
    .lean();
  if (!organization) throw notFoundError('organization');
  if (!canClose(organization.status))
    throw new AppError('CONFLICT', 'This account is not open, so it cannot be closed.');
  const owner = await (await userModel()).findById(organization.ownerId).select('name email').lean();
  return startOperation({
    ...how,
    by,
    organizationId,
    kind: 'offboard',
    data: {
      previousStatus: organization.status,
      retentionEndsAt: new Date(Date.now() + env().OFFBOARD_RETENTION_DAYS * 24 * 60 * 60_000),
      exportId: newObjectId().toString(),
      organizationName: organization.organizationName,
      ownerEmail: owner?.email ?? organization.email,
      ownerName: owner?.name ?? organization.organizationName,
    },
    isExclusive: true,
  });
}

/** The owner keeps the account after all. @throws AppError CONFLICT once its keys are being destroyed. */
export async function keepAccount(by: By, organizationId: string): Promise<void> {
  const operations = await operationModel();
  const row = await operations
    .findOne({
      organizationId: objectId(organizationId, 'organization'),
      kind: 'offboard',
      outcome: 'running',
    })
    .lean();
  if (!row || !canKeepAccount(row))
    throw new AppError('CONFLICT', 'This account cannot be kept any more, or is not being closed.');
  const { previousStatus } = offboardData.parse(row.data);
  // Exactly one of two wins: this, or the worker that notes that the retention is over.
  const taken = await operations.updateOne(
    { _id: row._id, outcome: 'running', step: row.step },
    { $set: { outcome: 'undone', fence: randomUUID(), finishedAt: new Date() }, $unset: { wakeAt: '' } },
  );
  if (taken.matchedCount === 0)
    throw new AppError('CONFLICT', 'The closing has gone on meanwhile. Look again.');
  await (await organizationModel()).updateOne(
    { _id: row.organizationId, 'hold.operationId': row._id },
    { $set: { status: previousStatus, statusSince: new Date() }, $unset: { hold: '' } },
  );
  await resumeRenewal(organizationId, row._id.toString());
  await audited(by, 'organization.keep', organizationId, row._id.toString());
}

/** Closes an organization, or opens it again; its subscription goes on. */
export async function setSuspension(by: By, organizationId: string, reason: string | null): Promise<void> {
  const update = reason
    ? { $set: { suspension: { since: new Date(), reason, byName: by.name } } }
    : { $unset: { suspension: '' } };
  const done = await (await organizationModel()).updateOne(
    { _id: objectId(organizationId, 'organization') },
    update,
  );
  if (done.matchedCount === 0) throw notFoundError('organization');
  await audited(by, reason ? 'organization.suspend' : 'organization.resume', organizationId, '');
}
