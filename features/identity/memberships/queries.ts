import 'server-only';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId, op } from '@/lib/mongo';
import { STATE_ALLOWS } from '@/lib/organizations/policy';

export type Workplace = { organizationId: string; name: string };

/** Where else a person may go to: organizations that they work for and that are open. At most 20, by name. */
export async function listPlaces(userId: string): Promise<Workplace[]> {
  const memberships = await membershipModel
    .find({ userId: objectId(userId), status: 'active' })
    .select('organizationId')
    .limit(20)
    .lean();
  if (memberships.length < 2) return [];
  const organizations = await organizationModel
    .find({ _id: op({ $in: memberships.map(({ organizationId }) => organizationId) }) })
    .select('organizationName status')
    .lean();
  return organizations
    .filter(({ status }) => STATE_ALLOWS[status].signIn)
    .map((row) => ({ organizationId: row._id.toString(), name: row.organizationName }))
    .sort((a, b) => a.name.localeCompare(b.name));
}
