import 'server-only';
import { randomUUID } from 'node:crypto';
import { loadBackup, readManifest, removeArchive } from '@/lib/archive/backup-folder';
import { contentsOf, differences } from '@/lib/archive/content';
import { recordPlatformAudit } from '@/lib/audit/record';
import { randomToken } from '@/lib/crypto/cipher';
import { env } from '@/lib/env';
import { AppError, notFoundError } from '@/lib/errors';
import { enqueue, wakeWorker } from '@/lib/jobs/queue';
import { logger } from '@/lib/logger';
import { backupModel } from '@/lib/master/models/backup';
import { cellModel } from '@/lib/master/models/cell';
import { operationModel } from '@/lib/master/models/operation';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import type { OperationKind } from '@/lib/master/vocabulary';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { selfHosted } from '@/lib/provisioning/providers/self-hosted';
import { backup } from './kinds/backup';
import { exportData, exportFile, exportKind } from './kinds/export';
import { offboard, offboardData } from './kinds/offboard';
import { rotate } from './kinds/rotate';
import { transfer, transferData } from './kinds/transfer';
import {
  asPlacement,
  nextDatabaseName,
  type Place,
  placementNow,
  placeOf,
  placeOn,
  sealedUri,
  targetOf,
  withPlace,
} from './place';
import { canClose, canGiveUp, canKeepAccount, canUndo } from './policy';
import { getOperation } from './queries';
import { type Kind, type OnBoundary, runSteps } from './run';
import { BY_SYSTEM, type By, startOperation } from './start';

const KINDS: Record<OperationKind, Kind> = {
  backup,
  restore: transfer,
  move: transfer,
  undo: transfer,
  rotate,
  export: exportKind,
  offboard,
};

/** Takes an operation on from where it is; the job and the operator's command alike. */
export const runOperation = (id: string, fence: string, onBoundary?: OnBoundary): Promise<void> =>
  runSteps(KINDS, id, fence, onBoundary);

/** `isQueued: false` for a command that runs it itself with runOperation. */
type How = { isQueued?: boolean };

export const backUp = (by: By, organizationId: string, how: How = {}): Promise<string> =>
  startOperation({ ...how, by, organizationId, kind: 'backup', data: { takenAt: new Date() } });

/** @throws AppError CONFLICT for a database that is not on a cell of ours. */
async function placeNow(organizationId: string): Promise<Place> {
  const placement = await placementNow(organizationId);
  if (placement.provider !== 'self-hosted')
    throw new AppError('CONFLICT', 'This database lives at another provider; use its own tools there.');
  return placeOf(placement);
}

async function destinationOn(
  organizationId: string,
  cellId: string,
  schemaVersion: number,
  mark: 'r' | 't' = 'r',
) {
  const name = await nextDatabaseName(organizationId, mark);
  const { place, password } = await placeOn(cellId, name, schemaVersion);
  const target = targetOf(organizationId, place, password);
  return { to: place, target, toConnectionString: sealedUri(organizationId, target) };
}

/** Puts a backup into the place of the present database, which is kept for some days. */
export async function restoreBackup(
  by: By,
  organizationId: string,
  backupId: string,
  how: How = {},
): Promise<string> {
  const from = await placeNow(organizationId);
  const found = await findBackup(organizationId, backupId);
  const { to, toConnectionString } = await destinationOn(organizationId, from.cellId, found.schemaVersion);
  return startOperation({
    ...how,
    by,
    organizationId,
    kind: 'restore',
    data: { from, to, toConnectionString, backupId },
    isExclusive: true,
  });
}

async function findBackup(organizationId: string, backupId: string) {
  const found = await (await backupModel())
    .findOne({ _id: objectId(backupId, 'backup'), organizationId: objectId(organizationId, 'organization') })
    .lean();
  if (!found) throw notFoundError('backup');
  return found;
}

/** Takes the organization to a new database on this cell; the one that it leaves is kept for some days. */
export async function moveOrganization(
  by: By,
  organizationId: string,
  cellId: string,
  how: How = {},
): Promise<string> {
  const from = await placeNow(organizationId);
  if (!(await (await cellModel()).exists({ _id: cellId }))) throw notFoundError('cell');
  const { to, toConnectionString } = await destinationOn(organizationId, cellId, from.schemaVersion);
  return startOperation({
    ...how,
    by,
    organizationId,
    kind: 'move',
    data: { from, to, toConnectionString },
    isExclusive: true,
  });
}

/**
 * Takes a restore or a move back. After a restore the database from before is taken as it was, and what was written since
 * is left behind; after a move nothing is left behind: the present content goes back.
 * @throws AppError CONFLICT when it cannot be undone any more.
 */
export async function undoTransfer(by: By, operationId: string, how: How = {}): Promise<string> {
  const row = await getOperation(operationId);
  if (!canUndo({ ...row, keptUntil: row.keptUntil ?? null }, new Date()))
    throw new AppError('CONFLICT', 'This cannot be undone any more.');
  const organizationId = row.organizationId.toString();
  const former = transferData.parse(row.data);
  const from = await placeNow(organizationId);
  if (from.databaseName !== former.to.databaseName)
    throw new AppError('CONFLICT', 'Something newer has happened to this database; undo that first.');
  // A new password: the old one is not kept anywhere.
  const { password } = await placeOn(former.from.cellId, former.from.databaseName, former.from.schemaVersion);
  const to = { ...former.from, ...(row.kind === 'move' ? { schemaVersion: from.schemaVersion } : {}) };
  const target = targetOf(organizationId, to, password);
  return startOperation({
    ...how,
    by,
    organizationId,
    kind: 'undo',
    data: {
      from,
      to,
      toConnectionString: sealedUri(organizationId, target),
      undoes: operationId,
      isKept: row.kind === 'restore',
    },
    isExclusive: true,
  });
}

/** Another database user and password, while work goes on. */
export async function rotateCredential(by: By, organizationId: string, how: How = {}): Promise<string> {
  const from = await placeNow(organizationId);
  if (from.isolation === 'shared-user')
    throw new AppError('CONFLICT', 'The database user of a cell serves many organizations.');
  const username = `${await nextDatabaseName(organizationId, 'r')}_user`;
  const to = { ...from, username };
  const toConnectionString = sealedUri(organizationId, targetOf(organizationId, to, randomToken()));
  return startOperation({
    ...how,
    by,
    organizationId,
    kind: 'rotate',
    data: { from, to, toConnectionString },
    isExclusive: true,
  });
}

/** Gives a restore or a move up before its switch: the organization goes on where it was. */
export async function giveUpOperation(by: By, operationId: string): Promise<void> {
  const row = await getOperation(operationId);
  if (!canGiveUp(row)) throw new AppError('CONFLICT', 'It is past the point where it can be given up.');
  const operations = await operationModel();
  const fence = randomUUID();
  // From here on the worker that ran it can write nothing more.
  const taken = await operations.updateOne(
    { _id: row._id, outcome: 'running', step: row.step },
    { $set: { fence } },
  );
  if (taken.matchedCount === 0) throw new AppError('CONFLICT', 'It has gone on meanwhile. Look again.');
  const noop = async () => {};
  await KINDS[row.kind].giveUp?.({
    id: operationId,
    organizationId: row.organizationId.toString(),
    data: transferData.parse(row.data),
    report: noop,
    save: noop,
  });
  await operations.updateOne(
    { _id: row._id, fence },
    { $set: { outcome: 'failed', lastError: `Given up by ${by.name}`, finishedAt: new Date() } },
  );
  await audited(by, 'organization.give-up', row.organizationId.toString(), operationId);
}

/** A restore or move is right: what it left behind goes now. */
export async function confirmTransfer(by: By, operationId: string): Promise<void> {
  const row = await getOperation(operationId);
  if (!canUndo({ ...row, keptUntil: row.keptUntil ?? null }, new Date()))
    throw new AppError('CONFLICT', 'There is nothing left to confirm.');
  await dropKept(operationId);
  await audited(by, 'organization.confirm', row.organizationId.toString(), operationId);
}

const audited = (by: By, action: string, organizationId: string, operationId: string): Promise<void> =>
  recordPlatformAudit({
    actor: { ...by, kind: by.kind === 'staff' ? 'public' : by.kind },
    action,
    ...(operationId ? { target: `operation:${operationId}` } : {}),
    organizationId,
  });

/** Drops the database that an operation left behind, unless the organization works in it again. */
async function dropKept(operationId: string): Promise<void> {
  const row = await getOperation(operationId);
  const { from } = transferData.parse(row.data);
  const organization = await (await organizationModel())
    .findById(row.organizationId)
    .select('placement.databaseName')
    .lean();
  if (organization?.placement?.databaseName !== from.databaseName) await selfHosted.remove(from);
  await (await operationModel()).updateOne({ _id: row._id }, { $unset: { keptUntil: '' } });
}

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

const STALE_MS = 90_000;

/** Wakes what waits or was left by a process that died, and drops databases that have been kept long enough. */
export async function sweepOperations(now = new Date()): Promise<void> {
  const operations = await operationModel();
  const due = await operations
    .find({ outcome: 'running', wakeAt: op({ $lte: now }) })
    .select('_id')
    .lean();
  const left = await operations
    .find({ outcome: 'running', wakeAt: null, updatedAt: op({ $lt: new Date(now.getTime() - STALE_MS) }) })
    .select('_id')
    .lean();
  for (const { _id } of [...due, ...left]) await enqueue('organization.operate', _id.toString());
  for (const { _id } of await operations
    .find({ keptUntil: op({ $lte: now }) })
    .select('_id')
    .lean())
    await dropKept(_id.toString());
  await removeExpiredExports(now);
  wakeWorker();
}

async function removeExpiredExports(now: Date): Promise<void> {
  const operations = await operationModel();
  const rows = await operations
    .find({
      kind: 'export',
      outcome: 'done',
      finishedAt: op({ $lt: new Date(now.getTime() - 7 * 24 * 60 * 60_000) }),
      'data.isRemoved': null,
    })
    .lean();
  for (const { _id, organizationId, data } of rows) {
    const { expiresAt } = exportData.parse(data);
    if (expiresAt && expiresAt > now) continue;
    await removeArchive(exportFile(organizationId.toString(), _id.toString()));
    await operations.updateOne({ _id }, { $set: { 'data.isRemoved': true } });
  }
}

/** Removes backups older than BACKUP_KEEP_DAYS; the newest one of an organization stays. @returns how many went. */
export async function pruneBackups(now = new Date()): Promise<number> {
  const backups = await backupModel();
  const limit = new Date(now.getTime() - env().BACKUP_KEEP_DAYS * 24 * 60 * 60_000);
  let removed = 0;
  for (const old of await backups.find({ takenAt: op({ $lt: limit }) }).lean()) {
    const isNewest = !(await backups.exists({
      organizationId: old.organizationId,
      takenAt: op({ $gt: old.takenAt }),
    }));
    if (isNewest) continue;
    await removeArchive(old.folder);
    removed += (await backups.deleteOne({ _id: old._id })).deletedCount;
  }
  return removed;
}

/** Restores a backup into a database that is dropped again, and writes down whether it came back whole. */
export async function testRestore(organizationId: string, backupId: string): Promise<string | null> {
  const found = await findBackup(organizationId, backupId);
  const { cellId } = await placeNow(organizationId);
  const { to, target, toConnectionString } = await destinationOn(
    organizationId,
    cellId,
    found.schemaVersion,
    't',
  );
  let testError: string | null = null;
  try {
    await selfHosted.ensureDatabase(target);
    await selfHosted.ensureUser(target);
    const manifest = await readManifest(organizationId, backupId, found.folder);
    testError = await withPlace(asPlacement(organizationId, to, toConnectionString), async (db) => {
      await loadBackup(db, manifest, found.folder, async () => {});
      const different = differences(manifest.collections, await contentsOf(db));
      return different.length > 0 ? `Differs in ${different.join(', ')}` : null;
    });
  } catch (error) {
    testError = error instanceof Error ? error.message : String(error);
  } finally {
    await selfHosted.remove(to);
  }
  if (testError)
    logger.error({ organizationId, backupId, testError }, 'a backup could not be restored on trial');
  await (await backupModel()).updateOne({ _id: found._id }, { $set: { testedAt: new Date(), testError } });
  return testError;
}

/** Every night: a backup of each organization, what is too old goes, and one backup is restored on trial. */
export async function backUpEverybody(): Promise<void> {
  const organizations = await (await organizationModel())
    .find({
      'placement.schemaVersion': op({ $gt: 0 }),
      status: op({ $in: ['active', 'past_due', 'read_only', 'suspended', 'canceled'] as const }),
    })
    .select('_id')
    .lean();
  for (const { _id } of organizations) {
    try {
      const operationId = await backUp(BY_SYSTEM, _id.toString(), { isQueued: false });
      await runOperation(operationId, randomUUID());
    } catch (error) {
      logger.error({ err: error, organizationId: _id.toString() }, 'an organization could not be backed up');
    }
  }
  await pruneBackups();
  // The one that nobody has tried, or whose trial is longest ago, among the newest.
  const [next] = await (await backupModel()).find().sort({ testedAt: 1, takenAt: -1 }).limit(1).lean();
  if (next) await testRestore(next.organizationId.toString(), next._id.toString());
}
