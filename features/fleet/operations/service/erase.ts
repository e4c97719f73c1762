import 'server-only';
import type { z } from 'zod';
import { forgetOnlineAccount } from '@/features/cashier/online-accounts/service';
import { removeFace } from '@/features/identity/face/service';
import { forgetInvoiceDetails } from '@/features/subscription/invoice-details/service';
import { removeArchive } from '@/lib/archive/backup-folder';
import { collectionNames } from '@/lib/archive/content';
import { logger } from '@/lib/logger';
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
import { objectId, op } from '@/lib/mongo';
import { leaveCell } from '@/lib/provisioning/cells';
import { selfHosted } from '@/lib/provisioning/providers/self-hosted';
import { fileStore } from '@/lib/storage/file-store';
import { forgetTenant } from '@/lib/tenancy/factory';
import { done, doneWith, type Outcome } from '@/lib/work/outcome';
import { placementNow, withDatabaseAt } from '../../placement/queries';
import { removeDatabase } from '../../placement/service/remove';
import { closingFacts, type contentCounts, type DatabaseLeft } from '../schema';
import type { OperationRun } from './begin';
import { transferFacts } from './transfer';

/** How much there is to delete; zero where the database is out of reach. */
export async function countDocuments(organizationId: string): Promise<z.output<typeof contentCounts>> {
  try {
    return await withDatabaseAt(await placementNow(organizationId), async (db) => {
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

/** What restores and moves may have left of this organization, on our cells. */
async function databasesLeft(organizationId: string): Promise<DatabaseLeft[]> {
  const left = new Map<string, DatabaseLeft>();
  const kinds = ['restore', 'move', 'undo'] as const;
  const rows = await operationModel
    .find({ organizationId: objectId(organizationId), kind: op({ $in: kinds }) })
    .select('data')
    .lean();
  for (const { data } of rows) {
    const known = transferFacts.safeParse(data);
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
async function dropCurrent(organizationId: string): Promise<Outcome> {
  const isPlaced = await organizationModel.exists({
    _id: objectId(organizationId),
    'placement.databaseName': op({ $exists: true }),
  });
  if (!isPlaced) return done;
  const placement = await placementNow(organizationId);
  return removeDatabase(organizationId, placement, placement.sealedConnectionString);
}

/** Every database that it has or had; what a vendor still removes is asked for again. */
async function dropDatabases(run: OperationRun): Promise<Outcome> {
  const { organizationId } = run;
  const { databases = await databasesLeft(organizationId) } = closingFacts.parse(run.facts);
  await run.save({ databases });
  forgetTenant(organizationId);
  const current = await dropCurrent(organizationId);
  if (current.outcome !== 'done') return current;
  for (const [index, { databaseName, cellId, elsewhere }] of databases.entries()) {
    await run.report(databaseName, index, databases.length);
    if (!elsewhere) {
      await selfHosted.remove({ databaseName, cellId });
      continue;
    }
    const removed = await removeDatabase(organizationId, elsewhere.place, elsewhere.sealed);
    if (removed.outcome !== 'done') return removed;
  }
  return done;
}

async function leavePlacement(organizationId: string): Promise<void> {
  const _id = objectId(organizationId);
  await masterTransaction(async (session) => {
    const placed = await organizationModel.findById(_id).select('placement.cellId').session(session).lean();
    if (!placed?.placement) return;
    await leaveCell(placed.placement.cellId, session);
    await organizationModel.updateOne({ _id }, { $unset: { placement: '' } }, { session });
  });
  forgetTenant(organizationId);
}

/** People of this organization and of no other: their accounts go with it. */
async function removePeople(organizationId: string): Promise<number> {
  const id = objectId(organizationId);
  const members = (await membershipModel.find({ organizationId: id }).select('userId').lean()).map(
    ({ userId }) => userId,
  );
  await sessionModel.deleteMany({ organizationId: id, userId: op({ $in: members }) });
  await invitationModel.deleteMany({ organizationId: id });
  await customRoleModel.deleteMany({ organizationId: id });
  await supportGrantModel.deleteMany({ organizationId: id });
  await removeFace(organizationId);
  await forgetOnlineAccount(organizationId);
  await forgetInvoiceDetails(organizationId);
  let removed = 0;
  for (const userId of members) {
    const isElsewhere = await membershipModel.exists({ userId, organizationId: op({ $ne: id }) });
    if (!isElsewhere) {
      await passkeyModel.deleteMany({ userId });
      await secondFactorModel.deleteOne({ _id: userId });
      await userTokenModel.deleteMany({ userId });
      await sessionModel.deleteMany({ userId });
      removed += (await userModel.deleteOne({ _id: userId, platformRole: null })).deletedCount;
    }
    // Last: who is a member still is found again after a kill.
    await membershipModel.deleteOne({ userId, organizationId: id });
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

/** Databases, people, contents and backups; may be killed anywhere and is then done again. */
export async function eraseOrganization(run: OperationRun): Promise<Outcome> {
  const dropped = await dropDatabases(run);
  if (dropped.outcome !== 'done') return dropped;
  await leavePlacement(run.organizationId);
  const id = objectId(run.organizationId);
  const known = closingFacts.parse(run.facts);
  const usersRemoved = (known.usersRemoved ?? 0) + (await removePeople(run.organizationId));
  const listed = known.backups ?? (await backupModel.countDocuments({ organizationId: id }));
  await run.save({ usersRemoved, backups: listed });
  await run.save({ files: (known.files ?? 0) + (await removeContents(run.organizationId)) });
  await removeArchive(run.organizationId);
  await backupModel.deleteMany({ organizationId: id });
  // What was under way beside it, such as an export that nobody waited for, has nothing to work on any more.
  await operationModel.updateMany(
    { organizationId: id, outcome: 'running', _id: op({ $ne: objectId(run.id) }) },
    {
      $set: { outcome: 'failed', lastError: 'The account was closed', finishedAt: new Date() },
      $unset: { wakeAt: '' },
    },
  );
  return doneWith({ databasesDroppedAt: new Date() });
}
