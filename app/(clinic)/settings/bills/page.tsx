import type { Metadata } from 'next';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { SettingsSection } from '@/components/layout/settings-section';
import { PageHeader } from '@/components/ui/page-header';
import { getSharedBillSettings } from '@/features/cashier/bill-settings/queries';
import { BillSettingsForm } from '@/features/cashier/bill-settings/ui/bill-settings-form';
import { load, staffPage } from '@/lib/actions/staff';

export const metadata: Metadata = { title: 'Patients’ bills' };

export default async function BillSettingsPage() {
  const ctx = await staffPage('settings:read');
  const settings = await load(getSharedBillSettings(ctx));
  return (
    <>
      <PageHeader
        title="Patients’ bills"
        description="What is printed on them, and what the cashiers may do."
      />
      <SettingsFrame hasOrganization>
        <SettingsSection
          title="Bills and receipts"
          description={`Amounts are in ${settings.currency.code}. Bills that were issued keep what they say.`}
        >
          <BillSettingsForm settings={settings} canWrite={ctx.can('prices:write')} />
        </SettingsSection>
      </SettingsFrame>
    </>
  );
}
