import 'server-only';
import { ownedHere } from '@/features/record/templates/queries';
import type { TenantContext } from '@/lib/tenancy/context';
import { type FindingSet, toFindingSet } from './dto';
import { findingSetModel } from './model';

/** Of one owner; more are found by nobody. */
export const MOST_FINDING_SETS = 100;

/** The find behind the list: everybody's, and one's own; apart from it so that a test can explain it. */
export const findFindingSets = (ctx: TenantContext) =>
  findingSetModel(ctx)
    .find(ownedHere(ctx))
    .sort({ ownerId: 1, nameKey: 1 })
    .limit(2 * MOST_FINDING_SETS);

/** One's own by name, and behind them everybody's; those of a colleague are not there. */
export async function listFindingSets(ctx: TenantContext): Promise<FindingSet[]> {
  const sets = (await findFindingSets(ctx).lean()).map(toFindingSet);
  return [...sets.filter(({ isOwn }) => isOwn), ...sets.filter(({ isOwn }) => !isOwn)];
}
