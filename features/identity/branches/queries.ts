import 'server-only';
import { membershipModel } from '@/lib/master/models/membership';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type ShownBranch, toShownBranch } from './dto';

/** All branches, the first one first and those that are closed last, with how many are kept to each. */
export async function listBranches(ctx: TenantContext): Promise<ShownBranch[]> {
  const kept = await membershipModel
    .find({ organizationId: objectId(ctx.organizationId), status: 'active' })
    .select('branchIds')
    .lean();
  const count = (id: string) =>
    kept.filter(({ branchIds }) => branchIds?.some((one) => one.toString() === id)).length;
  const rows = ctx.branches.map((branch) => toShownBranch(branch, count(branch.id)));
  return [...rows.filter(({ isOpen }) => isOpen), ...rows.filter(({ isOpen }) => !isOpen)];
}
