import 'server-only';
import mongoose from 'mongoose';
import { env } from '@/lib/env';
import { masterTransaction } from '@/lib/master/connection';
import { preparedDatabaseModel } from '@/lib/master/models/prepared-database';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { ensureCells, takeCell } from '@/lib/provisioning/cells';
import { selfHosted } from '@/lib/provisioning/providers/self-hosted';
import { tenantDefinitions } from '@/lib/tenancy/define-tenant-model';
import { databaseNameOf, type Placement, readConnectionString } from '@/lib/tenancy/placement';
import { SCHEMA_VERSION } from '@/lib/tenancy/schema-version';
import { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { placeOnCell } from '../policy';
import { countPrepared, targetOf } from '../queries';
import { openWay } from './open-way';

// Making a database is mostly the making of its collections and indexes. Those that wait have them, so that a
// hospital that has paid gets one at once. They are made on shared cells only: a cluster of one's own costs
// money while it waits. Until it is taken, a prepared database belongs to a number of its own, which stands
// in for the organization's id.

/** Brings the pool to this many, and to the newest schema. Killed, the next run goes on where it stopped. */
export async function fillPool(wanted = env().PREPARED_DATABASES): Promise<void> {
  const unfinished = await preparedDatabaseModel
    .find({ state: op({ $in: ['making', 'ready'] as const }), schemaVersion: op({ $lt: SCHEMA_VERSION }) })
    .limit(100)
    .lean();
  for (const { _id, cellId, databaseName, isolation, username, schemaVersion, ...row } of unfinished)
    await makeDatabase({
      organizationId: _id.toString(),
      provider: 'self-hosted',
      cellId,
      databaseName,
      isolation,
      username,
      schemaVersion,
      sealedConnectionString: row.connectionString,
    });
  for (let there = await countPrepared(); there < wanted; there++) await makeDatabase(await reserve());
}

/** Takes a place on a cell and writes down what will be there, before anything is. */
async function reserve(): Promise<Placement> {
  const _id = newObjectId();
  const number = _id.toString();
  await ensureCells();
  return masterTransaction(async (session) => {
    const database = { databaseName: databaseNameOf(number), schemaVersion: 0 };
    const placement = await openWay(number, placeOnCell(await takeCell(session), database));
    const { cellId, databaseName, isolation, username, sealedConnectionString } = placement;
    const row = { _id, cellId, databaseName, isolation, username, connectionString: sealedConnectionString };
    await preparedDatabaseModel.create([{ ...row, state: 'making' }], { session });
    return placement;
  });
}

async function makeDatabase(placement: Placement): Promise<void> {
  const target = targetOf(placement);
  await selfHosted.ensureDatabase(target);
  await selfHosted.ensureUser(target);
  const uri = readConnectionString(placement);
  const connection = await mongoose.createConnection(uri, { maxPoolSize: 2, autoIndex: false }).asPromise();
  try {
    await new TenantDatabase(placement.organizationId, connection).ensureCollections(tenantDefinitions());
  } finally {
    await connection.close();
  }
  await preparedDatabaseModel.updateOne(
    { _id: objectId(placement.organizationId), state: op({ $in: ['making', 'ready'] as const }) },
    { $set: { state: 'ready', schemaVersion: SCHEMA_VERSION } },
  );
}
