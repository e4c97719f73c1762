import { Section } from '@/components/ui/card';
import type { OrganizationUse } from '../queries';
import { HealthBadge } from './health-badge';
import { ActiveUsersChart, FeatureList } from './use-charts';

/** For the company: how a customer does and why we think so. */
export function UseSection({ use: { summary, days, features } }: { use: OrganizationUse }) {
  return (
    <Section
      title="Use"
      description="The last 30 days: counts only, never what is in a record."
      actions={summary ? <HealthBadge level={summary.level} score={summary.score} /> : null}
    >
      <div className="grid gap-6">
        {summary && summary.reasons.length > 0 ? (
          <ul className="grid gap-1 text-[0.8125rem]" aria-label="Why this score">
            {summary.reasons.map(({ text, points }) => (
              <li key={text} className="flex justify-between gap-4">
                <span className="text-text">{text}</span>
                <span className="text-text-muted tabular-nums">−{points}</span>
              </li>
            ))}
          </ul>
        ) : null}
        <ActiveUsersChart days={days} />
        <div className="grid gap-2">
          <h3 className="font-medium text-[0.8125rem] text-text">Pages opened</h3>
          <FeatureList features={features} />
        </div>
      </div>
    </Section>
  );
}
