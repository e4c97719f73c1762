import { randomUUID } from 'node:crypto';
import { provisionOrganization } from '@/features/fleet/provisioning/work';
import { roleCan } from '@/lib/auth/permissions';
import type { Branch } from '@/lib/branches';
import { env } from '@/lib/env';
import { closeMaster } from '@/lib/master/connection';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import type { OrganizationPurpose, PlanId, StaffRole } from '@/lib/master/vocabulary';
import { newObjectId, objectId } from '@/lib/mongo';
import { stateAllows } from '@/lib/organizations/policy';
import { leaveCell } from '@/lib/provisioning/cells';
import { closeProvisioner, FIRST_CELL, selfHosted } from '@/lib/provisioning/providers/self-hosted';
import { mintTenantContext, type TenantContext } from '@/lib/tenancy/context';
import { acquireTenantDatabase, drainTenants } from '@/lib/tenancy/factory';
import { assertDone } from '@/lib/work/outcome';
import { aStaffMember, aUser } from './staff';
import '@/server/master-models';
import '@/server/tenant-models';

export { TEST_PASSWORD } from './staff';

type Options = {
  name?: string;
  timeZone?: string;
  plan?: PlanId;
  maxUsers?: number | null;
  purpose?: OrganizationPurpose;
  /** A place of its own choice, as the first step of provisioning would write it. */
  placement?: (organizationId: string) => Record<string, unknown>;
  /** Another way to be provisioned, such as by a worker that is killed. */
  provision?: (organizationId: string) => Promise<void>;
};

/** By the name of the master database: one process may run many files. */
const indexed = new Map<string, Promise<void>>();

/**
 * An organization of its own, provisioned as a customer's is, with real databases and users. Call `dispose`
 * in afterAll.
 */
export async function testOrganization(options: Options = {}) {
  const master = env().MASTER_DATABASE;
  if (!indexed.has(master)) indexed.set(master, ensureMasterIndexes());
  await indexed.get(master);
  const tag = randomUUID().slice(0, 8);
  const id = newObjectId();
  const organizationId = id.toString();
  const owner = await aUser({ name: `Owner ${tag}`, email: `owner-${tag}@hospital.test` });
  const facts = {
    organizationName: options.name ?? `Test hospital ${tag}`,
    timeZone: options.timeZone ?? 'Asia/Kolkata',
    country: 'IN',
    plan: options.plan ?? ('starter' as const),
    features: {
      maxUsers: options.maxUsers === undefined ? 5 : options.maxUsers,
      maxStorage: 1024 ** 3,
      enableAnalytics: false,
      enableReports: true,
    },
  };
  await organizationModel.create({
    _id: id,
    ...facts,
    nameKey: `${facts.organizationName.toLowerCase()} ${tag}`,
    email: owner.email,
    phone: '+91 98450 00000',
    industry: 'eye-hospital',
    expectedUsers: 5,
    status: 'provisioning',
    statusSince: new Date(),
    ownerId: objectId(owner.id),
    usage: { seats: 1, storageBytes: 0 },
    ...(options.purpose ? { purpose: options.purpose } : {}),
    ...(options.placement ? { placement: options.placement(organizationId) } : {}),
  });
  await membershipModel.create({
    userId: objectId(owner.id),
    organizationId: id,
    role: 'owner',
    status: 'active',
  });
  if (options.provision) await options.provision(organizationId);
  else assertDone(await provisionOrganization(organizationId, randomUUID()));
  const lease = await acquireTenantDatabase(organizationId);
  const people = new Map<StaffRole, { id: string; name: string; email: string }>([['owner', owner]]);

  const addStaff = (role: StaffRole, name: string) =>
    aStaffMember({ organizationId, db: lease.value }, { role, name });

  return {
    organizationId,
    owner,
    db: lease.value,
    addStaff,
    /** Adds a doctor to the directory. */
    doctor: async ({ name = 'Dr Asha Rao' }: { name?: string } = {}) => {
      const person = await addStaff('doctor', name);
      return { id: person.id, name: person.name };
    },
    /** A context as the gate would mint it for a person of this role. */
    ctx: (role: StaffRole = 'owner', at: { branches?: Branch[]; branchId?: string } = {}): TenantContext => {
      const person = people.get(role) ?? {
        id: newObjectId().toString(),
        name: `Test ${role}`,
        email: `${role}@hospital.test`,
      };
      people.set(role, person);
      return mintTenantContext({
        organizationId,
        organization: { ...facts, name: facts.organizationName, status: 'active' },
        timeZone: facts.timeZone,
        ...at,
        actor: { kind: 'staff', userId: person.id, name: person.name, email: person.email, role },
        can: (permission) => roleCan(role, permission) && stateAllows('active', permission),
        db: lease.value,
        requestId: randomUUID(),
      });
    },
    dispose: async () => {
      lease.release();
      await selfHosted.remove({ databaseName: lease.value.name });
      if (!options.placement) await leaveCell(FIRST_CELL);
    },
  };
}

/** Closes every connection of this test process. */
export async function closeConnections(): Promise<void> {
  drainTenants();
  await closeProvisioner();
  await closeMaster();
}
