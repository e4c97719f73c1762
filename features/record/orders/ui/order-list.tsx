'use client';
import { ActionButton } from '@/components/forms/action-button';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormField } from '@/components/forms/form-field';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { paths } from '@/lib/paths';
import { formatDay, formatInstant } from '@/lib/time';
import { completeOrderAction, reopenOrderAction } from '../actions';
import type { AskedOrder } from '../dto';

const SIDES = { right: 'right eye', left: 'left eye', both: 'both eyes', none: '' } as const;

type OrderListProps = {
  orders: readonly AskedOrder[];
  timeZone: string;
  /** Whose it is, where the list is of more than one person. */
  showPatient: boolean;
  canComplete: boolean;
  empty: string;
};

/** Tests and procedures that were asked for, each to be said done, or not done after all. */
export function OrderList({ orders, timeZone, showPatient, canComplete, empty }: OrderListProps) {
  if (orders.length === 0) return <p className="px-4 py-6 text-text-muted sm:px-5">{empty}</p>;
  return (
    <ul aria-label="Tests and procedures" className="divide-y divide-border">
      {orders.map((order) => {
        const { what, side, urgency, done, patientName } = order;
        const name = [what, SIDES[side]].filter(Boolean).join(', ');
        return (
          <li key={order.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5 sm:px-5">
            <div className="min-w-48 flex-1">
              <p className="break-words font-medium text-text">{name}</p>
              <p className="text-[0.8125rem] text-text-muted">
                {showPatient ? (
                  <>
                    <Link href={paths.visit(order.visitId)} className="underline underline-offset-4">
                      {patientName}
                    </Link>
                    {`, ${order.patientNumber}, `}
                  </>
                ) : null}
                {[`asked for ${formatDay(order.day)}`, order.doctorName].filter(Boolean).join(', ')}
              </p>
              {done ? (
                <p className="text-[0.8125rem] text-text-muted">
                  Done by {done.byName}, {formatInstant(new Date(done.at), timeZone)}
                  {done.isPriced ? '' : '. The price list has no price for it.'}
                  {done.billNumber ? `. Bill ${done.billNumber} had it already.` : ''}
                </p>
              ) : null}
            </div>
            {done ? <Badge tone="success">Done</Badge> : null}
            {!done && urgency !== 'routine' ? (
              <Badge tone={urgency === 'urgent' ? 'danger' : 'warning'}>
                {urgency === 'urgent' ? 'Urgent' : 'Soon'}
              </Badge>
            ) : null}
            {canComplete && !done ? (
              <ActionButton
                size="sm"
                variant="primary"
                action={completeOrderAction}
                fields={{ orderId: order.id }}
                aria-label={`${name} of ${patientName} is done`}
              >
                <Icon of="check" /> Done
              </ActionButton>
            ) : null}
            {canComplete && done ? (
              <ConfirmAction
                trigger={
                  <Button size="sm" variant="ghost" aria-label={`${name} of ${patientName} was not done`}>
                    Not done
                  </Button>
                }
                title={`${what} was not done?`}
                description="The charge that it made is taken back; one that is on a bill is then to be credited."
                confirm="It was not done"
                action={reopenOrderAction}
                fields={{ orderId: order.id }}
              >
                <FormField name="reason" label="Reason" required maxLength={200} autoComplete="off" />
              </ConfirmAction>
            ) : null}
          </li>
        );
      })}
    </ul>
  );
}
