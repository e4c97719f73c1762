import Link from 'next/link';
import { EmptyState } from '@/components/ui/empty-state';
import type { UsageSummary } from '@/lib/features/usage/queries';
import { paths } from '@/lib/paths';
import { HealthBadge } from './health-badge';

/** Customers who may leave, each with the gravest reason. */
export function AtRiskList({ rows }: { rows: readonly UsageSummary[] }) {
  if (rows.length === 0) {
    return (
      <EmptyState title="Nobody is at risk" className="py-8">
        Customers whose use falls or whose payment fails appear here.
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
            <HealthBadge level={row.level} score={row.score} />
          </div>
          <p className="text-[0.8125rem] text-text-muted">{row.reasons[0]?.text}</p>
        </li>
      ))}
    </ul>
  );
}
