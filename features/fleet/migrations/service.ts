import 'server-only';
import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import { recordPlatformAudit } from '@/lib/audit/record';
import { ensureOrganizationKey } from '@/lib/crypto/organization-keys';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { organizationModel } from '@/lib/master/models/organization';
import { organizationMigrationModel } from '@/lib/master/models/organization-migration';
import { objectId, op } from '@/lib/mongo';
import { tenantDefinitions } from '@/lib/tenancy/define-tenant-model';
import { forgetTenant, withTenantDatabase } from '@/lib/tenancy/factory';
import { markerModel } from '@/lib/tenancy/marker';
import { SCHEMA_VERSION } from '@/lib/tenancy/schema-version';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { migrationModel } from './ledger';
import { MIGRATIONS, type Migration } from './migrations';
import { resealPasses } from './reseal';
import { type Progress, walk } from './walk';

const LEASE_MS = 60_000;

type Lease = { organizationId: string; token: string };

export type Migrated = { from: number; to: number; changed: number };

/**
 * Brings one organization's database to the newest version, while its people work. Safe to start any number of times: who
 * comes second is refused, and a run after a killed one goes on where that stopped.
 * @throws AppError CONFLICT while another process is at it, NOT_FOUND for an organization without a database; whatever a
 * migration threw, after noting it in the fleet ledger.
 */
export async function migrateOrganization(
  organizationId: string,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<Migrated> {
  const from = await versionOf(organizationId);
  const target = Math.max(from, ...migrations.map(({ version }) => version));
  const ledger = await organizationMigrationModel();
  const lease = await takeLease(organizationId, from, target);
  const mine = { _id: objectId(organizationId), token: lease.token };
  try {
    // Organizations from before the keys get theirs; destroyed ones stay destroyed.
    await ensureOrganizationKey(organizationId);
    const changed = await withTenantDatabase(organizationId, (db) => run(db, migrations, lease));
    const end = { state: 'done' as const, finishedAt: new Date() };
    await ledger.updateOne(mine, { $set: end, $unset: { token: '', leaseUntil: '', lastError: '' } });
    await recordPlatformAudit({
      actor: { kind: 'system', id: 'system', name: 'Migrations' },
      action: 'organization.migrate',
      target: `organization:${organizationId}`,
      organizationId,
    });
    return { from, to: target, changed };
  } catch (error) {
    const lastError = error instanceof Error ? error.message : String(error);
    logger.error({ err: error, organizationId, target }, 'migration failed');
    await ledger.updateOne(mine, {
      $set: { state: 'failed', finishedAt: new Date(), lastError },
      $unset: { token: '', leaseUntil: '' },
    });
    throw error;
  } finally {
    forgetTenant(organizationId);
  }
}

async function versionOf(organizationId: string): Promise<number> {
  const row = await (await organizationModel())
    .findById(objectId(organizationId, 'organization'))
    .select('placement.schemaVersion')
    .lean();
  const version = row?.placement?.schemaVersion ?? 0;
  // Without a database, or in the middle of provisioning, which ends at the newest version by itself.
  if (version === 0) throw notFoundError('database of an organization');
  return version;
}

async function takeLease(organizationId: string, from: number, target: number): Promise<Lease> {
  const now = new Date();
  const token = randomUUID();
  try {
    await (await organizationMigrationModel()).updateOne(
      {
        _id: objectId(organizationId),
        $or: [{ leaseUntil: op({ $exists: false }) }, { leaseUntil: op({ $lte: now }) }],
      },
      {
        $set: {
          from,
          target,
          state: 'running',
          startedAt: now,
          token,
          leaseUntil: new Date(now.getTime() + LEASE_MS),
        },
        $inc: { attempts: 1 },
        $unset: { finishedAt: '' },
      },
      { upsert: true },
    );
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    throw new AppError('CONFLICT', 'Another process is migrating this organization.');
  }
  return { organizationId, token };
}

async function renew({ organizationId, token }: Lease, changed: number): Promise<void> {
  const { matchedCount } = await (await organizationMigrationModel()).updateOne(
    { _id: objectId(organizationId), token },
    { $set: { leaseUntil: new Date(Date.now() + LEASE_MS) }, $inc: { changed } },
  );
  if (matchedCount === 0) throw new Error('Another process has taken over this migration');
}

async function run(db: TenantDatabase, migrations: readonly Migration[], lease: Lease): Promise<number> {
  await db.ensureCollections(tenantDefinitions());
  // The marker in the database is the truth: after a restore it is older than what the master remembers.
  const marker = await markerModel({ db }).findById('self').orFail().lean();
  let [version, changed] = [marker.schemaVersion, 0];
  for (const migration of [...migrations].sort((a, b) => a.version - b.version)) {
    if (migration.version <= version) continue;
    changed += await apply(db, migration, lease);
    version = migration.version;
    await markerModel({ db }).updateOne({ _id: 'self' }, { $set: { schemaVersion: version } });
  }
  await (await organizationModel()).updateOne(
    { _id: objectId(db.organizationId) },
    { $set: { 'placement.schemaVersion': version } },
  );
  return changed;
}

async function apply(db: TenantDatabase, migration: Migration, lease: Lease): Promise<number> {
  const ledger = migrationModel({ db });
  const started = new Date();
  const row = await ledger
    .findOneAndUpdate(
      { _id: migration.name },
      { $set: { version: migration.version }, $setOnInsert: { startedAt: started } },
      { upsert: true, returnDocument: 'after' },
    )
    .lean();
  let total = 0;
  const progress: Progress = {
    from: row.position ? { pass: row.position.pass, after: row.position.after ?? null } : null,
    done: async (position, changed) => {
      await renew(lease, changed);
      await ledger.updateOne({ _id: migration.name }, { $set: { position }, $inc: { changed } });
      total += changed;
    },
  };
  await migration.run(db, progress);
  const appliedAt = new Date();
  await ledger.updateOne(
    { _id: migration.name },
    {
      $set: { appliedAt, durationMs: appliedAt.getTime() - started.getTime() },
      $unset: { position: '' },
    },
  );
  return total;
}

/** After a new data key: seals with it what is sealed with a former one. Also done with each write. @returns records changed. */
export async function resealOrganization(organizationId: string): Promise<number> {
  let total = 0;
  await withTenantDatabase(organizationId, (db) =>
    walk(db, resealPasses(organizationId), {
      from: null,
      done: async (_position, changed) => {
        total += changed;
      },
    }),
  );
  await recordPlatformAudit({
    actor: { kind: 'system', id: 'system', name: 'Key rotation' },
    action: 'organization.reseal',
    target: `organization:${organizationId}`,
    organizationId,
  });
  return total;
}

/** Whose version is not the newest; those whose last migration failed come last. */
async function organizationsBehind(): Promise<string[]> {
  const rows = await (await organizationModel())
    .find({
      'placement.schemaVersion': op({ $gt: 0, $lt: SCHEMA_VERSION }),
      status: op({ $ne: 'deleted' as const }),
    })
    .sort({ _id: 1 })
    .select('_id')
    .lean();
  const ids = rows.map(({ _id }) => _id);
  const failed = await (await organizationMigrationModel())
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
 * Migrates many: the canary first, and if it fails nobody else; then the rest, several at a time, past any failure.
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
