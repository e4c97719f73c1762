import type { Metadata } from 'next';
import Link from 'next/link';
import { Alert } from '@/components/ui/alert';
import { buttonClass } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { GoodsForm } from '@/features/pharmacy/goods-receipts/ui/goods-form';
import { listSuppliers } from '@/features/pharmacy/suppliers/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { today } from '@/lib/time';

export const metadata: Metadata = { title: 'Invoice of a supplier' };

export default async function NewPurchasePage() {
  const ctx = await staffPage('purchases:write');
  const [suppliers, settings] = await load(Promise.all([listSuppliers(ctx), getBillSettings(ctx)]));
  const used = suppliers.filter(({ isActive }) => isActive);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Purchases', href: paths.purchases }, { label: 'New' }]}
        title="Invoice of a supplier"
        description="As it stands on the paper. What came is in stock as soon as it is saved."
      />
      {used.length === 0 ? (
        <Alert
          tone="info"
          title="Who is it from?"
          action={
            <Link href={paths.suppliers} className={buttonClass({ size: 'sm' })}>
              Add a supplier
            </Link>
          }
        >
          Add the supplier first; its days of credit say when the invoice is due.
        </Alert>
      ) : (
        <GoodsForm
          suppliers={used}
          currency={settings.currency}
          isIndia={settings.country === 'IN'}
          isTaxClaimed={settings.taxNumber !== null}
          day={today(ctx.timeZone)}
        />
      )}
    </>
  );
}
