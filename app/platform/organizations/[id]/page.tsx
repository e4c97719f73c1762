import type { Metadata } from 'next';
import { Suspense } from 'react';
import { PLATFORM } from '@/components/platform/addresses';
import { StateBadge } from '@/components/platform/badges';
import { EventsTable } from '@/components/platform/events-table';
import { LifeSection } from '@/components/platform/life-section';
import { RetryProvisioningButton, SyncButton } from '@/components/platform/organization-actions';
import {
  DatabaseCard,
  HealthList,
  HistoryCard,
  OrganizationCard,
  OwnerCard,
  ProvisioningCard,
  SubscriptionCard,
  UsageCard,
} from '@/components/platform/organization-cards';
import { QuoteSection } from '@/components/platform/quote-section';
import { AccessCard } from '@/components/support-access/access-card';
import { TargetCard } from '@/components/tickets/target-card';
import { Badge } from '@/components/ui/badge';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { UseSection } from '@/components/usage/use-section';
import { type PlatformContext, platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { PURPOSE_LABEL } from '@/lib/features/demos/policy';
import { getLife } from '@/lib/features/operations/queries';
import { canRetryProvisioning } from '@/lib/features/platform/policy';
import { inspectDatabase } from '@/lib/features/platform/queries/databases';
import { getOrganization } from '@/lib/features/platform/queries/organizations';
import { canSendQuote } from '@/lib/features/quotes/policy';
import { listQuotes } from '@/lib/features/quotes/queries';
import { getAccessForSupport } from '@/lib/features/support-access/queries';
import { findAgreedTarget } from '@/lib/features/tickets/queries';
import { getUse } from '@/lib/features/usage/queries';

export const metadata: Metadata = { title: 'Organization' };

export default async function OrganizationPage({ params }: PageProps<'/platform/organizations/[id]'>) {
  const ctx = await platformPage();
  const { id } = await params;
  const { organization, owner, members, provisioning, events, audit } = await load(getOrganization(ctx, id));
  const quotes = await load(listQuotes(ctx, id));
  const access = await load(getAccessForSupport(ctx, id));
  const life = await load(getLife(id));
  const use = await load(getUse(ctx, id));
  const agreed = await load(findAgreedTarget(id));
  return (
    <>
      <PageHeader
        title={organization.name}
        badge={
          <>
            <StateBadge state={organization.status} />
            {organization.purpose === 'customer' ? null : (
              <Badge tone="info">{PURPOSE_LABEL[organization.purpose]}</Badge>
            )}
          </>
        }
        breadcrumbs={[{ label: 'Organizations', href: PLATFORM.organizations }, { label: organization.name }]}
        actions={
          <>
            {canRetryProvisioning(organization.status) ? (
              <RetryProvisioningButton organizationId={organization.id} />
            ) : null}
            {organization.stripeCustomerId ? <SyncButton organizationId={organization.id} /> : null}
          </>
        }
      />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 gap-6">
          <OrganizationCard organization={organization} />
          <SubscriptionCard organization={organization} />
          {quotes.length > 0 || canSendQuote(organization.status) ? (
            <QuoteSection
              organizationId={organization.id}
              quotes={quotes}
              canSend={canSendQuote(organization.status)}
            />
          ) : null}
          <LifeSection organizationId={organization.id} life={life} />
          {organization.placement ? <UseSection use={use} /> : null}
          <EventsTable rows={events} withFilter={false} />
        </div>
        <div className="grid min-w-0 gap-6 md:grid-cols-2 xl:grid-cols-1">
          <UsageCard organization={organization} members={members} />
          <OwnerCard owner={owner} />
          <TargetCard organizationId={organization.id} plan={organization.plan} agreed={agreed} />
          <AccessCard organizationId={organization.id} access={access} />
          <DatabaseCard organization={organization}>
            {organization.placement ? (
              <Suspense fallback={<Skeleton className="h-24" />}>
                <Health ctx={ctx} organizationId={organization.id} />
              </Suspense>
            ) : null}
          </DatabaseCard>
          <ProvisioningCard provisioning={provisioning} />
          <HistoryCard audit={audit} />
        </div>
      </div>
    </>
  );
}

async function Health({ ctx, organizationId }: { ctx: PlatformContext; organizationId: string }) {
  return <HealthList health={await inspectDatabase(ctx, organizationId)} />;
}
