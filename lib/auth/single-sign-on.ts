import 'server-only';
import { ssoConnectionModel } from '../master/models/sso-connection';
import type { PlanId, StaffRole } from '../master/vocabulary';
import { type newObjectId, op } from '../mongo';

type Id = ReturnType<typeof newObjectId>;

/** Single sign-on goes with the plan: where it is not paid for any more, passwords work again. */
export const SINGLE_SIGN_ON_PLAN: PlanId = 'enterprise';

/**
 * The organizations, of those given, that this person may enter through the organization's provider only.
 * Named owners with a second factor are let in otherwise too, for the day on which the provider is down.
 */
export async function organizationsClosedTo(
  person: { id: string; hasSecondFactor: boolean },
  places: readonly { _id: Id; plan: PlanId; role: StaffRole }[],
): Promise<ReadonlySet<string>> {
  const paying = places.filter(({ plan }) => plan === SINGLE_SIGN_ON_PLAN).map(({ _id }) => _id);
  if (paying.length === 0) return new Set();
  const enforced = await ssoConnectionModel
    .find({ _id: op({ $in: paying }), isEnforced: true })
    .select('breakGlassIds')
    .lean();
  const isOwner = (id: string) => places.some(({ _id, role }) => role === 'owner' && _id.toString() === id);
  const mayBreakGlass = (row: (typeof enforced)[number]) =>
    person.hasSecondFactor &&
    isOwner(row._id.toString()) &&
    row.breakGlassIds.some((one) => one.toString() === person.id);
  return new Set(enforced.filter((row) => !mayBreakGlass(row)).map(({ _id }) => _id.toString()));
}
