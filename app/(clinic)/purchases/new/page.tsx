import type { Metadata } from 'next';
import { Alert } from '@/components/ui/alert';
import { buttonClass } from '@/components/ui/button';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { newPurchaseQuery } from '@/features/pharmacy/goods-receipts/schema';
import { GoodsForm } from '@/features/pharmacy/goods-receipts/ui/goods-form';
import { getOrder } from '@/features/pharmacy/purchase-orders/queries';
import { listOpenStores } from '@/features/pharmacy/stores/queries';
import { listSuppliers } from '@/features/pharmacy/suppliers/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { decimalOf } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { today } from '@/lib/time';

export const metadata: Metadata = { title: 'Invoice of a supplier' };

export default async function NewPurchasePage({ searchParams }: PageProps<'/purchases/new'>) {
  const ctx = await staffPage('purchases:write');
  const { order: orderId } = newPurchaseQuery.parse(await searchParams);
  const [suppliers, settings, order, stores] = await load(
    Promise.all([
      listSuppliers(ctx),
      getBillSettings(ctx),
      orderId ? getOrder(ctx, orderId) : null,
      listOpenStores(ctx),
    ]),
  );
  const used = suppliers.filter(({ isActive }) => isActive);
  return (
    <>
      <PageHeader
        breadcrumbs={[
          { label: 'Purchases', href: paths.purchases },
          ...(order ? [{ label: order.number, href: paths.purchaseOrder(order.id) }] : []),
          { label: 'New' },
        ]}
        title="Invoice of a supplier"
        description={
          order
            ? `Against ${order.number}: what is still open of it stands below. What came is in stock as soon as it is saved.`
            : 'As it stands on the paper. What came is in stock as soon as it is saved.'
        }
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
          stores={stores}
          currency={settings.currency}
          isIndia={settings.country === 'IN'}
          isTaxClaimed={settings.taxNumber !== null}
          day={today(ctx.timeZone)}
          order={
            order && {
              ...{ id: order.id, supplierId: order.supplierId },
              lines: order.lines
                .filter((line) => line.openPacks + line.openFree > 0)
                .map((line) => ({
                  ...{ medicineId: line.medicineId, medicineName: line.name },
                  unitsPerPack: String(line.unitsPerPack),
                  packs: String(line.openPacks),
                  freePacks: line.openFree > 0 ? String(line.openFree) : '',
                  rate: line.rateMinor === null ? '' : decimalOf(line.rateMinor, settings.currency.code),
                })),
            }
          }
        />
      )}
    </>
  );
}
