import type { Metadata } from 'next';
import { Suspense } from 'react';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { listOwnServiceMonths } from '@/features/fleet/service-levels/queries';
import { OwnServiceLevel } from '@/features/fleet/service-levels/ui/service-level-section';
import { dayIn } from '@/features/subscription/billing/ui/labels';
import { PortalButton } from '@/features/subscription/billing/ui/portal-button';
import { ReturnNotice } from '@/features/subscription/billing/ui/return-notice';
import { getInvoiceDetails } from '@/features/subscription/invoice-details/queries';
import { InvoiceDetailsSection } from '@/features/subscription/invoice-details/ui/invoice-details-section';
import { findNextInvoice, getSubscription, listInvoices } from '@/features/subscription/plan-changes/queries';
import {
  type InvoicePageQuery,
  invoicePageQuery,
  returnQuery,
} from '@/features/subscription/plan-changes/schema';
import { noticeReturn } from '@/features/subscription/plan-changes/service';
import {
  nextInvoiceText,
  PaymentMethodCard,
  PlanCard,
  UsageCard,
} from '@/features/subscription/plan-changes/ui/cards';
import { ChangePlan } from '@/features/subscription/plan-changes/ui/change-plan';
import { InvoicesTable } from '@/features/subscription/plan-changes/ui/invoices-table';
import { BillingNotices } from '@/features/subscription/plan-changes/ui/notices';
import { getOwnOffer } from '@/features/subscription/quotes/queries';
import { OwnOfferSection, OwnPlace } from '@/features/subscription/quotes/ui/own-offer';
import { load, staffPage } from '@/lib/actions/staff';
import type { TenantContext } from '@/lib/tenancy/context';

export const metadata: Metadata = { title: 'Billing' };

export default async function BillingPage({ searchParams }: PageProps<'/billing'>) {
  const ctx = await staffPage('billing:read');
  const given = await searchParams;
  const query = invoicePageQuery.parse(given);
  const { checkout, card } = returnQuery.parse(given);
  if ((checkout || card) && ctx.can('billing:write')) await noticeReturn(ctx);
  const [page, own, details, service] = await load(
    Promise.all([getSubscription(ctx), getOwnOffer(ctx), getInvoiceDetails(ctx), listOwnServiceMonths(ctx)]),
  );
  const { timeZone } = ctx;
  const canChange = ctx.can('billing:write');
  const { subscription } = page;
  const day = subscription ? dayIn(subscription.currentPeriodEnd, timeZone) : 'None';
  const canChangePlan =
    canChange &&
    subscription?.isLive &&
    page.plan !== 'enterprise' &&
    !subscription.pause &&
    (subscription.status === 'active' || subscription.status === 'trialing');
  return (
    <>
      <PageHeader
        title="Billing"
        description={`The subscription of ${ctx.organization.name}.`}
        actions={canChange && page.isCustomer ? <PortalButton /> : null}
      />
      {checkout && subscription?.isLive ? (
        <ReturnNotice text="Thank you. The payment is done and everything is open." />
      ) : null}
      {card ? <ReturnNotice text="The card was changed." /> : null}
      <BillingNotices {...{ page, timeZone, canChange }} />
      <div className="grid gap-5">
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
          <PlanCard
            {...{ page, timeZone, canChange }}
            nextInvoice={
              subscription?.pause ? (
                pausedText(subscription.pause, timeZone)
              ) : (
                <Suspense fallback={day}>
                  <NextInvoice ctx={ctx} fallbackDay={day} />
                </Suspense>
              )
            }
          />
          <div className="grid gap-5">
            <UsageCard page={page} />
            <PaymentMethodCard {...{ page, canChange }} />
          </div>
        </div>
        {canChangePlan ? <ChangePlan {...{ page, subscription, timeZone }} /> : null}
        {canChange && own.canTake && (page.plan !== 'enterprise' || own.offer) ? (
          <OwnOfferSection
            own={own}
            timeZone={timeZone}
            isEnterprise={page.plan === 'enterprise'}
            isTrial={Boolean(subscription?.trialEnd)}
            isPaused={Boolean(subscription?.pause)}
          />
        ) : null}
        {page.plan === 'enterprise' && own.place ? <OwnPlace place={own.place} /> : null}
        {service.length > 0 ? <OwnServiceLevel months={service} /> : null}
        <InvoiceDetailsSection organizationId={ctx.organizationId} details={details} canChange={canChange} />
        <Suspense fallback={<TableSkeleton rows={3} columns={4} label="Loading invoices" />}>
          <Invoices ctx={ctx} query={query} />
        </Suspense>
      </div>
    </>
  );
}

const pausedText = ({ resumesAt }: { resumesAt: string | null }, timeZone: string): string =>
  resumesAt ? `None while paused, until ${dayIn(resumesAt, timeZone)}` : 'None while paused';

async function NextInvoice({ ctx, fallbackDay }: { ctx: TenantContext; fallbackDay: string }) {
  return nextInvoiceText(await findNextInvoice(ctx), fallbackDay, ctx.timeZone);
}

async function Invoices({ ctx, query }: { ctx: TenantContext; query: InvoicePageQuery }) {
  return <InvoicesTable page={await listInvoices(ctx, query)} timeZone={ctx.timeZone} />;
}
