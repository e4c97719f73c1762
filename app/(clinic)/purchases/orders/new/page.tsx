import type { Metadata } from 'next';
import { PageHeader } from '@/components/ui/page-header';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { OrderForm } from '@/features/pharmacy/purchase-orders/ui/order-form';
import { proposeOrders } from '@/features/pharmacy/reorders/queries';
import { newOrderQuery } from '@/features/pharmacy/reorders/schema';
import { listSuppliers } from '@/features/pharmacy/suppliers/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { decimalOf } from '@/lib/currency';
import { paths } from '@/lib/paths';

export const metadata: Metadata = { title: 'New order' };

export default async function NewOrderPage({ searchParams }: PageProps<'/purchases/orders/new'>) {
  const ctx = await staffPage('purchases:write');
  const { supplier, days } = newOrderQuery.parse(await searchParams);
  const [suppliers, proposed, { currency }] = await load(
    Promise.all([listSuppliers(ctx), supplier ? proposeOrders(ctx, days) : [], getBillSettings(ctx)]),
  );
  const lines = proposed.filter(({ supplierId }) => supplierId === supplier);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Orders', href: paths.purchaseOrders }, { label: 'New' }]}
        title="New order"
        description={
          supplier
            ? `Proposed so that everything lasts ${days} days; change what you know better.`
            : 'A draft until somebody approves it.'
        }
      />
      <OrderForm
        suppliers={suppliers.filter(({ isActive }) => isActive)}
        begin={{
          ...{ supplierId: supplier ?? '', note: '' },
          lines: lines.map(({ id, name, unitsPerPack, packs, rateMinor }) => ({
            ...{
              medicineId: id,
              medicineName: name,
              unitsPerPack: String(unitsPerPack),
              packs: String(packs),
            },
            rate: rateMinor === null ? '' : decimalOf(rateMinor, currency.code),
          })),
        }}
      />
    </>
  );
}
