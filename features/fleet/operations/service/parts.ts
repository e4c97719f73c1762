import 'server-only';
import { recordPlatformAudit } from '@/lib/audit/record';
import { notFoundError } from '@/lib/errors';
import { backupModel } from '@/lib/master/models/backup';
import { operationModel } from '@/lib/master/models/operation';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { NotReadyYet } from '@/lib/provisioning/provider';
import { transferData } from '../kinds/transfer';
import { newPlace, type Place, placementNow, placeOf, removePlace, sealedUri, targetOf } from '../place';
import { getOperation } from '../queries';
import { type By, startOperation } from '../start';

/** `isQueued: false` for a command that runs it itself with runOperation; `id` of its own where asking twice is asking once. */
export type How = { isQueued?: boolean; id?: string };

export const placeNow = async (organizationId: string): Promise<Place> =>
  placeOf(await placementNow(organizationId));

/** The way into a server that is left and is no cell: kept until what is ours there has gone. */
async function wayBack(organizationId: string, from: Place): Promise<{ fromConnectionString?: string }> {
  if (from.provider === 'self-hosted') return {};
  return { fromConnectionString: (await placementNow(organizationId)).sealedConnectionString };
}

type Switch = { from: Place; to: Place; toConnectionString?: string | null | undefined };

/** Begins to make another database the organization's, with what its kind needs to know besides. */
export const startSwitch = async (
  by: By,
  organizationId: string,
  kind: 'restore' | 'reset' | 'move' | 'undo',
  { from, to, toConnectionString, ...facts }: Switch & Record<string, unknown>,
  how: How,
): Promise<string> =>
  startOperation({
    ...how,
    by,
    organizationId,
    kind,
    data: { from, to, toConnectionString, ...(await wayBack(organizationId, from)), ...facts },
    isExclusive: true,
  });

/** A new database for the organization on a cell or at a vendor: its place, how to reach it, and that sealed. */
export async function destinationOn(
  organizationId: string,
  destination: string,
  schemaVersion: number,
  mark: 'r' | 't' = 'r',
) {
  const { place, password } = await newPlace(organizationId, destination, schemaVersion, mark);
  const target = targetOf(organizationId, place, password);
  return { to: place, target, toConnectionString: await sealedUri(organizationId, place.provider, target) };
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

/** Removes what an operation that was given up had begun to make. */
export async function removeLeftOver(operationId: string): Promise<void> {
  const row = await getOperation(operationId);
  const { to, toConnectionString } = transferData.parse(row.data);
  await removePlace(row.organizationId.toString(), to, toConnectionString);
  await (await operationModel()).updateOne({ _id: row._id }, { $unset: { isLeftOver: '' } });
}

/**
 * Drops the database that an operation left behind, unless the organization works in it again. Where a vendor needs time
 * for it, the sweep goes on.
 */
export async function dropKept(operationId: string): Promise<void> {
  const row = await getOperation(operationId);
  const { from, fromConnectionString } = transferData.parse(row.data);
  const organization = await (await organizationModel())
    .findById(row.organizationId)
    .select('placement.databaseName')
    .lean();
  if (organization?.placement?.databaseName !== from.databaseName) {
    try {
      await removePlace(row.organizationId.toString(), from, fromConnectionString);
    } catch (error) {
      if (!(error instanceof NotReadyYet)) throw error;
      // It is past undoing; the sweep asks the vendor again.
      await (await operationModel()).updateOne({ _id: row._id }, { $set: { keptUntil: new Date() } });
      return;
    }
  }
  await (await operationModel()).updateOne(
    { _id: row._id },
    { $unset: { keptUntil: '', 'data.fromConnectionString': '' } },
  );
}
