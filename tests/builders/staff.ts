import { randomUUID } from 'node:crypto';
import { projectStaffMember } from '@/features/identity/staff/directory';
import { hashPassword } from '@/lib/crypto/password';
import { membershipModel } from '@/lib/master/models/membership';
import { userModel } from '@/lib/master/models/user';
import type { StaffRole } from '@/lib/master/vocabulary';
import { objectId } from '@/lib/mongo';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';

export const TEST_PASSWORD = 'correct horse battery';

export type StaffPerson = { id: string; name: string; email: string };
/** Where somebody is hired: a test's organization, or a context. */
type Employer = { organizationId: string; db: TenantDatabase };

/** A password is hashed once: that is meant to be slow. */
const hashes = new Map<string, Promise<string>>();
function hashOf(password: string): Promise<string> {
  const known = hashes.get(password) ?? hashPassword(password);
  hashes.set(password, known);
  return known;
}

/** An account with a confirmed address and no membership. */
export async function aUser(
  facts: { name?: string; email?: string; password?: string } = {},
): Promise<StaffPerson> {
  const { name = 'Asha Rao', email = `user-${randomUUID().slice(0, 8)}@hospital.test` } = facts;
  const user = await userModel.create({
    name,
    email,
    emailKey: email.toLowerCase(),
    passwordHash: await hashOf(facts.password ?? TEST_PASSWORD),
    emailVerifiedAt: new Date(),
  });
  return { id: user._id.toString(), name, email };
}

type StaffFacts = { role: StaffRole; name?: string; email?: string; password?: string };

/**
 * A colleague who has accepted an invitation: account, membership and a line of the directory. Takes no seat.
 */
export async function aStaffMember(
  { organizationId, db }: Employer,
  { role, ...facts }: StaffFacts,
): Promise<StaffPerson> {
  const email = facts.email ?? `${role}-${randomUUID().slice(0, 8)}@hospital.test`;
  const person = await aUser({ name: `Test ${role}`, ...facts, email });
  await membershipModel.create({
    userId: objectId(person.id),
    organizationId: objectId(organizationId),
    role,
    status: 'active',
  });
  await projectStaffMember(
    { db },
    { userId: person.id, name: person.name, email: person.email, role, isActive: true },
  );
  return person;
}
