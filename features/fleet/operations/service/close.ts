import 'server-only';
import { createHash } from 'node:crypto';
import { endSubscription } from '@/features/subscription/billing/sync';
import { stopRenewal } from '@/features/subscription/plan-changes/service';
import { removeAttachmentsOf } from '@/features/support/tickets/attachments';
import { env } from '@/lib/env';
import { AppError, notFoundError } from '@/lib/errors';
import { composeMail } from '@/lib/mail/compose';
import { forgetMails } from '@/lib/mail/log';
import { enqueueMail } from '@/lib/mail/queue';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { again, done, doneWith } from '@/lib/work/outcome';
import { enqueue } from '@/lib/work/queue';
import { destroyOrganizationKey } from '../destroy-keys';
import { canClose } from '../policy';
import { closingFacts } from '../schema';
import { type By, beginOperation, byOwner, type How, type Operation, type OperationRun } from './begin';
import { countDocuments, eraseOrganization } from './erase';

/**
 * Begins the closing of the account: read-only from now, destroyed when the retention is over.
 * @throws AppError CONFLICT where there is nothing to close, or another operation is under way.
 */
export async function closeAccount(by: By, organizationId: string, how: How = {}): Promise<string> {
  const organization = await organizationModel
    .findById(objectId(organizationId, 'organization'))
    .select('organizationName status ownerId email')
    .lean();
  if (!organization) throw notFoundError('organization');
  if (!canClose(organization.status))
    throw new AppError('CONFLICT', 'This account is not open, so it cannot be closed.');
  const owner = await userModel.findById(organization.ownerId).select('name email').lean();
  return beginOperation({
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

/** @throws AppError INVALID_INPUT unless the name of the organization was typed; CONFLICT as closeAccount. */
export async function closeOwnAccount(ctx: TenantContext, confirmation: string): Promise<string> {
  if (confirmation !== ctx.organization.name)
    throw new AppError('INVALID_INPUT', `Type "${ctx.organization.name}" exactly as it is written.`, {
      field: 'confirmation',
    });
  return closeAccount(byOwner(ctx), ctx.organizationId);
}

/** Owner and company may look it up for ever: figures, times and a hash, nothing of any patient. */
function reportOf(run: OperationRun) {
  const data = closingFacts.parse(run.facts);
  const report = {
    organizationId: run.organizationId,
    organizationName: data.organizationName,
    keyDestroyedAt: data.keyDestroyedAt?.toISOString() ?? null,
    databasesDroppedAt: data.databasesDroppedAt?.toISOString() ?? null,
    databases: 1 + (data.databases?.length ?? 0),
    collections: data.counts?.collections ?? 0,
    documents: data.counts?.documents ?? 0,
    files: data.files ?? 0,
    attachments: data.attachments ?? 0,
    backups: data.backups ?? 0,
    accounts: data.usersRemoved ?? 0,
    subscriptionEndedAt: data.subscriptionEndedAt?.toISOString() ?? null,
  };
  return { ...report, sha256: createHash('sha256').update(JSON.stringify(report)).digest('hex') };
}

/** An account is closed: an export, some weeks to think again, then nothing can be read any more. */
export const offboard: Operation = {
  steps: {
    export_offered: async (run) => {
      const { exportId, ownerEmail, ownerName, organizationName, retentionEndsAt } = closingFacts.parse(
        run.facts,
      );
      await beginOperation({
        by: { kind: 'system', id: 'system', name: 'Closing of the account' },
        organizationId: run.organizationId,
        kind: 'export',
        id: exportId,
      });
      await enqueueMail(
        `closing:${run.id}`,
        composeMail({
          to: ownerEmail,
          subject: `${organizationName} is being closed`,
          name: ownerName,
          paragraphs: [
            `Until ${retentionEndsAt.toISOString().slice(0, 10)} everything can be read and exported, and you can keep the account after all.`,
            'After that its encryption keys are destroyed and the database is deleted. Nobody can bring it back then.',
          ],
          button: { label: 'Export or keep the account', url: `${env().NEXTAUTH_URL}${paths.closeAccount}` },
        }),
        { organizationId: run.organizationId },
      );
      return done;
    },
    read_only: async (run) => {
      // Only while it holds the organization: it may be kept at this very moment.
      await organizationModel.updateOne(
        {
          _id: objectId(run.organizationId),
          'hold.operationId': objectId(run.id),
          status: op({ $ne: 'deleted' as const }),
        },
        { $set: { status: 'offboarding', statusSince: new Date() } },
      );
      return done;
    },
    renewal_stopped: async (run) =>
      doneWith({ renewalStoppedAt: (await stopRenewal(run.organizationId, run.id)) ? new Date() : null }),
    retained: async (run) => {
      const { retentionEndsAt } = closingFacts.parse(run.facts);
      return retentionEndsAt > new Date() ? again(retentionEndsAt) : done;
    },
    key_destroyed: async (run) => {
      const { counts = await countDocuments(run.organizationId) } = closingFacts.parse(run.facts);
      await run.save({ counts });
      await destroyOrganizationKey(
        { actor: { kind: 'system', name: 'Closing of the account' } },
        run.organizationId,
      );
      // At once: without the key their names cannot be shown, and the company's desk would stumble over them.
      const attachments =
        (closingFacts.parse(run.facts).attachments ?? 0) + (await removeAttachmentsOf(run.organizationId));
      await forgetMails(run.organizationId);
      await enqueue('customer.forget', run.organizationId, { organizationId: run.organizationId });
      return doneWith({ keyDestroyedAt: new Date(), attachments });
    },
    database_dropped: eraseOrganization,
    subscription_canceled: async (run) => {
      const row = await organizationModel
        .findById(objectId(run.organizationId))
        .select('subscriptionId')
        .lean();
      if (!row?.subscriptionId) return doneWith({ subscriptionEndedAt: null });
      await endSubscription(row.subscriptionId);
      return doneWith({ subscriptionEndedAt: new Date() });
    },
    reported: async (run) => {
      const { ownerEmail, ownerName, organizationName } = closingFacts.parse(run.facts);
      const report = reportOf(run);
      await organizationModel.updateOne(
        { _id: objectId(run.organizationId) },
        { $set: { status: 'deleted', statusSince: new Date() }, $unset: { hold: '' } },
      );
      await enqueueMail(
        `closed:${run.id}`,
        composeMail({
          to: ownerEmail,
          subject: `${organizationName} has been deleted`,
          name: ownerName,
          paragraphs: [
            `The keys were destroyed on ${report.keyDestroyedAt ?? ''}; then ${report.documents} records in ${report.collections} collections, ${report.files} documents, ${report.attachments} attachments of tickets, ${report.backups} backups and ${report.accounts} accounts were deleted.`,
            `Number of this report: ${report.sha256}`,
          ],
        }),
      );
      return doneWith({ report });
    },
  },
};
