import 'server-only';
import { fixCurrency } from '@/features/cashier/bill-settings/service';
import { ensureStarterServices } from '@/features/cashier/price-list/service/services';
import { askHolder } from '@/features/identity/account/ownership';
import { projectStaffMember } from '@/features/identity/staff/directory';
import { ensureOrganizationKey } from '@/lib/crypto/organization-keys';
import { env } from '@/lib/env';
import { logger } from '@/lib/logger';
import { composeMail } from '@/lib/mail/compose';
import { enqueueMail } from '@/lib/mail/queue';
import { masterTransaction } from '@/lib/master/connection';
import { organizationModel } from '@/lib/master/models/organization';
import { provisioningModel } from '@/lib/master/models/provisioning';
import { userModel } from '@/lib/master/models/user';
import type { ProvisioningStep } from '@/lib/master/vocabulary';
import { objectId, op } from '@/lib/mongo';
import { providerOf } from '@/lib/provisioning/registry';
import { tenantDefinitions } from '@/lib/tenancy/define-tenant-model';
import { forgetTenant, withTenantDatabase } from '@/lib/tenancy/factory';
import { markerModel } from '@/lib/tenancy/marker';
import { databaseNameOf, getPlacement } from '@/lib/tenancy/placement';
import { SCHEMA_VERSION } from '@/lib/tenancy/schema-version';
import type { OnBoundary } from '@/lib/work/boundary';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done, type Outcome } from '@/lib/work/outcome';
import { enqueue } from '@/lib/work/queue';
import type { Change, WorkRecord } from '@/lib/work/record';
import { PERIODIC_KEY } from '@/lib/work/schedule';
import type { Step } from '@/lib/work/steps';
import { targetOf } from '../placement/queries';
import { placeOrganization, writeAddress } from '../placement/service/assign';
import { handPreparedOver } from '../placement/service/take-prepared';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'organization.provision': NoPayload;
  }
}

type Run = { key: string };
type Steps = Record<Exclude<ProvisioningStep, 'requested'>, Step<Run>>;

function updateOf(change: Change): Record<string, object> {
  switch (change.change) {
    case 'step': {
      const { step, at, durationMs, isLast } = change;
      return {
        $set: { step, ...(isLast ? { finishedAt: at } : {}) },
        $unset: { lastError: '', waitingFor: '', needsOperator: '' },
        $push: { history: { step, at, durationMs } },
      };
    }
    case 'again':
      return {
        $set: { waitingFor: change.why ?? 'The vendor' },
        $unset: { lastError: '', needsOperator: '' },
        $inc: { attempts: -1 },
      };
    case 'needs-operator':
    case 'trouble':
    case 'failed':
      return {
        $set: { lastError: change.why, needsOperator: change.change === 'needs-operator' },
        $unset: { waitingFor: '' },
      };
    // Its steps keep nothing between them and are shown by name only.
    case 'facts':
    case 'progress':
      return {};
  }
}

/** One row per organization, in `provisionings`. */
const record: WorkRecord<{ step: string; facts: Record<string, unknown> }> = {
  take: async (organizationId, fence) => {
    const { step } = await provisioningModel
      .findOneAndUpdate(
        { organizationId: objectId(organizationId, 'organization') },
        { $set: { fence }, $inc: { attempts: 1 }, $setOnInsert: { step: 'requested' } },
        { upsert: true, returnDocument: 'after' },
      )
      .lean();
    return { step, facts: {} };
  },
  write: async (organizationId, fence, change) => {
    const mine = { organizationId: objectId(organizationId), fence };
    return (await provisioningModel.updateOne(mine, updateOf(change))).matchedCount > 0;
  },
};

const steps = {
  placed: async ({ key }) => {
    const placed = await placeOrganization(key);
    // Another takes the place of a prepared one that was taken.
    if (env().PREPARED_DATABASES > 0) await enqueue('databases.prepare', PERIODIC_KEY);
    return placed;
  },

  database_ready: async ({ key }) => {
    const placement = await getPlacement(key);
    const provider = await providerOf(placement.provider);
    const target = targetOf(placement);
    await handPreparedOver(key);
    const made = await provider.ensureDatabase(target);
    if (made.outcome !== 'done') return made;
    await writeAddress(key, provider.connectionString({ ...target, address: made.value.address }));
    return done;
  },

  user_ready: async ({ key }) => {
    const placement = await getPlacement(key);
    const provider = await providerOf(placement.provider);
    const made = await provider.ensureUser(targetOf(placement));
    forgetTenant(key);
    return made;
  },

  connected: async ({ key }) => {
    await withTenantDatabase(key, (db) => db.stats());
    return done;
  },

  migrated: async ({ key }) => {
    const { schemaVersion } = await getPlacement(key);
    await withTenantDatabase(key, async (db) => {
      // One that waited ready has them.
      if (schemaVersion < SCHEMA_VERSION) await db.ensureCollections(tenantDefinitions());
      await markerModel({ db }).updateOne({ _id: 'self' }, { $set: { schemaVersion: SCHEMA_VERSION } });
    });
    await organizationModel.updateOne(
      { _id: objectId(key) },
      { $set: { 'placement.schemaVersion': SCHEMA_VERSION } },
    );
    forgetTenant(key);
    return done;
  },

  seeded: async ({ key }) => {
    const { owner, organization } = await ownerOf(key);
    const { name, email } = owner;
    await withTenantDatabase(key, async (db) => {
      await projectStaffMember(
        { db },
        { userId: owner._id.toString(), name, email, role: 'owner', isActive: true },
      );
      await fixCurrency({ db }, organization.country);
      await ensureStarterServices({ db });
    });
    return done;
  },

  keys_created: async ({ key }) => {
    await ensureOrganizationKey(key);
    return done;
  },

  verified: async ({ key }) => {
    const placement = await getPlacement(key);
    const neighbour = await organizationModel
      .findOne({
        _id: op({ $ne: objectId(key) }),
        'placement.databaseName': op({ $exists: true }),
        // The user of a cell reaches all of the cell, by design; never another one.
        ...(placement.isolation === 'shared-user'
          ? { 'placement.cellId': op({ $ne: placement.cellId }) }
          : {}),
      })
      .select('placement.databaseName')
      .lean();
    const others = [
      env().MASTER_DATABASE,
      'admin',
      neighbour?.placement?.databaseName ?? databaseNameOf('0'.repeat(24)),
    ];
    return (await providerOf(placement.provider)).assertIsolated(targetOf(placement), others);
  },

  active: async ({ key }) => {
    await activate(key);
    // Its owner may have an account from before, and not have taken it on yet.
    await askHolder(key);
    logger.info({ organizationId: key }, 'organization is active');
    return done;
  },
} satisfies Steps;

/** Opens the organization and tells its owner, unless it was canceled meanwhile. */
async function activate(organizationId: string): Promise<void> {
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
    const activated = await organizationModel.updateOne(
      { _id: objectId(organizationId), status: 'provisioning' },
      { $set: { status: 'active', statusSince: new Date() } },
      { session },
    );
    // Canceled meanwhile: the database is there, but nobody is told to come in.
    if (activated.modifiedCount === 0) return;
    await enqueueMail(`ready:${organizationId}`, mail, { session, organizationId });
    if (organization.templateId) await enqueue('organization.fill', organizationId, {}, { session });
  });
}

async function ownerOf(organizationId: string) {
  const organization = await organizationModel
    .findById(objectId(organizationId))
    .select('organizationName ownerId purpose templateId country')
    .orFail()
    .lean();
  const owner = await userModel.findById(organization.ownerId).select('name email').orFail().lean();
  return { organization, owner };
}

/** Takes an organization from paid to active; its key is the organization's id. */
export const provisionWork = defineWork({ name: 'organization.provision', record, steps });

/** The same in this process, for commands and tests. */
export const provisionOrganization = (
  organizationId: string,
  fence: string,
  onBoundary?: OnBoundary,
): Promise<Outcome> => provisionWork.run({ key: organizationId, payload: {}, attempt: 1, fence }, onBoundary);
