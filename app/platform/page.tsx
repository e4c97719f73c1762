import type { Metadata } from 'next';
import { Suspense } from 'react';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton, TableSkeleton } from '@/components/ui/skeleton';
import { Stat, StatGrid } from '@/components/ui/stat';
import { listAtRisk } from '@/features/fleet/usage/queries';
import { AtRiskList } from '@/features/fleet/usage/ui/at-risk-list';
import { getBillingAttention } from '@/features/platform/overview/queries/attention';
import {
  getPlatformFigures,
  listBeingSetUp,
  listEnterpriseRequests,
  listNewestOrganizations,
} from '@/features/platform/overview/queries/overview';
import { getServiceFigures } from '@/features/platform/overview/queries/service';
import { organizationsHref } from '@/features/platform/overview/ui/addresses';
import { EnterpriseRequests, SetupList } from '@/features/platform/overview/ui/attention-lists';
import { BillingAttentionList } from '@/features/platform/overview/ui/billing-attention';
import { inMoney } from '@/features/platform/overview/ui/labels';
import { NewestOrganizations } from '@/features/platform/overview/ui/newest-organizations';
import { PlanDistribution } from '@/features/platform/overview/ui/plan-distribution';
import { ServiceStats } from '@/features/platform/overview/ui/service-stats';
import { listMovementNow } from '@/features/subscription/revenue/queries';
import { MovementList } from '@/features/subscription/revenue/ui/movement-now';
import { type PlatformVisit, platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { PLATFORM } from '@/lib/paths';
import { counted, inUtc } from '@/lib/words';

export const metadata: Metadata = { title: 'Overview' };

export default async function PlatformPage() {
  const ctx = await platformPage('overview:read');
  return (
    <>
      <PageHeader title="Overview" description="How the company does, and who needs somebody to look." />
      <Suspense fallback={<OverviewSkeleton />}>
        <Overview ctx={ctx} />
      </Suspense>
    </>
  );
}

async function Overview({ ctx }: { ctx: PlatformVisit }) {
  const seesMoney = ctx.can('revenue:read');
  const [figures, service, settingUp, requests, newest, attention, atRisk, movements] = await load(
    Promise.all([
      getPlatformFigures(ctx),
      getServiceFigures(ctx),
      listBeingSetUp(ctx),
      listEnterpriseRequests(ctx),
      listNewestOrganizations(ctx),
      getBillingAttention(ctx),
      listAtRisk(ctx),
      seesMoney ? listMovementNow(ctx) : [],
    ]),
  );
  const mrr = inMoney(figures.mrr);
  const arr = inMoney(figures.arr);
  const stuck = settingUp.filter(({ isStuck }) => isStuck).length;
  return (
    <div className="grid gap-6">
      <StatGrid>
        {seesMoney ? (
          <>
            <Stat
              label="MRR"
              value={<span data-testid="mrr">{mrr.main}</span>}
              hint={mrr.others ? `and ${mrr.others}` : 'monthly recurring revenue'}
              href={PLATFORM.revenue}
            />
            <Stat
              label="ARR"
              value={arr.main}
              hint={arr.others ? `and ${arr.others}` : 'at this month’s rate'}
              href={PLATFORM.revenue}
            />
          </>
        ) : null}
        <Stat
          label="Active organizations"
          value={figures.active}
          hint={figures.trials > 0 ? `${figures.trials} of them on trial` : 'paid for'}
          href={organizationsHref({ status: 'active', kind: 'customer' })}
        />
        <Stat
          label="Payment overdue"
          value={figures.overdue}
          hint={`${figures.readOnly} of them read-only`}
          href={organizationsHref({ status: 'overdue', kind: 'customer' })}
        />
        <Stat
          label="Suspended"
          value={figures.suspended}
          hint="by us, or nothing was paid"
          href={organizationsHref({ status: 'suspended', kind: 'customer' })}
        />
        <Stat
          label="Being set up"
          value={figures.provisioning}
          hint={`${stuck} stuck`}
          href={organizationsHref({ status: 'provisioning', kind: 'customer' })}
        />
        <Stat
          label="Not customers yet"
          value={figures.pendingPayment + figures.requested}
          hint={`${figures.pendingPayment} not paid, ${figures.requested} want an offer`}
          href={organizationsHref({ status: 'pending_payment', kind: 'customer' })}
        />
        <Stat
          label="All organizations"
          value={figures.total}
          hint={`${figures.paused} paused, ${figures.leaving} leaving, ${figures.gone} closed; besides ${counted(figures.others, 'demo')}`}
          href={PLATFORM.organizations}
        />
      </StatGrid>
      {seesMoney ? (
        <Section title="MRR this month" description="What came and what went, by currency" flush>
          <MovementList rows={movements} />
        </Section>
      ) : null}
      <ServiceStats figures={service} />
      <div className="grid items-start gap-6 lg:grid-cols-2">
        <div className="grid min-w-0 gap-6">
          <Section title="To settle" description="Payments, events and jobs" flush>
            <BillingAttentionList attention={attention} />
          </Section>
          <Section title="Plans" description="Active and overdue customers, by plan">
            <PlanDistribution plans={figures.plans} withMoney={seesMoney} />
          </Section>
          <Section title="Being set up" description="Paid, and waiting for their database" flush>
            <SetupList rows={settingUp} />
          </Section>
          <Section title="Enterprise requests" description="Newest first" flush>
            <EnterpriseRequests rows={requests} />
          </Section>
        </div>
        <div className="grid min-w-0 gap-6">
          <Section
            title="Customers at risk"
            description="Whose use falls, or who do not pay"
            flush
            actions={
              <Link href={PLATFORM.usage} className={buttonClass({ variant: 'ghost', size: 'sm' })}>
                Show usage
              </Link>
            }
          >
            <AtRiskList rows={atRisk} />
          </Section>
          <Section
            title="Newest organizations"
            flush
            actions={
              <Link href={PLATFORM.organizations} className={buttonClass({ variant: 'ghost', size: 'sm' })}>
                Show all
              </Link>
            }
          >
            <NewestOrganizations rows={newest} />
          </Section>
        </div>
      </div>
      <p className="text-[0.8125rem] text-text-subtle">As of {inUtc(figures.asOf)}</p>
    </div>
  );
}

const OverviewSkeleton = () => (
  <div className="grid gap-6">
    <StatGrid>
      {['mrr', 'arr', 'active', 'overdue', 'setup', 'payment', 'requests', 'all'].map((name) => (
        <Skeleton key={name} className="h-[6.6rem] rounded-lg" />
      ))}
    </StatGrid>
    <div className="grid gap-6 lg:grid-cols-2">
      <TableSkeleton rows={4} columns={2} label="Loading the figures" />
      <TableSkeleton rows={4} columns={2} label="Loading the lists" />
    </div>
  </div>
);
