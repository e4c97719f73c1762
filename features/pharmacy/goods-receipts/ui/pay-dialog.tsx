'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { optionsOf } from '@/components/ui/select';
import { newRequestKey } from '@/lib/request-key';
import { paySupplierAction } from '../actions';
import { SUPPLIER_METHODS } from '../policy';

const schema = async () => (await import('../schema')).paySupplierInput;

/** Notes that an invoice was paid, or part of it. */
export function PaySupplier({
  receiptId,
  supplierName,
  due,
}: {
  receiptId: string;
  supplierName: string;
  /** As it is typed, such as "1250.50". */
  due: string;
}) {
  const [isOpen, setOpen] = useState(false);
  const [requestKey, setRequestKey] = useState('');
  return (
    <Dialog
      open={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        if (open) setRequestKey(newRequestKey());
      }}
    >
      <DialogTrigger asChild>
        <Button variant="primary">Note a payment</Button>
      </DialogTrigger>
      <DialogContent title={`Payment to ${supplierName}`}>
        <ActionForm
          action={paySupplierAction}
          schema={schema}
          label="Payment"
          warnOnLeave={false}
          onSuccess={() => setOpen(false)}
        >
          <input type="hidden" name="receiptId" value={receiptId} />
          <input type="hidden" name="requestKey" value={requestKey} />
          <div className="grid gap-5 sm:grid-cols-2">
            <FormField
              name="amount"
              label="Amount"
              inputMode="decimal"
              autoComplete="off"
              defaultValue={due}
              required
            />
            <FormSelect
              name="method"
              label="Paid by"
              options={optionsOf(SUPPLIER_METHODS)}
              defaultValue="transfer"
              required
            />
          </div>
          <FormField name="reference" label="Reference" autoComplete="off" maxLength={60} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton pendingLabel="Saving">Save payment</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
