import 'server-only';
import type { ClientSession } from 'mongoose';
import { cellModel } from '@/lib/master/models/cell';
import { preparedDatabaseModel } from '@/lib/master/models/prepared-database';
import { objectId, op } from '@/lib/mongo';
import { cellAdmin } from '@/lib/provisioning/providers/self-hosted';
import { handMarkerOver } from '@/lib/provisioning/wire';
import { openConnectionString, type Placement, sealConnectionString } from '@/lib/tenancy/placement';
import { SCHEMA_VERSION } from '@/lib/tenancy/schema-version';

/**
 * Takes a prepared database for this organization, in the caller's transaction; null where none waits. Those
 * on a cell that has been closed meanwhile are left.
 */
export async function takePrepared(
  organizationId: string,
  session: ClientSession,
): Promise<Placement | null> {
  const closed = await cellModel.find({ acceptsNew: false }).select('_id').session(session).lean();
  const cellId = op({ $nin: closed.map(({ _id }) => _id) });
  const row = await preparedDatabaseModel
    .findOneAndUpdate(
      { state: 'ready', schemaVersion: SCHEMA_VERSION, cellId },
      { $set: { state: 'taken', organizationId: objectId(organizationId) } },
      { session, sort: { createdAt: 1 } },
    )
    .lean();
  if (!row) return null;
  const connectionString = openConnectionString(row._id.toString(), row.connectionString);
  return {
    organizationId,
    provider: 'self-hosted',
    cellId: row.cellId,
    databaseName: row.databaseName,
    isolation: row.isolation,
    username: row.username,
    schemaVersion: row.schemaVersion,
    sealedConnectionString: sealConnectionString(organizationId, connectionString),
  };
}

/**
 * The marker of a prepared database that was taken names its organization from here on. Nothing to do for any
 * other.
 */
export async function handPreparedOver(organizationId: string): Promise<void> {
  const row = await preparedDatabaseModel
    .findOne({ organizationId: objectId(organizationId), state: 'taken' })
    .lean();
  if (!row) return;
  const admin = await cellAdmin(row.cellId);
  await handMarkerOver(admin, row.databaseName, { from: row._id.toString(), to: organizationId });
  await preparedDatabaseModel.deleteOne({ _id: row._id });
}
