import type { Metadata } from 'next';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { SettingsSection } from '@/components/layout/settings-section';
import { Alert } from '@/components/ui/alert';
import { Badge } from '@/components/ui/badge';
import { DescriptionList } from '@/components/ui/description-list';
import { PageHeader } from '@/components/ui/page-header';
import type { OnlineAccount } from '@/features/cashier/online-accounts/dto';
import { findOnlineAccount } from '@/features/cashier/online-accounts/queries';
import { AccountForm } from '@/features/cashier/online-accounts/ui/account-form';
import { RemoveAccount } from '@/features/cashier/payment-links/ui/remove-account';
import { load, staffPage } from '@/lib/actions/staff';
import { formatInstant } from '@/lib/time';

export const metadata: Metadata = { title: 'Online payments' };

export default async function OnlinePaymentSettingsPage() {
  const ctx = await staffPage('settings:read');
  const account = await load(findOnlineAccount(ctx));
  const canWrite = ctx.can('online-payments:write');
  return (
    <>
      <PageHeader
        title="Online payments"
        description="Patients pay bills by a link, into the hospital’s own account at Stripe."
      />
      <SettingsFrame hasOrganization>
        <div className="grid gap-8">
          {account ? (
            <SettingsSection title="Account" description="What patients pay by a link goes there.">
              <div className="grid justify-items-start gap-5">
                <AccountFacts
                  account={account}
                  checked={formatInstant(new Date(account.checkedAt), ctx.timeZone)}
                />
                {canWrite ? <RemoveAccount /> : null}
              </div>
            </SettingsSection>
          ) : null}
          {canWrite ? (
            <SettingsSection
              title={account ? 'Another key' : 'Set it up'}
              description={
                account
                  ? 'Of the same account, such as after you have rolled the key at Stripe.'
                  : 'Stripe hears the number of a bill and what is due of it, and nothing of the patient.'
              }
            >
              <AccountForm key={account?.keyEnding ?? 'new'} account={account} />
            </SettingsSection>
          ) : (
            <Alert tone="info" title="The owner sets this up">
              Who enters the key decides whose account the money goes to.
            </Alert>
          )}
        </div>
      </SettingsFrame>
    </>
  );
}

function AccountFacts({ account, checked }: { account: OnlineAccount; checked: string }) {
  return (
    <div className="grid gap-4">
      <DescriptionList
        columns={2}
        items={[
          { label: 'At', value: account.providerName },
          {
            label: 'Account',
            value:
              account.accountName ?? account.accountId ?? 'A restricted key, which does not say whose it is',
          },
          { label: 'Currency', value: account.currency },
          {
            label: 'Mode',
            value: (
              <Badge tone={account.isLive ? 'success' : 'warning'}>
                {account.isLive ? 'Live' : 'Test: no money moves'}
              </Badge>
            ),
          },
          { label: 'Key', value: `Ends with ${account.keyEnding}` },
          { label: 'Checked', value: checked },
          {
            label: 'Payments',
            value: account.isTold ? 'Told to us at once' : 'Looked for every five minutes',
          },
        ]}
      />
      {account.isTold ? null : (
        <Alert tone="info" title="Stripe does not tell us of payments">
          Make an endpoint at Stripe with this address, for the events checkout.session and refund, and enter
          its signing secret: {account.eventsUrl}
        </Alert>
      )}
    </div>
  );
}
