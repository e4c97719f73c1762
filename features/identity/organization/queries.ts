import 'server-only';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';

type Row = { organizationName: string; email: string; phone: string; country: string; timeZone: string };

const toProfile = ({ organizationName, email, phone, country, timeZone }: Row) => ({
  organizationName,
  email,
  phone,
  country,
  timeZone,
});
export type OrganizationProfile = ReturnType<typeof toProfile>;

/** What the organization says about itself; for its settings page. */
export async function getOrganizationProfile(ctx: TenantContext): Promise<OrganizationProfile> {
  const row = await organizationModel
    .findById(objectId(ctx.organizationId))
    .select('organizationName email phone country timeZone')
    .orFail()
    .lean();
  return toProfile(row);
}
