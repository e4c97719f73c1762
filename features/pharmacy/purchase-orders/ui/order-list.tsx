import { Badge } from '@/components/ui/badge';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';
import { formatInstant } from '@/lib/time';
import type { PurchaseOrder } from '../dto';
import { ORDER_STATE_LABEL, type OrderState } from '../policy';

const TONES: Record<OrderState, 'info' | 'warning' | 'success' | 'danger' | 'neutral'> = {
  draft: 'info',
  approved: 'warning',
  'part-received': 'warning',
  closed: 'success',
  'closed-short': 'neutral',
  cancelled: 'neutral',
};

export function OrderBadge({ state }: { state: OrderState }) {
  return <Badge tone={TONES[state]}>{ORDER_STATE_LABEL[state]}</Badge>;
}

/** Orders with what of them is still to come. */
export function OrderList({ orders, timeZone }: { orders: readonly PurchaseOrder[]; timeZone: string }) {
  return (
    <ul aria-label="Orders" className="divide-y divide-border">
      {orders.map(({ id, number, supplierName, state, lines, byName, at }) => (
        <li key={id} className="flex flex-wrap items-center justify-between gap-3 px-4 py-3 sm:px-5">
          <div className="min-w-0 flex-1">
            <p className="flex flex-wrap items-center gap-2">
              <Link href={paths.purchaseOrder(id)} className="font-medium text-text hover:underline">
                {number}, {supplierName}
              </Link>
              <OrderBadge state={state} />
            </p>
            <p className="text-sm text-text-muted">
              {lines
                .slice(0, 4)
                .map(({ name, packs }) => `${packs} × ${name}`)
                .join(', ')}
              {lines.length > 4 ? ` and ${lines.length - 4} more` : ''}
            </p>
            <p className="text-[0.8125rem] text-text-subtle">
              {byName}, {formatInstant(new Date(at), timeZone)}
            </p>
          </div>
        </li>
      ))}
    </ul>
  );
}
