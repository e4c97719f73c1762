import 'server-only';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { paperFrame } from '@/features/identity/papers/queries';
import { printPaper } from '@/features/identity/papers/service';
import { getPharmacySettings } from '@/features/pharmacy/pharmacy-settings/queries';
import { getSupplier } from '@/features/pharmacy/suppliers/queries';
import type { TenantContext } from '@/lib/tenancy/context';
import { dayOf } from '@/lib/time';
import type { PurchaseOrder } from './dto';
import { orderPaper } from './paper';
import { getOrder } from './queries';

/** The PDF of an order; that it was made is kept. */
export async function renderOrder(ctx: TenantContext, order: PurchaseOrder): Promise<Buffer> {
  const [supplier, frame, { currency }, { licences }] = await Promise.all([
    getSupplier(ctx, order.supplierId),
    paperFrame(ctx),
    getBillSettings(ctx),
    getPharmacySettings(ctx),
  ]);
  const day = dayOf(new Date(order.approvedAt ?? order.at), ctx.timeZone);
  return printPaper(ctx, `purchase-order:${order.id}:${order.status}`, (mark) =>
    orderPaper({ order, supplier, currency, day, licences }, frame, mark),
  );
}

/** An order as a PDF. @throws AppError NOT_FOUND. */
export async function printOrder(ctx: TenantContext, orderId: string) {
  const order = await getOrder(ctx, orderId);
  const content = await renderOrder(ctx, order);
  return { name: `${order.number}.pdf`, contentType: 'application/pdf', content, isInline: true };
}
