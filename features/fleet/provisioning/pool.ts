import 'server-only';
import '@/server/tenant-models';
import { ConnectionString } from 'mongodb-connection-string-url';
import mongoose, { type ClientSession } from 'mongoose';
import { env } from '@/lib/env';
import { masterTransaction } from '@/lib/master/connection';
import { preparedDatabaseModel } from '@/lib/master/models/prepared-database';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { ensureCells, takeCell } from '@/lib/provisioning/cells';
import type { TenantTarget } from '@/lib/provisioning/provider';
import { cellAdmin, selfHosted } from '@/lib/provisioning/providers/self-hosted';
import { handMarkerOver } from '@/lib/provisioning/wire';
import { tenantDefinitions } from '@/lib/tenancy/define-tenant-model';
import { openConnectionString, sealConnectionString } from '@/lib/tenancy/placement';
import { SCHEMA_VERSION } from '@/lib/tenancy/schema-version';
import { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { onCell } from './on-cell';

// Making a database is mostly the making of its collections and indexes. Those that wait have them, so that a hospital that
// has paid gets one at once. They are made on shared cells only: a cluster of one's own costs money while it waits.

type Row = {
  _id: ReturnType<typeof newObjectId>;
  cellId: string;
  databaseName: string;
  isolation: TenantTarget['isolation'];
  username: string;
  connectionString: string;
};

/** Brings the pool to this many, and to the newest schema. Killed, the next run goes on where it stopped. */
export async function fillPool(wanted = env().PREPARED_DATABASES): Promise<void> {
  const prepared = await preparedDatabaseModel();
  const unfinished = await prepared
    .find({ state: op({ $in: ['making', 'ready'] as const }), schemaVersion: op({ $lt: SCHEMA_VERSION }) })
    .limit(100)
    .lean();
  for (const row of unfinished) await make(row);
  for (let there = await countPrepared(); there < wanted; there++) await make(await begin());
}

/** Those that no organization has yet; at most a hundred. */
export const listWaiting = async () =>
  (await preparedDatabaseModel())
    .find({ state: op({ $in: ['making', 'ready'] as const }) })
    .limit(100)
    .select('cellId state')
    .lean();

/** How many wait and are ready. */
export const countPrepared = async (): Promise<number> =>
  (await preparedDatabaseModel()).countDocuments({ state: 'ready' });

/** Takes a place on a cell and writes down what will be there, before anything is. */
async function begin(): Promise<Row> {
  const prepared = await preparedDatabaseModel();
  const _id = newObjectId();
  await ensureCells();
  return masterTransaction(async (session) => {
    const { cellId, target, connectionString } = await onCell(await takeCell(session), _id.toString());
    const row = {
      _id,
      cellId,
      databaseName: target.databaseName,
      isolation: target.isolation,
      username: target.username,
      connectionString: sealConnectionString(_id.toString(), connectionString),
    };
    await prepared.create([{ ...row, state: 'making' }], { session });
    return row;
  });
}

async function make(row: Row): Promise<void> {
  const number = row._id.toString();
  const uri = openConnectionString(number, row.connectionString);
  const target: TenantTarget = {
    organizationId: number,
    databaseName: row.databaseName,
    username: row.username,
    password: decodeURIComponent(new ConnectionString(uri).password),
    isolation: row.isolation,
    cellId: row.cellId,
  };
  await selfHosted.ensureDatabase(target);
  await selfHosted.ensureUser(target);
  const connection = await mongoose.createConnection(uri, { maxPoolSize: 2, autoIndex: false }).asPromise();
  try {
    await new TenantDatabase(number, connection).ensureCollections(tenantDefinitions());
  } finally {
    await connection.close();
  }
  await (await preparedDatabaseModel()).updateOne(
    { _id: row._id, state: op({ $in: ['making', 'ready'] as const }) },
    { $set: { state: 'ready', schemaVersion: SCHEMA_VERSION } },
  );
}

/** One that is ready, for this organization, in the caller's transaction; null where none waits. */
export async function takePrepared(organizationId: string, session: ClientSession) {
  const row = await (await preparedDatabaseModel())
    .findOneAndUpdate(
      { state: 'ready', schemaVersion: SCHEMA_VERSION },
      { $set: { state: 'taken', organizationId: objectId(organizationId) } },
      { session, sort: { createdAt: 1 } },
    )
    .lean();
  if (!row) return null;
  return {
    provider: selfHosted.name,
    cellId: row.cellId,
    databaseName: row.databaseName,
    isolation: row.isolation,
    username: row.username,
    connectionString: openConnectionString(row._id.toString(), row.connectionString),
    schemaVersion: row.schemaVersion,
  };
}

/** The marker of a database that was taken names its organization from here on. Nothing to do for any other. */
export async function handOver(organizationId: string): Promise<void> {
  const prepared = await preparedDatabaseModel();
  const row = await prepared.findOne({ organizationId: objectId(organizationId), state: 'taken' }).lean();
  if (!row) return;
  const admin = await cellAdmin(row.cellId);
  await handMarkerOver(admin, row.databaseName, { from: row._id.toString(), to: organizationId });
  await prepared.deleteOne({ _id: row._id });
}
