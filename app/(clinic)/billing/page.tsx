import type { Metadata } from 'next';
import { PortalButton } from '@/components/billing/portal-button';
import { Alert } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { Meter } from '@/components/ui/meter';
import { PageHeader } from '@/components/ui/page-header';
import { load, staffPage } from '@/lib/actions/staff';
import { PLANS } from '@/lib/features/billing/plans';
import { getBilling } from '@/lib/features/billing/queries';
import { STATE_LABEL } from '@/lib/features/organizations/policy';
import { formatBytes, formatMoney } from '@/lib/money';
import { dayOf, formatDay } from '@/lib/time';

export const metadata: Metadata = { title: 'Billing' };

export default async function BillingPage() {
  const ctx = await staffPage('billing:read');
  const { plan, state, subscription, seats, storage } = await load(getBilling(ctx));
  const day = subscription ? formatDay(dayOf(new Date(subscription.currentPeriodEnd), ctx.timeZone)) : null;
  return (
    <>
      <PageHeader
        title="Billing"
        description={`The subscription of ${ctx.organization.name}.`}
        actions={ctx.can('billing:write') ? <PortalButton /> : null}
      />
      <div className="grid gap-5 lg:grid-cols-2">
        <Section
          title="Plan"
          actions={<Badge tone={state === 'active' ? 'success' : 'warning'}>{STATE_LABEL[state]}</Badge>}
        >
          <DescriptionList
            items={[
              { label: 'Plan', value: PLANS[plan].name },
              {
                label: 'Price',
                value: subscription
                  ? `${formatMoney(subscription.priceCents, subscription.currency)} a ${subscription.interval}`
                  : 'As agreed',
              },
              { label: subscription?.cancelAtPeriodEnd ? 'Ends' : 'Next invoice', value: day ?? 'None' },
              { label: 'Support', value: PLANS[plan].support },
            ]}
          />
          {subscription?.cancelAtPeriodEnd ? (
            <Alert tone="warning" className="mt-4" title="The subscription ends">
              On {day} your organization becomes inactive. Its records are kept. You can take this back in the
              billing portal until then.
            </Alert>
          ) : null}
          {state === 'past_due' ? (
            <Alert tone="danger" className="mt-4" title="The last payment failed">
              Please check the card in the billing portal. Nothing is switched off yet.
            </Alert>
          ) : null}
        </Section>
        <Section title="In use" description="What your plan includes, and how much of it you use.">
          <div className="grid gap-5">
            <Meter label="Staff accounts, with pending invitations" value={seats.used} max={seats.limit} />
            <Meter
              label="Storage"
              value={storage.usedBytes}
              max={storage.limitBytes}
              text={
                storage.limitBytes === null
                  ? formatBytes(storage.usedBytes)
                  : `${formatBytes(storage.usedBytes)} of ${formatBytes(storage.limitBytes)}`
              }
            />
          </div>
          {ctx.can('billing:write') ? null : (
            <p className="mt-4 text-[0.8125rem] text-text-muted">
              Only the owner can change the card or the plan.
            </p>
          )}
        </Section>
      </div>
    </>
  );
}
