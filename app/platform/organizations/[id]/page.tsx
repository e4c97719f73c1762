import type { Metadata } from 'next';
import { Suspense } from 'react';
import { May } from '@/components/layout/may';
import { Badge } from '@/components/ui/badge';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton } from '@/components/ui/skeleton';
import { PURPOSE_LABEL } from '@/features/fleet/demos/policy';
import { getLife } from '@/features/fleet/operations/queries';
import { listServiceMonths } from '@/features/fleet/service-levels/queries';
import { ServiceLevelSection } from '@/features/fleet/service-levels/ui/service-level-section';
import { getUse } from '@/features/fleet/usage/queries';
import { UseSection } from '@/features/fleet/usage/ui/use-section';
import { listContacts } from '@/features/platform/contacts/queries';
import { ContactsCard } from '@/features/platform/contacts/ui/contacts-card';
import { listNotes } from '@/features/platform/customer-notes/queries';
import { NotesSection } from '@/features/platform/customer-notes/ui/notes-section';
import { getCustomerMails } from '@/features/platform/mails/queries';
import { CustomerMailsCard } from '@/features/platform/mails/ui/customer-mails';
import { canRetryProvisioning } from '@/features/platform/overview/policy';
import { inspectDatabase } from '@/features/platform/overview/queries/databases';
import { getOrganization } from '@/features/platform/overview/queries/organizations';
import { StateBadge } from '@/features/platform/overview/ui/badges';
import { EventsTable } from '@/features/platform/overview/ui/events-table';
import { LifeSection } from '@/features/platform/overview/ui/life-section';
import { RetryProvisioningButton, SyncButton } from '@/features/platform/overview/ui/organization-actions';
import {
  DatabaseCard,
  HealthList,
  HistoryCard,
  OrganizationCard,
  OwnerCard,
  ProvisioningCard,
  SubscriptionCard,
  UsageCard,
} from '@/features/platform/overview/ui/organization-cards';
import { getTerms } from '@/features/subscription/concessions/queries';
import { TermsSection } from '@/features/subscription/concessions/ui/terms-section';
import { getCustomerInvoiceDetails } from '@/features/subscription/invoice-details/queries';
import { InvoiceDetailsList } from '@/features/subscription/invoice-details/ui/invoice-details-section';
import { canSendQuote, isSharedOrWaiting } from '@/features/subscription/quotes/policy';
import { findOfferRequest, listQuotes } from '@/features/subscription/quotes/queries';
import { QuoteSection } from '@/features/subscription/quotes/ui/quote-section';
import { getCustomerMoney } from '@/features/subscription/refunds/queries';
import { MoneySection } from '@/features/subscription/refunds/ui/money-section';
import { getAccessForSupport } from '@/features/support/support-access/queries';
import { AccessCard } from '@/features/support/support-access/ui/access-card';
import { findAgreedTarget, targetFormOf } from '@/features/support/tickets/queries';
import { TargetCard } from '@/features/support/tickets/ui/target-card';
import { type PlatformContext, platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { PLATFORM, paths } from '@/lib/paths';
import { revisionOf } from '@/lib/revision';

export const metadata: Metadata = { title: 'Organization' };

export default async function OrganizationPage({ params }: PageProps<'/platform/organizations/[id]'>) {
  const ctx = await platformPage('organizations:read');
  const { id } = await params;
  const { organization, owner, members, provisioning, events, audit } = await load(getOrganization(ctx, id));
  const [quotes, request, access, life, use, agreed, contacts, notes, mails, details, service] = await load(
    Promise.all([
      listQuotes(ctx, id),
      findOfferRequest(ctx, id),
      getAccessForSupport(ctx, id),
      getLife(id),
      getUse(ctx, id),
      findAgreedTarget(id),
      listContacts(ctx, id),
      listNotes(ctx, id),
      getCustomerMails(ctx, id),
      getCustomerInvoiceDetails(ctx, id),
      listServiceMonths(ctx, id),
    ]),
  );
  const canOffer = canSendQuote({
    status: organization.status,
    owes: organization.owes,
    subscriptionStatus: organization.subscription?.status,
  });
  return (
    <>
      <PageHeader
        title={organization.name}
        badge={
          <>
            <StateBadge state={organization.status} isTrial={organization.isTrial} />
            {organization.purpose === 'customer' ? null : (
              <Badge tone="info">{PURPOSE_LABEL[organization.purpose]}</Badge>
            )}
          </>
        }
        breadcrumbs={[{ label: 'Organizations', href: PLATFORM.organizations }, { label: organization.name }]}
        actions={
          <>
            <Link
              href={paths.platformTimeline(organization.id)}
              className={buttonClass({ variant: 'secondary' })}
            >
              Timeline
            </Link>
            {canRetryProvisioning(organization.status) ? (
              <May to="databases:write">
                <RetryProvisioningButton organizationId={organization.id} />
              </May>
            ) : null}
            {organization.stripeCustomerId ? (
              <May to="subscriptions:sync">
                <SyncButton organizationId={organization.id} />
              </May>
            ) : null}
          </>
        }
      />
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="grid min-w-0 gap-6">
          <OrganizationCard organization={organization} />
          <SubscriptionCard organization={organization} />
          {quotes.length > 0 || canOffer ? (
            <QuoteSection
              organizationId={organization.id}
              quotes={quotes}
              canSend={canOffer}
              request={request}
              isWaiting={isSharedOrWaiting(organization)}
            />
          ) : null}
          {organization.stripeCustomerId ? (
            <Suspense fallback={<Skeleton className="h-40 rounded-lg" />}>
              <Money ctx={ctx} organizationId={organization.id} />
            </Suspense>
          ) : null}
          {organization.stripeCustomerId ? (
            <Suspense fallback={<Skeleton className="h-32 rounded-lg" />}>
              <Terms ctx={ctx} organizationId={organization.id} />
            </Suspense>
          ) : null}
          {service.length > 0 ? (
            <ServiceLevelSection organizationId={organization.id} months={service} />
          ) : null}
          <NotesSection organizationId={organization.id} notes={notes} />
          <LifeSection organizationId={organization.id} life={life} />
          {organization.placement ? <UseSection use={use} /> : null}
          <EventsTable rows={events} withFilter={false} />
        </div>
        <div className="grid min-w-0 gap-6 md:grid-cols-2 xl:grid-cols-1">
          <UsageCard organization={organization} members={members} />
          <OwnerCard owner={owner} />
          {details.isKnown ? (
            <Section title="Invoice details" description="As the customer has said them">
              <InvoiceDetailsList details={details} />
            </Section>
          ) : null}
          <ContactsCard organizationId={organization.id} contacts={contacts} />
          <CustomerMailsCard organizationId={organization.id} customerMails={mails} />
          <TargetCard
            organizationId={organization.id}
            plan={organization.plan}
            agreed={agreed}
            version={revisionOf(targetFormOf(agreed))}
          />
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

async function Money({ ctx, organizationId }: { ctx: PlatformContext; organizationId: string }) {
  return (
    <MoneySection organizationId={organizationId} money={await load(getCustomerMoney(ctx, organizationId))} />
  );
}

async function Terms({ ctx, organizationId }: { ctx: PlatformContext; organizationId: string }) {
  return <TermsSection organizationId={organizationId} terms={await load(getTerms(ctx, organizationId))} />;
}

async function Health({ ctx, organizationId }: { ctx: PlatformContext; organizationId: string }) {
  return <HealthList health={await inspectDatabase(ctx, organizationId)} />;
}
