import Link from 'next/link';
import { EmptyState } from '@/components/ui/empty-state';
import { RelativeTime } from '@/components/ui/relative-time';
import { countryName } from '@/lib/countries';
import { PLANS } from '@/lib/features/billing/plans';
import type { OrganizationSummary } from '@/lib/features/platform/dto';
import { paths } from '@/lib/paths';
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
    <ul className="divide-y divide-border">
      {rows.map((row) => (
        <li key={row.id} className="relative grid gap-0.5 px-4 py-3 hover:bg-surface-hover sm:px-5">
          <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
            <Link
              href={paths.platformOrganization(row.id)}
              className="font-medium text-text after:absolute after:inset-0"
            >
              {row.name}
            </Link>
            <StateBadge state={row.status} />
          </div>
          <p className="text-[0.8125rem] text-text-muted">
            {PLANS[row.plan].name}, {countryName(row.country)},{' '}
            <RelativeTime value={row.createdAt} timeZone="UTC" />
          </p>
        </li>
      ))}
    </ul>
  );
}
