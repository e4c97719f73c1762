import 'server-only';
import { organizationModel } from '@/lib/master/models/organization';
import { op } from '@/lib/mongo';
import { SCHEMA_VERSION } from '@/lib/tenancy/schema-version';
import { type MigrationState, organizationMigrationModel } from './model';

export type FleetRow = {
  organizationId: string;
  name: string;
  status: string;
  version: number;
  isBehind: boolean;
  state: MigrationState | null;
  attempts: number;
  changed: number;
  finishedAt: string | null;
  lastError: string | null;
};

/** Every organization with a database, oldest first: its version and how its last migration ended. */
export async function listFleet(): Promise<FleetRow[]> {
  const organizations = await organizationModel
    // Version 0 belongs to provisioning, which leads to the newest one by itself.
    .find({ 'placement.schemaVersion': op({ $gt: 0 }), status: op({ $ne: 'deleted' as const }) })
    .sort({ _id: 1 })
    .select('organizationName status placement.schemaVersion')
    .lean();
  const rows = await organizationMigrationModel.find({}).lean();
  const ledger = new Map(rows.map((row) => [row._id.toString(), row]));
  return organizations.map(({ _id, organizationName, status, placement }) => {
    const row = ledger.get(_id.toString());
    const version = placement?.schemaVersion ?? 0;
    return {
      organizationId: _id.toString(),
      name: organizationName,
      status,
      version,
      isBehind: version < SCHEMA_VERSION,
      state: row?.state ?? null,
      attempts: row?.attempts ?? 0,
      changed: row?.changed ?? 0,
      finishedAt: row?.finishedAt?.toISOString() ?? null,
      lastError: row?.lastError ?? null,
    };
  });
}
