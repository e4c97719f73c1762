import type { Metadata } from 'next';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { PageHeader } from '@/components/ui/page-header';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { ImportPrices } from '@/features/cashier/price-list/ui/import-form';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { today } from '@/lib/time';

export const metadata: Metadata = { title: 'Prices from a spreadsheet' };

export default async function ImportPricesPage() {
  const ctx = await staffPage('prices:write');
  const { currency } = await load(getBillSettings(ctx));
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Price list', href: paths.priceList }, { label: 'Import' }]}
        title="Prices from a spreadsheet"
        description="Download the list, change it, and bring it back. You see what it does before it is done."
      />
      <SettingsFrame hasOrganization={ctx.can('settings:read')}>
        <ImportPrices today={today(ctx.timeZone)} currency={currency} />
      </SettingsFrame>
    </>
  );
}
