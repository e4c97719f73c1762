import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { Stat, StatGrid } from '@/components/ui/stat';
import { isSold, PLANS } from '@/features/subscription/billing/plans';
import { paths } from '@/lib/paths';
import { ENTITLEMENTS, type Entitlement, planWith } from '../policy';

/** What an upgrade brings, next to what the organization has already: instead of a closed door. */
export function UpgradePanel({
  entitlement,
  brings,
  figures,
  canUpgrade,
}: {
  entitlement: Entitlement;
  brings: readonly string[];
  /** The organization's own numbers, which the feature would work with. */
  figures: readonly { label: string; value: string | number }[];
  /** Whether this person may open the billing page. */
  canUpgrade: boolean;
}) {
  const plan = PLANS[planWith(entitlement)];
  return (
    <Section
      title={`${ENTITLEMENTS[entitlement].name} is part of the ${plan.name} plan`}
      description={
        isSold(plan.id)
          ? 'One price for the whole organization; Billing says what it is for you.'
          : 'The price is agreed with you.'
      }
    >
      <div className="grid gap-6">
        <div className="grid gap-3">
          <h3 className="font-medium text-text">What it would work with today</h3>
          <StatGrid>
            {figures.map(({ label, value }) => (
              <Stat key={label} label={label} value={value} />
            ))}
          </StatGrid>
        </div>
        <div className="grid gap-3">
          <h3 className="font-medium text-text">What you would see</h3>
          <ul className="grid gap-2 text-text-muted">
            {brings.map((line) => (
              <li key={line} className="flex items-start gap-2">
                <Icon of="check" className="mt-0.5 size-4 shrink-0 text-success" />
                {line}
              </li>
            ))}
          </ul>
        </div>
        {canUpgrade ? (
          <div>
            <Link href={paths.billing} className={buttonClass({ variant: 'primary' })}>
              See plans and upgrade
            </Link>
          </div>
        ) : (
          <p className="text-text-muted">The owner of your organization can upgrade under Billing.</p>
        )}
      </div>
    </Section>
  );
}
