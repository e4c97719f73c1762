import type { Metadata } from 'next';
import { Alert } from '@/components/ui/alert';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { findOnlineAccount } from '@/features/cashier/online-accounts/queries';
import { listOpenRefunds } from '@/features/cashier/online-refunds/queries';
import { OnlineRefundList } from '@/features/cashier/online-refunds/ui/refund-list';
import { listOpenLinks } from '@/features/cashier/payment-links/queries';
import { LinkList } from '@/features/cashier/payment-links/ui/link-list';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { formatInstant } from '@/lib/time';

export const metadata: Metadata = { title: 'Online payments' };

export default async function OnlinePaymentsPage() {
  const ctx = await staffPage('bills:read');
  const [links, refunds, account, { currency }] = await load(
    Promise.all([listOpenLinks(ctx), listOpenRefunds(ctx), findOnlineAccount(ctx), getBillSettings(ctx)]),
  );
  const when = (iso: string) => formatInstant(new Date(iso), ctx.timeZone);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Cashier', href: paths.cashier }, { label: 'Online payments' }]}
        title="Online payments"
        description="Payment links that are open, and refunds that the provider has not given back yet."
      />
      {account ? null : (
        <Alert
          tone="info"
          className="mb-5"
          title="No account for online payments is set up"
          action={
            ctx.can('online-payments:write') ? (
              <Link href={paths.onlinePaymentSettings} className={buttonClass({ size: 'sm' })}>
                Set it up
              </Link>
            ) : null
          }
        >
          Patients pay at the counter. With an account of the hospital’s own they can pay by a link.
        </Alert>
      )}
      <div className="grid gap-5">
        <Section title="Payment links" flush>
          <LinkList
            links={links.map((link) => ({ ...link, until: when(link.expiresAt) }))}
            currency={currency}
            canLook={ctx.can('payments:write')}
            canSetAside={ctx.can('refunds:write')}
          />
        </Section>
        <Section title="Refunds" flush>
          <OnlineRefundList
            refunds={refunds.map((refund) => ({ ...refund, when: when(refund.at) }))}
            currency={currency}
            canAsk={ctx.can('refunds:write')}
            empty="Every refund by the provider has been given back."
          />
        </Section>
      </div>
    </>
  );
}
