import 'server-only';
import pLimit from 'p-limit';
import { organizationModel } from '@/lib/master/models/organization';
import { op } from '@/lib/mongo';
import { SCHEMA_VERSION } from '@/lib/tenancy/schema-version';
import { MIGRATIONS, type Migration } from '../migrations';
import { organizationMigrationModel } from '../model';
import { migrateOrganization } from './migrate';

/** Whose version is not the newest; those whose last migration failed come last. */
async function organizationsBehind(): Promise<string[]> {
  const rows = await organizationModel
    .find({
      'placement.schemaVersion': op({ $gt: 0, $lt: SCHEMA_VERSION }),
      status: op({ $ne: 'deleted' as const }),
    })
    .sort({ _id: 1 })
    .select('_id')
    .lean();
  const ids = rows.map(({ _id }) => _id);
  const failed = await organizationMigrationModel
    .find({ _id: op({ $in: ids }), state: 'failed' })
    .select('_id')
    .lean();
  const isFailed = new Set(failed.map(({ _id }) => _id.toString()));
  return ids.map(String).sort((a, b) => Number(isFailed.has(a)) - Number(isFailed.has(b)));
}

export type FleetResult = { organizationId: string; error: string | null };

type FleetOptions = {
  /** Which; all that are behind when absent. */
  organizationIds?: readonly string[] | undefined;
  /** Goes first, alone; the first one when absent. */
  canary?: string | undefined;
  parallel?: number | undefined;
  migrations?: readonly Migration[];
  onResult?: (result: FleetResult) => void;
};

/**
 * Migrates many: the canary first, and if it fails nobody else; then the rest, several at a time, past any
 * failure.
 * @returns one result for each that was tried.
 */
export async function migrateFleet(options: FleetOptions = {}): Promise<FleetResult[]> {
  const { parallel = 4, migrations = MIGRATIONS, onResult = () => {} } = options;
  const wanted = options.organizationIds ?? (await organizationsBehind());
  const canary = options.canary ?? wanted[0];
  if (!canary) return [];
  const one = async (organizationId: string): Promise<FleetResult> => {
    let error: string | null = null;
    try {
      await migrateOrganization(organizationId, migrations);
    } catch (cause) {
      error = cause instanceof Error ? cause.message : String(cause);
    }
    onResult({ organizationId, error });
    return { organizationId, error };
  };
  const first = await one(canary);
  if (first.error !== null) return [first];
  const limit = pLimit(parallel);
  const rest = wanted.filter((id) => id !== canary);
  return [first, ...(await Promise.all(rest.map((id) => limit(() => one(id)))))];
}
