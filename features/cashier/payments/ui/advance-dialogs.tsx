'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { HandCoins } from '@/components/ui/icons';
import { type Currency, decimalOf } from '@/lib/currency';
import { DRAWER_METHODS, METHODS } from '../../shifts/policy';
import { refundAdvanceAction, takeAdvanceAction } from '../actions';
import type { Receipt } from '../dto';

const takeSchema = async () => (await import('../schema')).takeAdvanceInput;

/** Money for what comes later; bills use it. */
export function TakeAdvance({ patientId, requestKey }: { patientId: string; requestKey: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>
          <HandCoins aria-hidden="true" /> Advance
        </Button>
      </DialogTrigger>
      <DialogContent title="Take an advance" description="It is kept for the patient until bills use it.">
        <ActionForm
          action={takeAdvanceAction}
          schema={takeSchema}
          warnOnLeave={false}
          onSuccess={() => setOpen(false)}
        >
          <input type="hidden" name="patientId" value={patientId} />
          <input type="hidden" name="requestKey" value={requestKey} />
          <FormField name="amount" label="Amount" inputMode="decimal" autoComplete="off" required autoFocus />
          <FormSelect
            name="method"
            label="Paid by"
            options={DRAWER_METHODS.map((value) => ({ value, label: METHODS[value] }))}
            defaultValue="cash"
          />
          <FormField
            name="reference"
            label="Reference"
            help="For all but cash"
            autoComplete="off"
            maxLength={40}
          />
          <FormField name="note" label="For what" autoComplete="off" maxLength={200} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton>Take advance</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

/** Gives back what is left of an advance. */
export function RefundAdvance({
  advance,
  currency,
  requestKey,
}: {
  advance: Receipt;
  currency: Currency;
  requestKey: string;
}) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" aria-label={`Give back advance ${advance.number}`}>
          Give back
        </Button>
      </DialogTrigger>
      <DialogContent
        title={`Give back advance ${advance.number}`}
        description="It goes back the way it came."
      >
        <ActionForm action={refundAdvanceAction} warnOnLeave={false} onSuccess={() => setOpen(false)}>
          <input type="hidden" name="receiptId" value={advance.id} />
          <input type="hidden" name="requestKey" value={requestKey} />
          <FormField
            name="amount"
            label="Amount"
            inputMode="decimal"
            defaultValue={decimalOf(advance.leftMinor ?? 0, currency.code)}
            autoComplete="off"
            required
          />
          <FormField name="reason" label="Reason" required maxLength={200} autoComplete="off" />
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Keep it</Button>
            <SubmitButton variant="danger">Give back</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
