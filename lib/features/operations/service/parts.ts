import 'server-only';
import { recordPlatformAudit } from '@/lib/audit/record';
import { AppError, notFoundError } from '@/lib/errors';
import { backupModel } from '@/lib/master/models/backup';
import { operationModel } from '@/lib/master/models/operation';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { transferData } from '../kinds/transfer';
import {
  nextDatabaseName,
  type Place,
  placementNow,
  placeOf,
  placeOn,
  removePlace,
  sealedUri,
  targetOf,
} from '../place';
import { getOperation } from '../queries';
import type { By } from '../start';

/** `isQueued: false` for a command that runs it itself with runOperation. */
export type How = { isQueued?: boolean };

/** @throws AppError CONFLICT for a database that is not on a cell of ours, or on the customer's server where that will do. */
export async function placeNow(
  organizationId: string,
  where: readonly Place['provider'][] = ['self-hosted'],
): Promise<Place> {
  const placement = await placementNow(organizationId);
  if (!where.some((provider) => provider === placement.provider))
    throw new AppError('CONFLICT', 'This database lives at another provider; use its own tools there.');
  return placeOf(placement);
}

/** The way into a customer's server that is left: kept until our collections there have gone. */
export async function wayBack(
  organizationId: string,
  from: Place,
): Promise<{ fromConnectionString?: string }> {
  if (from.provider === 'self-hosted') return {};
  return { fromConnectionString: (await placementNow(organizationId)).sealedConnectionString };
}

/** A new database for the organization on this cell: its place, how to reach it, and that sealed. */
export async function destinationOn(
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

export async function findBackup(organizationId: string, backupId: string) {
  const found = await (await backupModel())
    .findOne({ _id: objectId(backupId, 'backup'), organizationId: objectId(organizationId, 'organization') })
    .lean();
  if (!found) throw notFoundError('backup');
  return found;
}

/** Leaves it in the company's log. */
export const audited = (by: By, action: string, organizationId: string, operationId: string): Promise<void> =>
  recordPlatformAudit({
    actor: { ...by, kind: by.kind === 'staff' ? 'public' : by.kind },
    action,
    ...(operationId ? { target: `operation:${operationId}` } : {}),
    organizationId,
  });

/** Drops the database that an operation left behind, unless the organization works in it again. */
export async function dropKept(operationId: string): Promise<void> {
  const row = await getOperation(operationId);
  const { from, fromConnectionString } = transferData.parse(row.data);
  const organization = await (await organizationModel())
    .findById(row.organizationId)
    .select('placement.databaseName')
    .lean();
  if (organization?.placement?.databaseName !== from.databaseName)
    await removePlace(row.organizationId.toString(), from, fromConnectionString);
  await (await operationModel()).updateOne(
    { _id: row._id },
    { $unset: { keptUntil: '', 'data.fromConnectionString': '' } },
  );
}
