import type { Metadata } from 'next';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { Alert } from '@/components/ui/alert';
import { Button, buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { ReportTable } from '@/components/ui/report-table';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { actorIdOf } from '@/features/cashier/shifts/queries';
import { listReceiptsOfOrder } from '@/features/pharmacy/goods-receipts/queries';
import { ReceiptList } from '@/features/pharmacy/goods-receipts/ui/receipt-list';
import { mailOrderAction } from '@/features/pharmacy/purchase-orders/actions';
import { getOrder } from '@/features/pharmacy/purchase-orders/queries';
import { OrderDecisions } from '@/features/pharmacy/purchase-orders/ui/order-decisions';
import { OrderForm } from '@/features/pharmacy/purchase-orders/ui/order-form';
import { OrderBadge } from '@/features/pharmacy/purchase-orders/ui/order-list';
import { listSuppliers } from '@/features/pharmacy/suppliers/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { decimalOf, formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { formatInstant, today } from '@/lib/time';

export const metadata: Metadata = { title: 'Order' };

export default async function OrderPage({ params }: PageProps<'/purchases/orders/[orderId]'>) {
  const ctx = await staffPage('purchases:read');
  const order = await load(getOrder(ctx, (await params).orderId));
  const canWrite = ctx.can('purchases:write');
  const [receipts, suppliers, { currency }] = await load(
    Promise.all([listReceiptsOfOrder(ctx, order.id), listSuppliers(ctx), getBillSettings(ctx)]),
  );
  const supplier = suppliers.find(({ id }) => id === order.supplierId);
  const isWaitedFor = order.state === 'approved' || order.state === 'part-received';
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Orders', href: paths.purchaseOrders }, { label: order.number }]}
        title={`${order.number}, ${order.supplierName}`}
        badge={<OrderBadge state={order.state} />}
        description={`By ${order.byName}, ${formatInstant(new Date(order.at), ctx.timeZone)}`}
        actions={
          <>
            {isWaitedFor && canWrite ? (
              <Link
                href={withQuery(paths.newPurchase, { order: order.id })}
                className={buttonClass({ variant: 'primary' })}
              >
                Goods have come
              </Link>
            ) : null}
            <a
              href={paths.purchaseOrderPrint(order.id)}
              target="_blank"
              rel="noreferrer"
              className={buttonClass()}
            >
              <Icon of="printer" /> Print
            </a>
            {order.status === 'approved' && canWrite && supplier?.email ? (
              <ConfirmAction
                key={`mail-${order.version}`}
                trigger={<Button>{order.mailedAt ? 'Mail again' : 'Mail to the supplier'}</Button>}
                title={`Mail ${order.number}?`}
                description={`The order goes to ${supplier.email} as a PDF.`}
                confirm="Mail it"
                tone="primary"
                action={mailOrderAction}
                fields={{ orderId: order.id, version: String(order.version) }}
              />
            ) : null}
            <OrderDecisions
              key={order.version}
              order={order}
              isOwn={order.byUserId === actorIdOf(ctx)}
              canApprove={ctx.can('purchase-approvals:write')}
              canWrite={canWrite}
            />
          </>
        }
      />
      {order.endReason ? (
        <Alert tone="info" title={`Ended by ${order.endedByName ?? ''}`} className="mb-5">
          {order.endReason}
        </Alert>
      ) : null}
      {order.status === 'draft' && canWrite ? (
        <OrderForm
          key={order.version}
          suppliers={suppliers.filter(({ isActive }) => isActive)}
          order={order}
          begin={{
            ...{ supplierId: order.supplierId, note: order.note ?? '' },
            lines: order.lines.map((line) => ({
              ...{ medicineId: line.medicineId, medicineName: line.name },
              ...{ unitsPerPack: String(line.unitsPerPack), packs: String(line.packs) },
              freePacks: line.freePacks > 0 ? String(line.freePacks) : '',
              rate: line.rateMinor === null ? '' : decimalOf(line.rateMinor, currency.code),
            })),
          }}
        />
      ) : (
        <div className="grid gap-5">
          <Section title="What is ordered" flush>
            <ReportTable
              caption="What is ordered"
              rows={order.lines}
              rowKey={({ medicineId, unitsPerPack }) => `${medicineId}-${unitsPerPack}`}
              columns={[
                { label: 'Medicine', cell: ({ name }) => name },
                { label: 'In a pack', cell: ({ unitsPerPack }) => unitsPerPack },
                {
                  label: 'Ordered',
                  cell: ({ packs, freePacks }) => (freePacks > 0 ? `${packs} + ${freePacks} free` : packs),
                },
                {
                  label: 'Came',
                  cell: ({ receivedPacks, receivedFree }) =>
                    receivedFree > 0 ? `${receivedPacks} + ${receivedFree} free` : receivedPacks,
                },
                {
                  label: 'Still open',
                  cell: ({ openPacks, openFree }) =>
                    openFree > 0 ? `${openPacks} + ${openFree} free` : openPacks,
                },
                {
                  label: 'Rate a pack',
                  cell: ({ rateMinor }) =>
                    rateMinor === null ? 'Not agreed' : formatAmount(rateMinor, currency),
                },
              ]}
              empty=""
            />
          </Section>
          <Section title="About this order">
            <DescriptionList
              columns={2}
              items={[
                {
                  label: 'Approved',
                  value: order.approvedAt
                    ? `${formatInstant(new Date(order.approvedAt), ctx.timeZone)} by ${order.approvedByName ?? ''}`
                    : null,
                },
                {
                  label: 'Mailed',
                  value: order.mailedAt
                    ? `${formatInstant(new Date(order.mailedAt), ctx.timeZone)} to ${order.mailedTo ?? ''} by ${order.mailedByName ?? ''}`
                    : null,
                },
                { label: 'Note', value: order.note },
              ]}
            />
          </Section>
        </div>
      )}
      {receipts.length > 0 ? (
        <div className="mt-5">
          <Section title="What came against it" flush>
            <ReceiptList receipts={receipts} currency={currency} today={today(ctx.timeZone)} />
          </Section>
        </div>
      ) : null}
    </>
  );
}
