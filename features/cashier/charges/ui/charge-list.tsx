'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField } from '@/components/forms/form-field';
import { Badge } from '@/components/ui/badge';
import { Button, buttonClass } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import Link from '@/components/ui/link';
import { type Currency, formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';
import { setChargeAsideAction } from '../actions';
import type { Charge } from '../dto';

const schema = async () => (await import('../schema')).setChargeAsideInput;

type ChargeListProps = {
  charges: readonly Charge[];
  currency: Currency;
  show: 'open' | 'credit';
  canBill: boolean;
  canSetAside: boolean;
  empty: string;
};

/** What was done and not billed, or undone and not credited: each leads to where that is mended. */
export function ChargeList({ charges, currency, show, canBill, canSetAside, empty }: ChargeListProps) {
  if (charges.length === 0) return <p className="px-4 py-6 text-text-muted sm:px-5">{empty}</p>;
  const isCredit = show === 'credit';
  return (
    <ul aria-label={isCredit ? 'To credit' : 'Not billed'} className="divide-y divide-border">
      {charges.map((charge) => {
        const pieces = isCredit ? charge.toCreditQuantity : charge.quantity;
        return (
          <li key={charge.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-2.5 sm:px-5">
            <div className="min-w-48 flex-1">
              {charge.isWalkIn ? (
                <span className="font-medium">{charge.patientName}</span>
              ) : (
                <Link href={paths.patient(charge.patientId)} className="font-medium hover:underline">
                  {charge.patientName}
                </Link>
              )}
              <p className="break-words text-[0.8125rem] text-text-muted">
                {pieces > 1 ? `${pieces} × ${charge.name}` : charge.name}
              </p>
              <p className="text-[0.8125rem] text-text-muted">
                {[charge.patientNumber, formatDay(charge.day), charge.doctorName].filter(Boolean).join(' · ')}
              </p>
            </div>
            {charge.unitMinor === null ? (
              <Badge tone="warning">No price</Badge>
            ) : (
              <span className="w-28 text-right font-medium tabular-nums">
                {formatAmount(charge.unitMinor * pieces, currency)}
              </span>
            )}
            <div className="flex gap-2">
              {isCredit && charge.billId ? (
                <Link
                  href={paths.bill(charge.billId)}
                  className={buttonClass({ size: 'sm', variant: 'primary' })}
                  aria-label={`Open the bill of ${charge.patientName}`}
                >
                  Open the bill
                </Link>
              ) : null}
              {!isCredit && canBill ? (
                <Link
                  href={paths.newBill(charge.patientId, charge.visitId ?? undefined)}
                  className={buttonClass({ size: 'sm', variant: 'primary' })}
                  aria-label={`Bill ${charge.patientName}`}
                >
                  Bill
                </Link>
              ) : null}
              {canSetAside ? <SetAside charge={charge} isCredit={isCredit} /> : null}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

function SetAside({ charge, isCredit }: { charge: Charge; isCredit: boolean }) {
  const [open, setOpen] = useState(false);
  const what = isCredit ? 'credited' : 'billed';
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button
          size="sm"
          variant="ghost"
          aria-label={`${charge.name} of ${charge.patientName} is not to be ${what}`}
        >
          Not to be {what}
        </Button>
      </DialogTrigger>
      <DialogContent
        title={`${charge.name} is not to be ${what}?`}
        description={`${charge.patientName}, ${formatDay(charge.day)}. It leaves the list for good, with your name and the reason.`}
      >
        <ActionForm
          action={setChargeAsideAction}
          schema={schema}
          warnOnLeave={false}
          onSuccess={() => setOpen(false)}
        >
          <input type="hidden" name="chargeId" value={charge.id} />
          <FormField name="reason" label="Reason" required autoFocus maxLength={200} autoComplete="off" />
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Keep it on the list</Button>
            <SubmitButton variant="danger">Take it off the list</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
