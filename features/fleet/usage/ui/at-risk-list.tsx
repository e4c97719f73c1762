import { EmptyState } from '@/components/ui/empty-state';
import { OrganizationLinks } from '@/components/ui/organization-links';
import type { AtRisk } from '../queries';
import { HealthBadge } from './health-badge';

/** Customers who may leave, each with the gravest reason. */
export function AtRiskList({ rows }: { rows: readonly AtRisk[] }) {
  if (rows.length === 0) {
    return (
      <EmptyState title="Nobody is at risk" className="py-8">
        Customers whose use falls or whose payment fails appear here.
      </EmptyState>
    );
  }
  return (
    <OrganizationLinks
      rows={rows.map(({ id, name, level, score, reasons }) => ({
        id,
        name,
        badge: <HealthBadge level={level} score={score} />,
        detail: reasons[0]?.text,
      }))}
    />
  );
}
