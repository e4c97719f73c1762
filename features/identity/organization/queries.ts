import 'server-only';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { revisionOf } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';

type Row = { organizationName: string; email: string; phone: string; country: string; timeZone: string };

/** What its form shows, as it is stored. */
export const formOf = ({ organizationName, phone, country, timeZone }: Omit<Row, 'email'>) => ({
  organizationName,
  phone,
  country,
  timeZone,
});
const toProfile = (row: Row) => ({ ...formOf(row), email: row.email, version: revisionOf(formOf(row)) });
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
