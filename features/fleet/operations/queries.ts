import 'server-only';
import { notFoundError } from '@/lib/errors';
import { backupModel } from '@/lib/master/models/backup';
import { cellModel } from '@/lib/master/models/cell';
import { operationModel } from '@/lib/master/models/operation';
import { organizationModel } from '@/lib/master/models/organization';
import { provisioningModel } from '@/lib/master/models/provisioning';
import { objectId, op } from '@/lib/mongo';
import { parseExternal } from '@/lib/provisioning/external/address';
import { vendorsAtHand } from '@/lib/provisioning/registry';
import type { TenantContext } from '@/lib/tenancy/context';
import { readConnectionString } from '@/lib/tenancy/placement';
import { dayOf, formatInstant } from '@/lib/time';
import { placementNow } from '../placement/queries';
import {
  BACKED_UP_STATES,
  canGiveUp,
  canKeepAccount,
  canUndo,
  hasDatabase,
  isTransfer,
  OPERATION_LABEL,
  OPERATION_STEP_LABEL,
  OPERATION_STEPS,
} from './policy';
import { closingFacts } from './schema';
import { exportFacts } from './service/export';
import { readExport } from './service/write-export';

const MOST_SHOWN = 10;
/** A backup is taken each night; one night may be missed by the hours of a long one. */
const OVERDUE_AFTER_MS = 36 * 3_600_000;
const iso = (date: Date | null | undefined): string | null => date?.toISOString() ?? null;

/** The find behind the overdue ones; apart, so that a test can ask how it is answered. */
export const findBackedUp = (now: Date) =>
  organizationModel
    .find({
      status: op({ $in: BACKED_UP_STATES }),
      createdAt: op({ $lt: new Date(now.getTime() - OVERDUE_AFTER_MS) }),
      'placement.schemaVersion': op({ $gt: 0 }),
    })
    .select('organizationName');

/**
 * Databases that are backed up each night and have no backup of the last 36 hours, with the last one that
 * they have. One that was made within that time waits for its first night, however old its organization is.
 */
export async function listOverdueBackups(now = new Date()) {
  const since = new Date(now.getTime() - OVERDUE_AFTER_MS);
  const [organizations, recent] = await Promise.all([
    findBackedUp(now).lean(),
    backupModel.distinct('organizationId', { takenAt: op({ $gte: since }) }),
  ]);
  const isSafe = new Set(recent.map(String));
  const without = organizations.filter(({ _id }) => !isSafe.has(_id.toString()));
  if (without.length === 0) return [];
  const made = await provisioningModel
    .find({ organizationId: op({ $in: without.map(({ _id }) => _id) }), finishedAt: op({ $gte: since }) })
    .select('organizationId')
    .lean();
  const isNew = new Set(made.map(({ organizationId }) => organizationId.toString()));
  const overdue = without.filter(({ _id }) => !isNew.has(_id.toString()));
  const last = await backupModel.aggregate<{ _id: { toString(): string }; at: Date }>([
    { $match: { organizationId: { $in: overdue.map(({ _id }) => _id) } } },
    { $group: { _id: '$organizationId', at: { $max: '$takenAt' } } },
  ]);
  const lastOf = new Map(last.map(({ _id, at }) => [_id.toString(), at]));
  return overdue.map(({ _id, organizationName }) => ({
    id: _id.toString(),
    name: organizationName,
    lastAt: lastOf.get(_id.toString()) ?? null,
  }));
}

/** An organization's latest operations, newest first; nothing of their secrets. */
export async function listOperations(organizationId: string, now = new Date()) {
  const rows = await operationModel
    .find({ organizationId: objectId(organizationId, 'organization') })
    .sort({ createdAt: -1 })
    .limit(MOST_SHOWN)
    .lean();
  return rows.map((row) => {
    const steps: readonly string[] = OPERATION_STEPS[row.kind];
    const state = { kind: row.kind, step: row.step, outcome: row.outcome, keptUntil: row.keptUntil ?? null };
    return {
      id: row._id.toString(),
      kind: row.kind,
      label: OPERATION_LABEL[row.kind],
      outcome: row.outcome,
      stepLabel: OPERATION_STEP_LABEL[row.step] ?? row.step,
      stepsDone: steps.indexOf(row.step) + 1,
      steps: steps.length,
      progress: row.progress ? `${row.progress.label}, ${row.progress.done} of ${row.progress.total}` : null,
      lastError: row.lastError ?? null,
      requestedBy: row.requestedBy.name ?? '',
      createdAt: row.createdAt.toISOString(),
      wakeAt: iso(row.wakeAt),
      keptUntil: iso(row.keptUntil),
      canUndo: canUndo(state, now),
      canGiveUp: canGiveUp(state),
      canKeepAccount: canKeepAccount(state),
      isTransfer: isTransfer(row.kind),
    };
  });
}
export type OperationEntry = Awaited<ReturnType<typeof listOperations>>[number];

export async function listBackups(organizationId: string) {
  const rows = await backupModel
    .find({ organizationId: objectId(organizationId, 'organization') })
    .sort({ takenAt: -1 })
    .limit(MOST_SHOWN)
    .lean();
  return rows.map((row) => ({
    id: row._id.toString(),
    takenAt: row.takenAt.toISOString(),
    documents: row.documents,
    sizeBytes: row.sizeBytes,
    collections: row.collections,
    sha256: row.sha256,
    testedAt: iso(row.testedAt),
    testError: row.testError ?? null,
    isRestored: row.isRestored ?? true,
    snapshotUntil: row.snapshot ? iso(row.snapshot.expiresAt) : null,
    snapshotId: row.snapshot?.id ?? null,
  }));
}
export type BackupEntry = Awaited<ReturnType<typeof listBackups>>[number];

/** When a backup was last restored on trial without a fault, and the last fault if it is newer. */
export async function findRestoreProof(): Promise<{ greenAt: string | null; fault: string | null }> {
  const tested = { testedAt: op({ $gt: new Date(0) }) };
  const [green] = await backupModel
    .find({ ...tested, testError: null })
    .sort({ testedAt: -1 })
    .limit(1)
    .lean();
  const [last] = await backupModel.find(tested).sort({ testedAt: -1 }).limit(1).lean();
  return { greenAt: iso(green?.testedAt), fault: last?.testError ?? null };
}

/** What the company's page of an organization shows of its database's life. @throws AppError NOT_FOUND. */
export async function getLife(organizationId: string) {
  const [organization, operations, backups, cells] = await Promise.all([
    organizationModel
      .findById(objectId(organizationId, 'organization'))
      .select('status purpose placement.cellId placement.provider hold suspension')
      .lean(),
    listOperations(organizationId),
    listBackups(organizationId),
    cellModel.find().select('_id').sort({ _id: 1 }).lean(),
  ]);
  if (!organization) throw notFoundError('organization');
  const { suspension, status, placement } = organization;
  return {
    operations,
    backups,
    cells: cells.map(({ _id }) => _id),
    vendors: vendorsAtHand(),
    cellId: placement?.cellId ?? null,
    hasDatabase: Boolean(placement) && hasDatabase(status),
    isCopy: organization.purpose === 'demo' || organization.purpose === 'sandbox',
    isHeld: Boolean(organization.hold),
    suspendedFor: suspension?.reason ?? null,
  };
}
export type Life = Awaited<ReturnType<typeof getLife>>;

/** One operation as stored. @throws AppError NOT_FOUND. */
export async function getOperation(operationId: string) {
  const row = await operationModel.findById(objectId(operationId, 'operation')).lean();
  if (!row) throw notFoundError('operation');
  return row;
}

/** A backup of this organization as stored. @throws AppError NOT_FOUND. */
export async function getBackup(organizationId: string, backupId: string) {
  const found = await backupModel
    .findOne({ _id: objectId(backupId, 'backup'), organizationId: objectId(organizationId, 'organization') })
    .lean();
  if (!found) throw notFoundError('backup');
  return found;
}

/** For the owner's page: whether the account is being closed, until when it can be kept, and its exports. */
export async function getClosing(ctx: TenantContext, now = new Date()) {
  const rows = await operationModel
    .find({ organizationId: objectId(ctx.organizationId) })
    .sort({ createdAt: -1 })
    .limit(50)
    .lean();
  const closing = rows.find(({ kind, outcome }) => kind === 'offboard' && outcome === 'running');
  const until = closing ? closingFacts.parse(closing.data).retentionEndsAt : null;
  return {
    name: ctx.organization.name,
    closesOn: until ? dayOf(until, ctx.timeZone) : null,
    canKeep: closing ? canKeepAccount(closing) : false,
    exports: rows
      .filter(({ kind }) => kind === 'export')
      .slice(0, 5)
      .map((row) => {
        const { expiresAt, sizeBytes, documents } = exportFacts.parse(row.data);
        const isReady = row.outcome === 'done' && expiresAt && expiresAt > now;
        return {
          id: row._id.toString(),
          askedOn: formatInstant(row.createdAt, ctx.timeZone),
          state:
            row.outcome === 'running'
              ? ('making' as const)
              : isReady
                ? ('ready' as const)
                : ('gone' as const),
          progress: row.progress ? `${row.progress.done} of ${row.progress.total} parts` : null,
          sizeBytes: sizeBytes ?? null,
          documents: documents ?? null,
          expiresOn: expiresAt ? dayOf(expiresAt, ctx.timeZone) : null,
        };
      }),
  };
}
export type Closing = Awaited<ReturnType<typeof getClosing>>;

/**
 * For the owner's page: whose server the data is on, and the last move. Of the connection string only host
 * and database.
 */
export async function getOwnDatabase(ctx: TenantContext) {
  const [placement, operations] = await Promise.all([
    placementNow(ctx.organizationId),
    listOperations(ctx.organizationId),
  ]);
  const move = operations.find(({ isTransfer }) => isTransfer);
  const own = placement.provider === 'external' ? parseExternal(readConnectionString(placement)) : null;
  return {
    own: own ? { hosts: own.hosts.join(', '), databaseName: own.databaseName } : null,
    move:
      move?.outcome === 'running'
        ? {
            step: move.stepLabel,
            stepsDone: move.stepsDone,
            steps: move.steps,
            hasTrouble: move.lastError !== null,
          }
        : null,
    keptUntil: own && move?.keptUntil ? dayOf(new Date(move.keptUntil), ctx.timeZone) : null,
  };
}
export type OwnDatabase = Awaited<ReturnType<typeof getOwnDatabase>>;

/**
 * An export that the organization may fetch now, opened while it is read.
 * @throws AppError NOT_FOUND for any other.
 */
export async function openExport(ctx: TenantContext, operationId: string, now = new Date()) {
  const row = await operationModel
    .findOne({
      _id: objectId(operationId, 'export'),
      organizationId: objectId(ctx.organizationId),
      kind: 'export',
      outcome: 'done',
    })
    .lean();
  const { expiresAt } = exportFacts.parse(row?.data ?? {});
  if (!row || !expiresAt || expiresAt <= now) throw notFoundError('export');
  const content = readExport(ctx.organizationId, operationId);
  return { name: `export-${dayOf(row.createdAt, ctx.timeZone)}.zip`, content };
}
