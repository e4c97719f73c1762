import type { CustomRole } from '@/lib/auth/custom-role';
import { organizationModel } from '@/lib/master/models/organization';
import type { PlatformRole, StaffRole } from '@/lib/master/vocabulary';
import { newObjectId, objectId } from '@/lib/mongo';

type Person = { id: string; name: string; email: string };

const personOf = ({ id, name, email }: Person) => ({
  userId: id,
  name,
  email,
  isEmailVerified: true,
  createdAt: new Date(),
  lastSeenAt: new Date(),
  hasSecondFactor: false,
  sessionId: `session-of-${id}`,
});

/** What getPrincipal answers for somebody of this organization. */
export async function staffPrincipal(
  organizationId: string,
  person: Person,
  role: StaffRole,
  customRole: CustomRole | null = null,
) {
  const organization = await organizationModel.findById(objectId(organizationId)).lean();
  return {
    kind: 'staff' as const,
    ...personOf(person),
    role,
    customRole,
    organization,
    branchIds: [],
    branchId: null,
    idleMinutes: 15,
    secondFactorDue: null,
    mustSetUpSecondFactor: false,
  };
}

const SOMEBODY = () => ({ id: newObjectId().toString(), name: 'Company', email: 'company@chakravue.test' });

/** What getPrincipal answers for one of the company's people. */
export const platformPrincipal = (role: PlatformRole = 'owner', person: Person = SOMEBODY()) => ({
  kind: 'platform' as const,
  ...personOf(person),
  hasSecondFactor: true,
  role,
  mustSetUpSecondFactor: false,
  support: null,
  idleMinutes: 15,
});
