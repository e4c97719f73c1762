import { openBranch } from '@/features/cashier/branch-series/service';
import { type Branch, branchesOf } from '@/lib/branches';
import { organizationModel } from '@/lib/master/models/organization';
import type { StaffRole } from '@/lib/master/vocabulary';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import type { testOrganization } from './organization';

type Org = Awaited<ReturnType<typeof testOrganization>>;

/** The branches of an organization as they are now, the first one first. */
export async function branchesNow({ organizationId }: Pick<Org, 'organizationId'>): Promise<Branch[]> {
  const row = await organizationModel.findById(objectId(organizationId)).select('branches').orFail().lean();
  return branchesOf(row.branches);
}

/** Opens a branch; its plan must include it. */
export const aBranch = (org: Org, name: string, numberPrefix: string): Promise<Branch> =>
  openBranch(org.ctx(), { name, numberPrefix });

/** Somebody at work at a branch, as the gate would let them in. */
export async function ctxAt(org: Org, role: StaffRole, branchId: string): Promise<TenantContext> {
  return org.ctx(role, { branches: await branchesNow(org), branchId });
}
