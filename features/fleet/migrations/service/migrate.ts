import 'server-only';
import { randomUUID } from 'node:crypto';
import { recordPlatformAudit } from '@/lib/audit/record';
import { ensureOrganizationKey } from '@/lib/crypto/organization-keys';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId, op } from '@/lib/mongo';
import { tenantDefinitions } from '@/lib/tenancy/define-tenant-model';
import { forgetTenant, withTenantDatabase } from '@/lib/tenancy/factory';
import { markerModel } from '@/lib/tenancy/marker';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { assertDone, done, type Facts } from '@/lib/work/outcome';
import type { Change, WorkRecord } from '@/lib/work/record';
import { type RecordedRun, type Steps, takeRecordedSteps } from '@/lib/work/steps';
import { migrationModel } from '../ledger';
import { MIGRATIONS, type Migration } from '../migrations';
import { organizationMigrationModel } from '../model';
import type { WalkProgress } from '../walk';

const LEASE_MS = 60_000;

type Row = { step: string; facts: Facts };
type Run = Pick<RecordedRun<unknown, Row>, 'key' | 'save'>;

export type Migrated = { from: number; to: number; changed: number };

/**
 * Brings one organization's database to the newest version, while its people work. Safe to start any number
 * of times: a second process is refused, and a run after a killed one goes on where that stopped.
 * @throws AppError CONFLICT while another process is at it, NOT_FOUND for an organization without a database;
 * what a migration threw, after noting it in the fleet ledger.
 */
export async function migrateOrganization(
  organizationId: string,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<Migrated> {
  const from = await versionOf(organizationId);
  const target = Math.max(from, ...migrations.map(({ version }) => version));
  let changed = 0;
  const steps = stepsOf(migrations, (count) => {
    changed += count;
  });
  const job = { key: organizationId, payload: {}, attempt: 1, fence: randomUUID() };
  try {
    const plan = { record: recordOf(from, target), steps, ended: audit };
    assertDone(await takeRecordedSteps(plan, job, () => {}));
    return { from, to: target, changed };
  } catch (error) {
    const isSecond = error instanceof AppError && error.code === 'CONFLICT';
    if (!isSecond) logger.error({ err: error, organizationId, target }, 'migration failed');
    throw error;
  } finally {
    forgetTenant(organizationId);
  }
}

const audit = ({ key: organizationId }: Run): Promise<void> =>
  recordPlatformAudit({
    actor: { kind: 'system', id: 'system', name: 'Migrations' },
    action: 'organization.migrate',
    target: `organization:${organizationId}`,
    organizationId,
  });

async function versionOf(organizationId: string): Promise<number> {
  const row = await organizationModel
    .findById(objectId(organizationId, 'organization'))
    .select('placement.schemaVersion')
    .lean();
  const version = row?.placement?.schemaVersion ?? 0;
  // Without a database, or in the middle of provisioning, which ends at the newest version by itself.
  if (version === 0) throw notFoundError('database of an organization');
  return version;
}

/** The row of the fleet ledger. A lease keeps a second process out; each change prolongs it. */
function recordOf(from: number, target: number): WorkRecord<Row> {
  const mine = (organizationId: string, token: string) => ({ _id: objectId(organizationId), token });
  return {
    take: async (organizationId, token) => {
      await takeLease(organizationId, { from, target, token });
      return { step: '', facts: {} };
    },
    write: async (organizationId, token, change) => {
      const written = await organizationMigrationModel.updateOne(
        mine(organizationId, token),
        updateOf(change),
      );
      return written.matchedCount > 0;
    },
    beat: async (organizationId, token) => {
      await organizationMigrationModel.updateOne(mine(organizationId, token), {
        $set: { leaseUntil: leaseEnd() },
      });
    },
  };
}

const leaseEnd = (): Date => new Date(Date.now() + LEASE_MS);

async function takeLease(
  organizationId: string,
  facts: { from: number; target: number; token: string },
): Promise<void> {
  const now = new Date();
  const free = { $or: [{ leaseUntil: op({ $exists: false }) }, { leaseUntil: op({ $lte: now }) }] };
  const running = { ...facts, state: 'running' as const, startedAt: now, leaseUntil: leaseEnd() };
  try {
    await organizationMigrationModel.updateOne(
      { _id: objectId(organizationId), ...free },
      { $set: running, $inc: { attempts: 1 }, $unset: { finishedAt: '' } },
      { upsert: true },
    );
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    throw new AppError('CONFLICT', 'Another process is migrating this organization.');
  }
}

function updateOf(change: Change): Record<string, object> {
  switch (change.change) {
    case 'step':
      if (!change.isLast) return { $set: { leaseUntil: leaseEnd() } };
      return {
        $set: { state: 'done', finishedAt: change.at },
        $unset: { token: '', leaseUntil: '', lastError: '' },
      };
    case 'facts':
      return { $set: { leaseUntil: leaseEnd() }, $inc: { changed: Number(change.facts.changed ?? 0) } };
    case 'progress':
    case 'again':
      return { $set: { leaseUntil: leaseEnd() } };
    case 'needs-operator':
    case 'trouble':
    case 'failed':
      return {
        $set: { state: 'failed', finishedAt: new Date(), lastError: change.why },
        $unset: { token: '', leaseUntil: '' },
      };
  }
}

/** A step for each migration; each looks into the database whether it is there already. */
function stepsOf(migrations: readonly Migration[], onChanged: (count: number) => void): Steps<Run> {
  const inOrder = [...migrations].sort((a, b) => a.version - b.version);
  return {
    keys: async ({ key }) => {
      // Organizations from before the keys get theirs; destroyed ones stay destroyed.
      await ensureOrganizationKey(key);
      return done;
    },
    collections: async ({ key }) => {
      await withTenantDatabase(key, (db) => db.ensureCollections(tenantDefinitions()));
      return done;
    },
    ...Object.fromEntries(
      inOrder.map((migration) => [
        migration.name,
        async (run: Run) => {
          await withTenantDatabase(run.key, (db) => applyOnce(db, migration, run, onChanged));
          return done;
        },
      ]),
    ),
    noted: async ({ key }) => {
      const { schemaVersion } = await withTenantDatabase(key, markerOf);
      await organizationModel.updateOne(
        { _id: objectId(key) },
        { $set: { 'placement.schemaVersion': schemaVersion } },
      );
      return done;
    },
  };
}

const markerOf = (db: TenantDatabase) => markerModel({ db }).findById('self').orFail().lean();

async function applyOnce(
  db: TenantDatabase,
  migration: Migration,
  run: Run,
  onChanged: (count: number) => void,
): Promise<void> {
  // The marker in the database is the truth: after a restore it is older than what the master remembers.
  const marker = await markerOf(db);
  if (migration.version <= marker.schemaVersion) return;
  const ledger = migrationModel({ db });
  const started = new Date();
  const row = await ledger
    .findOneAndUpdate(
      { _id: migration.name },
      { $set: { version: migration.version }, $setOnInsert: { startedAt: started } },
      { upsert: true, returnDocument: 'after' },
    )
    .lean();
  const progress: WalkProgress = {
    from: row.position ? { pass: row.position.pass, after: row.position.after ?? null } : null,
    done: async (position, changed) => {
      await run.save({ changed });
      await ledger.updateOne({ _id: migration.name }, { $set: { position }, $inc: { changed } });
      onChanged(changed);
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
  await markerModel({ db }).updateOne({ _id: 'self' }, { $set: { schemaVersion: migration.version } });
}
