'use client';
import { ActionButton } from '@/components/forms/action-button';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { approveOrderAction, cancelOrderAction, closeOrderAction } from '../actions';
import type { PurchaseOrder } from '../dto';

/** What may be decided of an order: approve it, cancel it, or wait for its rest no longer. */
export function OrderDecisions({
  order: { id, number, version, state },
  isOwn,
  canApprove,
  canWrite,
}: {
  order: Pick<PurchaseOrder, 'id' | 'number' | 'version' | 'state'>;
  /** Whether who looks has written it. */
  isOwn: boolean;
  canApprove: boolean;
  canWrite: boolean;
}) {
  const fields = { orderId: id, version: String(version) };
  const reason = <FormField name="reason" label="Why" autoComplete="off" maxLength={200} required />;
  return (
    <>
      {state === 'draft' && canApprove ? (
        <ActionButton variant="primary" action={approveOrderAction} fields={fields}>
          {isOwn ? 'Approve your own order' : 'Approve'}
        </ActionButton>
      ) : null}
      {canWrite && (state === 'draft' || state === 'approved') ? (
        <ConfirmAction
          trigger={<Button>Cancel the order</Button>}
          title={`Cancel ${number}`}
          confirm="Cancel the order"
          action={cancelOrderAction}
          fields={fields}
        >
          {reason}
        </ConfirmAction>
      ) : null}
      {canWrite && state === 'part-received' ? (
        <ConfirmAction
          trigger={<Button>Close without the rest</Button>}
          title={`Close ${number} without the rest`}
          description="What has not come is not waited for any more, and may be proposed again."
          confirm="Close it"
          action={closeOrderAction}
          fields={fields}
        >
          {reason}
        </ConfirmAction>
      ) : null}
    </>
  );
}
