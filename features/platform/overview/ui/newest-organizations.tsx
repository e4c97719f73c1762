import { EmptyState } from '@/components/ui/empty-state';
import { OrganizationLinks } from '@/components/ui/organization-links';
import { RelativeTime } from '@/components/ui/relative-time';
import { PURPOSE_LABEL } from '@/features/fleet/demos/policy';
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
      rows={rows.map(({ id, name, status, isTrial, plan, purpose, country, createdAt }) => ({
        id,
        name,
        badge: <StateBadge state={status} isTrial={isTrial} />,
        detail: (
          <>
            {purpose === 'customer' ? PLANS[plan].name : PURPOSE_LABEL[purpose]}, {countryName(country)},{' '}
            <RelativeTime value={createdAt} timeZone="UTC" />
          </>
        ),
      }))}
    />
  );
}
