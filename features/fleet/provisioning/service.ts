import 'server-only';
import '@/server/tenant-models';
import { askHolder } from '@/features/identity/account/ownership';
import { projectStaffMember } from '@/features/identity/staff/directory';
import { ensureOrganizationKey } from '@/lib/crypto/organization-keys';
import { env } from '@/lib/env';
import { logger } from '@/lib/logger';
import { composeMail } from '@/lib/mail/compose';
import { masterTransaction } from '@/lib/master/connection';
import { organizationModel } from '@/lib/master/models/organization';
import { provisioningModel } from '@/lib/master/models/provisioning';
import { userModel } from '@/lib/master/models/user';
import { PROVISIONING_STEPS, type ProvisioningStep } from '@/lib/master/vocabulary';
import { objectId, op } from '@/lib/mongo';
import { NeedsOperator, NotReadyYet } from '@/lib/provisioning/provider';
import { tenantDefinitions } from '@/lib/tenancy/define-tenant-model';
import { forgetTenant, withTenantDatabase } from '@/lib/tenancy/factory';
import { markerModel } from '@/lib/tenancy/marker';
import { databaseNameOf, getPlacement } from '@/lib/tenancy/placement';
import { SCHEMA_VERSION } from '@/lib/tenancy/schema-version';
import type { OnBoundary } from '@/lib/work/boundary';
import { again, done, type Outcome } from '@/lib/work/outcome';
import { enqueue } from '@/lib/work/queue';
import { PERIODIC_KEY } from '@/lib/work/schedule';
import { placeOf, placeOrganization, writeAddress } from './place';
import { handOver } from './pool';

type Run = { organizationId: string; fence: string };
type Step = Exclude<ProvisioningStep, 'requested'>;

/**
 * Takes an organization from paid to active. Each step is idempotent and persisted, so that a killed process is
 * simply followed by another run; `fence` keeps an overtaken worker from writing.
 */
export async function provisionOrganization(
  organizationId: string,
  fence: string,
  onBoundary: OnBoundary = () => {},
): Promise<Outcome> {
  const provisionings = await provisioningModel();
  const id = objectId(organizationId, 'organization');
  const row = await provisionings
    .findOneAndUpdate(
      { organizationId: id },
      { $set: { fence }, $inc: { attempts: 1 }, $setOnInsert: { step: 'requested' } },
      { upsert: true, returnDocument: 'after' },
    )
    .lean();
  const finished = PROVISIONING_STEPS.indexOf(row.step);
  const run: Run = { organizationId, fence };
  try {
    for (const step of PROVISIONING_STEPS.slice(finished + 1) as Step[]) {
      const started = performance.now();
      await onBoundary({ step, at: 'before' });
      await STEPS[step](run);
      await onBoundary({ step, at: 'done' });
      await advance(run, step, Math.round(performance.now() - started));
      await onBoundary({ step, at: 'recorded' });
    }
    return done;
  } catch (error) {
    if (error instanceof NotReadyYet) {
      await provisionings.updateOne(
        { organizationId: id, fence },
        {
          $set: { waitingFor: error.what },
          $unset: { lastError: '', needsOperator: '' },
          $inc: { attempts: -1 },
        },
      );
      return again(new Date(Date.now() + error.retryAfterMs), error.what);
    }
    const lastError = error instanceof Error ? error.message : String(error);
    const needsOperator = error instanceof NeedsOperator;
    await provisionings.updateOne(
      { organizationId: id, fence },
      { $set: { lastError, needsOperator }, $unset: { waitingFor: '' } },
    );
    throw error;
  }
}

async function advance(run: Run, step: Step, durationMs: number): Promise<void> {
  const at = new Date();
  const written = await (await provisioningModel()).updateOne(
    { organizationId: objectId(run.organizationId), fence: run.fence },
    {
      $set: { step, ...(step === 'active' ? { finishedAt: at } : {}) },
      $unset: { lastError: '', waitingFor: '', needsOperator: '' },
      $push: { history: { step, at, durationMs } },
    },
  );
  if (written.matchedCount === 0) throw new Error('Another worker has taken over');
}

const STEPS: Record<Step, (run: Run) => Promise<void>> = {
  placed: async ({ organizationId }) => {
    await placeOrganization(organizationId);
    // Another takes the place of one that was taken.
    if (env().PREPARED_DATABASES > 0) await enqueue('databases.prepare', PERIODIC_KEY);
  },

  database_ready: async ({ organizationId }) => {
    const { provider, target } = await placeOf(organizationId);
    await handOver(organizationId);
    const { address } = await provider.ensureDatabase(target);
    await writeAddress(organizationId, provider.connectionString({ ...target, address }));
  },

  user_ready: async ({ organizationId }) => {
    const { provider, target } = await placeOf(organizationId);
    await provider.ensureUser(target);
    forgetTenant(organizationId);
  },

  connected: async ({ organizationId }) => {
    await withTenantDatabase(organizationId, (db) => db.stats());
  },

  migrated: async ({ organizationId }) => {
    const { schemaVersion } = await getPlacement(organizationId);
    await withTenantDatabase(organizationId, async (db) => {
      // One that waited ready has them.
      if (schemaVersion < SCHEMA_VERSION) await db.ensureCollections(tenantDefinitions());
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
    const { provider, target } = await placeOf(organizationId);
    const neighbour = await (await organizationModel())
      .findOne({
        _id: op({ $ne: objectId(organizationId) }),
        'placement.databaseName': op({ $exists: true }),
        // The user of a cell reaches all of the cell, by design; never another one.
        ...(target.isolation === 'shared-user' ? { 'placement.cellId': op({ $ne: target.cellId }) } : {}),
      })
      .select('placement.databaseName')
      .lean();
    const others = [
      env().MASTER_DATABASE,
      'admin',
      neighbour?.placement?.databaseName ?? databaseNameOf('0'.repeat(24)),
    ];
    await provider.assertIsolated(target, others);
  },

  active: async ({ organizationId }) => {
    const { organization, owner } = await ownerOf(organizationId);
    const isCustomer = (organization.purpose ?? 'customer') === 'customer';
    const mail = composeMail({
      to: owner.email,
      subject: `${organization.organizationName} is ready`,
      name: owner.name,
      paragraphs: isCustomer
        ? [
            'Your payment has arrived and your own database is ready.',
            'Sign in to invite your staff and register the first patient.',
          ]
        : ['It has invented patients only. Whatever you do there touches nobody, and can be taken back.'],
      button: { label: 'Sign in', url: `${env().NEXTAUTH_URL}/login` },
    });
    await masterTransaction(async (session) => {
      const activated = await (await organizationModel()).updateOne(
        { _id: objectId(organizationId), status: 'provisioning' },
        { $set: { status: 'active', statusSince: new Date() } },
        { session },
      );
      // Canceled meanwhile: the database is there, but nobody is told to come in.
      if (activated.modifiedCount === 0) return;
      await enqueue('mail.send', `ready:${organizationId}`, mail, { session });
      if (organization.templateId) await enqueue('organization.fill', organizationId, {}, { session });
    });
    // Its owner may have an account from before, and not have taken it on yet.
    await askHolder(organizationId);
    logger.info({ organizationId }, 'organization is active');
  },
};

async function ownerOf(organizationId: string) {
  const organization = await (await organizationModel())
    .findById(objectId(organizationId))
    .select('organizationName ownerId purpose templateId')
    .orFail()
    .lean();
  const owner = await (await userModel()).findById(organization.ownerId).select('name email').orFail().lean();
  return { organization, owner };
}
