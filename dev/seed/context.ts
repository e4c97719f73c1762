import { randomUUID } from 'node:crypto';
import { roleCan } from '@/lib/auth/permissions';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import type { StaffRole } from '@/lib/master/vocabulary';
import { objectId } from '@/lib/mongo';
import { organizationFacts } from '@/lib/organizations/facts';
import { mintTenantContext, type TenantContext } from '@/lib/tenancy/context';
import { acquireTenantDatabase } from '@/lib/tenancy/factory';
import { aStaffMember } from '@/tests/builders/staff';

export type Person = { role: StaffRole; name: string; email: string; room?: string };

/** A context as the gate would mint it for the owner. */
export async function openContext(organizationId: string): Promise<TenantContext> {
  const organization = await organizationModel.findById(objectId(organizationId)).orFail().lean();
  const owner = await userModel.findById(organization.ownerId).orFail().lean();
  const { value: db } = await acquireTenantDatabase(organizationId);
  return mintTenantContext({
    organizationId,
    organization: organizationFacts(organization),
    timeZone: organization.timeZone,
    actor: {
      kind: 'staff',
      userId: owner._id.toString(),
      name: owner.name,
      email: owner.email,
      role: 'owner',
    },
    can: (permission) => roleCan('owner', permission),
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
