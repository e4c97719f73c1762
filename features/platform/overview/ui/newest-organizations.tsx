import { EmptyState } from '@/components/ui/empty-state';
import { OrganizationLinks } from '@/components/ui/organization-links';
import { RelativeTime } from '@/components/ui/relative-time';
import { PLANS } from '@/features/subscription/billing/plans';
import { countryName } from '@/lib/countries';
import type { OrganizationSummary } from '../dto';
import { StateBadge } from './badges';

/** The organizations that came last. */
export function NewestOrganizations({ rows }: { rows: readonly OrganizationSummary[] }) {
  if (rows.length === 0) {
    return (
      <EmptyState title="No organizations yet" className="py-8">
        They appear here as soon as a hospital signs up.
      </EmptyState>
    );
  }
  return (
    <OrganizationLinks
      rows={rows.map(({ id, name, status, plan, country, createdAt }) => ({
        id,
        name,
        badge: <StateBadge state={status} />,
        detail: (
          <>
            {PLANS[plan].name}, {countryName(country)}, <RelativeTime value={createdAt} timeZone="UTC" />
          </>
        ),
      }))}
    />
  );
}
