'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { type Currency, decimalOf, formatAmount } from '@/lib/currency';
import { formatDay } from '@/lib/time';
import { setOffCreditAction } from '../actions';
import type { ToSetOff } from '../queries';

const schema = async () => (await import('../schema')).setOffInput;

/** Uses a credit note for an invoice, or part of it. */
export function SetOff({
  credit,
  invoices,
  currency,
}: {
  credit: ToSetOff['credits'][number];
  invoices: ToSetOff['invoices'];
  currency: Currency;
}) {
  const [isOpen, setOpen] = useState(false);
  const [receiptId, setReceiptId] = useState(invoices[0]?.id ?? '');
  const due = invoices.find(({ id }) => id === receiptId)?.dueMinor ?? 0;
  const most = Math.min(due, credit.leftMinor);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" aria-label={`Set off ${credit.creditNote ?? credit.number}`}>
          Set off
        </Button>
      </DialogTrigger>
      <DialogContent
        title={`Set off ${credit.creditNote ?? credit.number}`}
        description={`${formatAmount(credit.leftMinor, currency)} of it are left.`}
      >
        <ActionForm
          action={setOffCreditAction}
          schema={schema}
          label="Set off"
          version={credit.version}
          onSuccess={() => setOpen(false)}
        >
          <input type="hidden" name="returnId" value={credit.id} />
          <FormSelect
            name="receiptId"
            label="Against invoice"
            options={invoices.map(({ id, invoiceNumber, invoiceDay, dueMinor }) => ({
              value: id,
              label: `${invoiceNumber}, ${formatDay(invoiceDay)}, ${formatAmount(dueMinor, currency)} due`,
            }))}
            value={receiptId}
            onChange={({ target }) => setReceiptId(target.value)}
            required
          />
          <FormField
            key={most}
            name="amount"
            label="Amount"
            help={`At most ${formatAmount(most, currency)}`}
            inputMode="decimal"
            autoComplete="off"
            defaultValue={decimalOf(most, currency.code)}
            required
          />
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton pendingLabel="Saving">Set off</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
