import 'server-only';
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { endSubscription } from '@/features/subscription/billing/sync';
import { stopRenewal } from '@/features/subscription/plan-changes/service';
import { removeAttachmentsOf } from '@/features/support/tickets/attachments';
import { removeArchive } from '@/lib/archive/backup-folder';
import { collectionNames } from '@/lib/archive/content';
import { env } from '@/lib/env';
import { logger } from '@/lib/logger';
import { composeMail } from '@/lib/mail/compose';
import { masterTransaction } from '@/lib/master/connection';
import { backupModel } from '@/lib/master/models/backup';
import { customRoleModel } from '@/lib/master/models/custom-role';
import { invitationModel } from '@/lib/master/models/invitation';
import { membershipModel } from '@/lib/master/models/membership';
import { operationModel } from '@/lib/master/models/operation';
import { organizationModel } from '@/lib/master/models/organization';
import { passkeyModel } from '@/lib/master/models/passkey';
import { secondFactorModel } from '@/lib/master/models/second-factor';
import { sessionModel } from '@/lib/master/models/session';
import { supportGrantModel } from '@/lib/master/models/support-grant';
import { userModel } from '@/lib/master/models/user';
import { userTokenModel } from '@/lib/master/models/user-token';
import { ORGANIZATION_STATES } from '@/lib/master/vocabulary';
import { objectId, op } from '@/lib/mongo';
import { paths } from '@/lib/paths';
import { leaveCell } from '@/lib/provisioning/cells';
import { selfHosted } from '@/lib/provisioning/providers/self-hosted';
import { fileStore } from '@/lib/storage/file-store';
import { forgetTenant } from '@/lib/tenancy/factory';
import { enqueue } from '@/lib/work/queue';
import { destroyOrganizationKey } from '../destroy-keys';
import { placementNow, placeOf, placeSchema, removePlace, withPlace } from '../place';
import { type Kind, type Run, WaitUntil } from '../run';
import { startOperation } from '../start';
import { transferData } from './transfer';

const leftSchema = z.object({
  databaseName: z.string(),
  cellId: z.string(),
  /** Not on a cell: at a vendor, or on a customer's server with the sealed way in. */
  elsewhere: z.object({ place: placeSchema, sealed: z.string().nullish() }).optional(),
});
type Left = z.output<typeof leftSchema>;

const countsSchema = z.object({ collections: z.number(), documents: z.number() });

export const offboardData = z.object({
  previousStatus: z.enum(ORGANIZATION_STATES),
  retentionEndsAt: z.coerce.date(),
  /** The id that the offered export has. */
  exportId: z.string(),
  ownerEmail: z.string(),
  ownerName: z.string(),
  organizationName: z.string(),
  counts: countsSchema.optional(),
  keyDestroyedAt: z.coerce.date().optional(),
  databases: z.array(leftSchema).optional(),
  databasesDroppedAt: z.coerce.date().optional(),
  backups: z.number().optional(),
  usersRemoved: z.number().optional(),
  files: z.number().optional(),
  /** Of its tickets. */
  attachments: z.number().optional(),
  /** Its renewal was stopped by the closing, not by the owner. */
  renewalStoppedAt: z.coerce.date().nullish(),
  subscriptionEndedAt: z.coerce.date().nullish(),
  report: z.looseObject({ sha256: z.string() }).optional(),
});
const dataOf = (run: Run) => offboardData.parse(run.data);

async function countDocuments(organizationId: string): Promise<z.output<typeof countsSchema>> {
  try {
    return await withPlace(await placementNow(organizationId), async (db) => {
      const names = await collectionNames(db);
      let documents = 0;
      for (const name of names) documents += await db.collection(name).countDocuments({});
      return { collections: names.length, documents };
    });
  } catch (error) {
    // A database that is out of reach must not keep the key alive.
    logger.warn({ err: error, organizationId }, 'what is deleted could not be counted');
    return { collections: 0, documents: 0 };
  }
}

/** What restores and moves may have left of this organization, on cells of ours. */
async function databasesLeft(organizationId: string): Promise<Left[]> {
  const left = new Map<string, Left>();
  const kinds = ['restore', 'move', 'undo'] as const;
  const rows = await (await operationModel())
    .find({ organizationId: objectId(organizationId), kind: op({ $in: kinds }) })
    .select('data')
    .lean();
  for (const { data } of rows) {
    const known = transferData.safeParse(data);
    if (!known.success) continue;
    const { from, to, fromConnectionString: sealed } = known.data;
    for (const place of [from, to]) {
      const { databaseName, cellId } = place;
      const key = `${cellId} ${databaseName}`;
      if (place.provider === 'self-hosted') left.set(key, { databaseName, cellId });
      else if (place.provider !== 'external') left.set(key, { databaseName, cellId, elsewhere: { place } });
      else if (sealed && place === from)
        left.set(key, { databaseName, cellId, elsewhere: { place, sealed } });
    }
  }
  return [...left.values()];
}

/** The database that it works in, wherever it lives; nothing when a killed run has dropped it. */
async function dropCurrent(organizationId: string): Promise<void> {
  const isPlaced = await (await organizationModel()).exists({
    _id: objectId(organizationId),
    'placement.databaseName': op({ $exists: true }),
  });
  if (!isPlaced) return;
  const placement = await placementNow(organizationId);
  await removePlace(organizationId, placeOf(placement), placement.sealedConnectionString);
}

/** People of this organization and of no other: their accounts go with it. */
async function removePeople(organizationId: string): Promise<number> {
  const id = objectId(organizationId);
  const [memberships, users] = [await membershipModel(), await userModel()];
  const members = (await memberships.find({ organizationId: id }).select('userId').lean()).map(
    ({ userId }) => userId,
  );
  await (await sessionModel()).deleteMany({ organizationId: id, userId: op({ $in: members }) });
  await (await invitationModel()).deleteMany({ organizationId: id });
  await (await customRoleModel()).deleteMany({ organizationId: id });
  await (await supportGrantModel()).deleteMany({ organizationId: id });
  let removed = 0;
  for (const userId of members) {
    const isElsewhere = await memberships.exists({ userId, organizationId: op({ $ne: id }) });
    if (!isElsewhere) {
      await (await passkeyModel()).deleteMany({ userId });
      await (await secondFactorModel()).deleteOne({ _id: userId });
      await (await userTokenModel()).deleteMany({ userId });
      await (await sessionModel()).deleteMany({ userId });
      removed += (await users.deleteOne({ _id: userId, platformRole: null })).deletedCount;
    }
    // Last: who is a member still is found again after a kill.
    await memberships.deleteOne({ userId, organizationId: id });
  }
  return removed;
}

/** The documents themselves; their keys are gone already. */
async function removeContents(organizationId: string): Promise<number> {
  const store = await fileStore();
  const keys = await store.list(organizationId);
  for (const key of keys) await store.delete(key);
  return keys.length;
}

async function dropEverything(run: Run): Promise<Record<string, unknown>> {
  const { databases = await databasesLeft(run.organizationId) } = dataOf(run);
  await run.save({ databases });
  forgetTenant(run.organizationId);
  await dropCurrent(run.organizationId);
  for (const [index, left] of databases.entries()) {
    await run.report(left.databaseName, index, databases.length);
    if (left.elsewhere) await removePlace(run.organizationId, left.elsewhere.place, left.elsewhere.sealed);
    else await selfHosted.remove(left);
  }
  const id = objectId(run.organizationId);
  const organizations = await organizationModel();
  await masterTransaction(async (session) => {
    const placed = await organizations.findById(id).select('placement.cellId').session(session).lean();
    if (!placed?.placement) return;
    await leaveCell(placed.placement.cellId, session);
    await organizations.updateOne({ _id: id }, { $unset: { placement: '' } }, { session });
  });
  forgetTenant(run.organizationId);
  const usersRemoved = (dataOf(run).usersRemoved ?? 0) + (await removePeople(run.organizationId));
  const backups = await backupModel();
  const listed = dataOf(run).backups ?? (await backups.countDocuments({ organizationId: id }));
  await run.save({ usersRemoved, backups: listed });
  await run.save({ files: (dataOf(run).files ?? 0) + (await removeContents(run.organizationId)) });
  await removeArchive(run.organizationId);
  await backups.deleteMany({ organizationId: id });
  // What was under way beside it, such as an export that nobody waited for, has nothing to work on any more.
  await (await operationModel()).updateMany(
    { organizationId: id, outcome: 'running', _id: op({ $ne: objectId(run.id) }) },
    {
      $set: { outcome: 'failed', lastError: 'The account was closed', finishedAt: new Date() },
      $unset: { wakeAt: '' },
    },
  );
  return { databasesDroppedAt: new Date() };
}

/** Owner and company may look it up for ever: figures, times and a hash, nothing of any patient. */
function reportOf(run: Run) {
  const data = dataOf(run);
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
export const offboard: Kind = {
  steps: {
    export_offered: async (run) => {
      const { exportId, ownerEmail, ownerName, organizationName, retentionEndsAt } = dataOf(run);
      await startOperation({
        by: { kind: 'system', id: 'system', name: 'Closing of the account' },
        organizationId: run.organizationId,
        kind: 'export',
        id: exportId,
      });
      await enqueue(
        'mail.send',
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
      );
      return undefined;
    },
    read_only: async (run) => {
      await (await organizationModel()).updateOne(
        { _id: objectId(run.organizationId), status: op({ $ne: 'deleted' as const }) },
        { $set: { status: 'offboarding', statusSince: new Date() } },
      );
      return undefined;
    },
    renewal_stopped: async (run) => ({
      renewalStoppedAt: (await stopRenewal(run.organizationId, run.id)) ? new Date() : null,
    }),
    retained: async (run) => {
      const { retentionEndsAt } = dataOf(run);
      if (retentionEndsAt > new Date()) throw new WaitUntil(retentionEndsAt);
      return undefined;
    },
    key_destroyed: async (run) => {
      const { counts = await countDocuments(run.organizationId) } = dataOf(run);
      await run.save({ counts });
      await destroyOrganizationKey(
        { actor: { kind: 'system', name: 'Closing of the account' } },
        run.organizationId,
      );
      // At once: without the key their names cannot be shown, and the company's desk would stumble over them.
      const attachments = (dataOf(run).attachments ?? 0) + (await removeAttachmentsOf(run.organizationId));
      return { keyDestroyedAt: new Date(), attachments };
    },
    database_dropped: dropEverything,
    subscription_canceled: async (run) => {
      const row = await (await organizationModel())
        .findById(objectId(run.organizationId))
        .select('subscriptionId')
        .lean();
      if (!row?.subscriptionId) return { subscriptionEndedAt: null };
      await endSubscription(row.subscriptionId);
      return { subscriptionEndedAt: new Date() };
    },
    reported: async (run) => {
      const { ownerEmail, ownerName, organizationName } = dataOf(run);
      const report = reportOf(run);
      await (await organizationModel()).updateOne(
        { _id: objectId(run.organizationId) },
        { $set: { status: 'deleted', statusSince: new Date() }, $unset: { hold: '' } },
      );
      await enqueue(
        'mail.send',
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
      return { report };
    },
  },
};
