import 'server-only';
import { ConnectionString } from 'mongodb-connection-string-url';
import '../tenant-models';
import { openPlatformSecret, randomToken, sealPlatformSecret } from '@/lib/crypto/cipher';
import { ensureOrganizationKey } from '@/lib/crypto/organization-keys';
import { env } from '@/lib/env';
import { enqueue } from '@/lib/jobs/queue';
import { logger } from '@/lib/logger';
import { composeMail } from '@/lib/mail/compose';
import { masterTransaction } from '@/lib/master/connection';
import { cellModel } from '@/lib/master/models/cell';
import { organizationModel } from '@/lib/master/models/organization';
import { provisioningModel } from '@/lib/master/models/provisioning';
import { userModel } from '@/lib/master/models/user';
import { PROVISIONING_STEPS, type ProvisioningStep } from '@/lib/master/vocabulary';
import { objectId, op } from '@/lib/mongo';
import type { TenantTarget } from '@/lib/provisioning/providers/provider';
import { selfHosted } from '@/lib/provisioning/providers/self-hosted';
import { tenantDefinitions } from '@/lib/tenancy/define-tenant-model';
import { forgetTenant, withTenantDatabase } from '@/lib/tenancy/factory';
import { markerModel } from '@/lib/tenancy/marker';
import {
  databaseNameOf,
  getPlacement,
  readConnectionString,
  sealConnectionString,
} from '@/lib/tenancy/placement';
import { SCHEMA_VERSION } from '@/lib/tenancy/schema-version';
import { projectStaffMember } from '../staff/directory';

type Run = { organizationId: string; fence: string };
type Step = Exclude<ProvisioningStep, 'requested'>;

/**
 * Takes an organization from paid to active. Each step is idempotent and persisted, so that a killed process is
 * simply followed by another run; `fence` keeps an overtaken worker from writing.
 */
export async function provisionOrganization(organizationId: string, fence: string): Promise<void> {
  const provisionings = await provisioningModel();
  const id = objectId(organizationId, 'organization');
  const row = await provisionings
    .findOneAndUpdate(
      { organizationId: id },
      { $set: { fence }, $inc: { attempts: 1 }, $setOnInsert: { step: 'requested' } },
      { upsert: true, returnDocument: 'after' },
    )
    .lean();
  const done = PROVISIONING_STEPS.indexOf(row.step);
  const run: Run = { organizationId, fence };
  try {
    for (const step of PROVISIONING_STEPS.slice(done + 1) as Step[]) {
      const started = performance.now();
      await STEPS[step](run);
      await advance(run, step, Math.round(performance.now() - started));
    }
  } catch (error) {
    const lastError = error instanceof Error ? error.message : String(error);
    await provisionings.updateOne({ organizationId: id, fence }, { $set: { lastError } });
    throw error;
  }
}

async function advance(run: Run, step: Step, durationMs: number): Promise<void> {
  const at = new Date();
  const written = await (await provisioningModel()).updateOne(
    { organizationId: objectId(run.organizationId), fence: run.fence },
    {
      $set: { step, ...(step === 'active' ? { finishedAt: at } : {}) },
      $unset: { lastError: '' },
      $push: { history: { step, at, durationMs } },
    },
  );
  if (written.matchedCount === 0) throw new Error('Another worker has taken over');
}

async function targetOf(organizationId: string): Promise<TenantTarget> {
  const placement = await getPlacement(organizationId);
  const uri = new ConnectionString(readConnectionString(placement));
  return {
    organizationId,
    databaseName: placement.databaseName,
    username: placement.username,
    password: decodeURIComponent(uri.password),
    isolation: placement.isolation,
  };
}

/** What a cell's sealed password belongs to. */
export const cellContext = (cellId: string): string => `platform|cells|password|${cellId}`;

/** What an organization on this cell signs in with: its own user, or the cell's. */
function targetOn(
  cell: { _id: string; isolation: TenantTarget['isolation']; password?: string | null },
  organizationId: string,
): TenantTarget {
  const databaseName = databaseNameOf(organizationId);
  const own = { organizationId, databaseName, username: databaseName, password: randomToken() };
  if (cell.isolation === 'dedicated-user') return { ...own, isolation: 'dedicated-user' };
  if (!cell.password) throw new Error(`Cell ${cell._id} has no password`);
  const password = openPlatformSecret(cellContext(cell._id), cell.password);
  return { ...own, isolation: 'shared-user', username: `cell_${cell._id}`, password };
}

const STEPS: Record<Step, (run: Run) => Promise<void>> = {
  placed: async ({ organizationId }) => {
    const cells = await cellModel();
    await cells.updateOne(
      { _id: 'cell-1' },
      {
        $setOnInsert: {
          provider: 'self-hosted',
          weight: 1,
          acceptsNew: true,
          isolation: env().CELL_ISOLATION,
          password: sealPlatformSecret(cellContext('cell-1'), randomToken()),
        },
      },
      { upsert: true },
    );
    const organizations = await organizationModel();
    await masterTransaction(async (session) => {
      const cell = await cells
        .findOne({ acceptsNew: true })
        .sort({ organizations: 1 })
        .session(session)
        .lean();
      if (!cell) throw new Error('No cell accepts new organizations');
      const target = targetOn(cell, organizationId);
      const placed = await organizations.updateOne(
        { _id: objectId(organizationId), placement: op({ $exists: false }) },
        {
          $set: {
            placement: {
              provider: 'self-hosted',
              cellId: cell._id,
              databaseName: target.databaseName,
              isolation: target.isolation,
              username: target.username,
              connectionString: sealConnectionString(organizationId, selfHosted.connectionString(target)),
              schemaVersion: 0,
            },
          },
        },
        { session },
      );
      if (placed.modifiedCount === 1)
        await cells.updateOne({ _id: cell._id }, { $inc: { organizations: 1 } }, { session });
    });
    forgetTenant(organizationId);
  },

  database_ready: async ({ organizationId }) => selfHosted.ensureDatabase(await targetOf(organizationId)),

  user_ready: async ({ organizationId }) => {
    await selfHosted.ensureUser(await targetOf(organizationId));
    forgetTenant(organizationId);
  },

  connected: async ({ organizationId }) => {
    await withTenantDatabase(organizationId, (db) => db.stats());
  },

  migrated: async ({ organizationId }) => {
    await withTenantDatabase(organizationId, async (db) => {
      await db.ensureCollections(tenantDefinitions());
      await markerModel({ db }).updateOne({ _id: 'self' }, { $set: { schemaVersion: SCHEMA_VERSION } });
    });
    await (await organizationModel()).updateOne(
      { _id: objectId(organizationId) },
      { $set: { 'placement.schemaVersion': SCHEMA_VERSION } },
    );
    forgetTenant(organizationId);
  },

  seeded: async ({ organizationId }) => {
    const { owner } = await ownerOf(organizationId);
    await withTenantDatabase(organizationId, (db) =>
      projectStaffMember(
        { db },
        { userId: owner._id.toString(), name: owner.name, email: owner.email, role: 'owner', isActive: true },
      ),
    );
  },

  keys_created: ({ organizationId }) => ensureOrganizationKey(organizationId),

  verified: async ({ organizationId }) => {
    const [target, { cellId }] = [await targetOf(organizationId), await getPlacement(organizationId)];
    const neighbour = await (await organizationModel())
      .findOne({
        _id: op({ $ne: objectId(organizationId) }),
        'placement.databaseName': op({ $exists: true }),
        // The user of a cell reaches all of the cell, by design; never another one.
        ...(target.isolation === 'shared-user' ? { 'placement.cellId': op({ $ne: cellId }) } : {}),
      })
      .select('placement.databaseName')
      .lean();
    const others = [
      env().MASTER_DATABASE,
      'admin',
      neighbour?.placement?.databaseName ?? databaseNameOf('0'.repeat(24)),
    ];
    await selfHosted.assertIsolated(target, others);
  },

  active: async ({ organizationId }) => {
    const { organization, owner } = await ownerOf(organizationId);
    const mail = composeMail({
      to: owner.email,
      subject: `${organization.organizationName} is ready`,
      name: owner.name,
      paragraphs: [
        'Your payment has arrived and your own database is ready.',
        'Sign in to invite your staff and register the first patient.',
      ],
      button: { label: 'Sign in', url: `${env().NEXTAUTH_URL}/login` },
    });
    await masterTransaction(async (session) => {
      const activated = await (await organizationModel()).updateOne(
        { _id: objectId(organizationId), status: 'provisioning' },
        { $set: { status: 'active', statusSince: new Date() } },
        { session },
      );
      // Canceled meanwhile: the database is there, but nobody is told to come in.
      if (activated.modifiedCount === 1)
        await enqueue('mail.send', `ready:${organizationId}`, mail, { session });
    });
    logger.info({ organizationId }, 'organization is active');
  },
};

async function ownerOf(organizationId: string) {
  const organization = await (await organizationModel())
    .findById(objectId(organizationId))
    .select('organizationName ownerId')
    .orFail()
    .lean();
  const owner = await (await userModel()).findById(organization.ownerId).select('name email').orFail().lean();
  return { organization, owner };
}
