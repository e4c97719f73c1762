import type { Metadata } from 'next';
import { ExportLinks } from '@/components/ui/export-links';
import { PageHeader } from '@/components/ui/page-header';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { OpeningForm } from '@/features/pharmacy/opening-stock/ui/opening-form';
import { listOpenStores } from '@/features/pharmacy/stores/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';

export const metadata: Metadata = { title: 'Opening stock' };

export default async function OpeningStockPage() {
  const ctx = await staffPage('medicines:write');
  const [stores, { currency }] = await load(Promise.all([listOpenStores(ctx), getBillSettings(ctx)]));
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Stores', href: paths.stores }, { label: 'Opening stock' }]}
        title="Opening stock"
        description="What is on the shelves on the first day, from a spreadsheet. You see what it brings before it is done."
        actions={<ExportLinks href={paths.stockExport} what="the stock" />}
      />
      <OpeningForm stores={stores} currency={currency} />
    </>
  );
}
