import { randomUUID } from 'node:crypto';
import { roleCan } from '@/lib/auth/permissions';
import { branchesOf } from '@/lib/branches';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import type { StaffRole } from '@/lib/master/vocabulary';
import { objectId } from '@/lib/mongo';
import { organizationFacts } from '@/lib/organizations/facts';
import { mintTenantContext, type TenantContext } from '@/lib/tenancy/context';
import { acquireTenantDatabase } from '@/lib/tenancy/factory';
import { aStaffMember } from '@/tests/builders/staff';

export type Person = { role: StaffRole; name: string; email: string; room?: string };

/** A context as the gate would mint it for the owner, or for one of the others by their address. */
export async function openContext(
  organizationId: string,
  other?: Pick<Person, 'email' | 'role'>,
): Promise<TenantContext> {
  const organization = await organizationModel.findById(objectId(organizationId)).orFail().lean();
  const of = other ? { emailKey: other.email } : { _id: organization.ownerId };
  const person = await userModel.findOne(of).orFail().lean();
  const role = other?.role ?? 'owner';
  const { value: db } = await acquireTenantDatabase(organizationId);
  return mintTenantContext({
    organizationId,
    organization: organizationFacts(organization),
    timeZone: organization.timeZone,
    branches: branchesOf(organization.branches),
    actor: {
      kind: 'staff',
      userId: person._id.toString(),
      name: person.name,
      email: person.email,
      role,
    },
    can: (permission) => roleCan(role, permission),
    db,
    requestId: randomUUID(),
  });
}

/** A colleague who has accepted an invitation, on a seat of the plan. */
export async function addStaff(ctx: TenantContext, person: Person, password: string): Promise<void> {
  const { role, name, email } = person;
  await aStaffMember(ctx, { role, name, email, password });
  const _id = objectId(ctx.organizationId);
  await organizationModel.updateOne({ _id }, { $inc: { 'usage.seats': 1 } });
}
