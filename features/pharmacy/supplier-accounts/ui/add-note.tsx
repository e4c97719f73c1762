'use client';
import { useEffect, useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { optionsOf } from '@/components/ui/select';
import { NOTE_REASONS } from '@/features/pharmacy/supplier-returns/policy';
import { newRequestKey } from '@/lib/request-key';
import type { Day } from '@/lib/time';
import { addSupplierNoteAction } from '../actions';
import { NOTE_KINDS } from '../policy';

const schema = async () => (await import('../schema')).addSupplierNoteInput;

/** A note of a supplier for which nothing comes or goes back. */
export function AddNote({ supplierId, today }: { supplierId: string; today: Day }) {
  const [isOpen, setOpen] = useState(false);
  const [requestKey, setRequestKey] = useState('');
  // A key of the browser's making, and another one each time that it opens.
  useEffect(() => {
    if (isOpen) setRequestKey(newRequestKey());
  }, [isOpen]);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>Enter a note</Button>
      </DialogTrigger>
      <DialogContent
        title="A note of the supplier"
        description="Without goods: a credit note is set off against an invoice, a debit note is paid like one."
      >
        <ActionForm
          action={addSupplierNoteAction}
          schema={schema}
          label="A note of the supplier"
          draft={{ form: 'supplier-note', of: supplierId }}
          onSuccess={() => setOpen(false)}
        >
          <input type="hidden" name="supplierId" value={supplierId} />
          <input type="hidden" name="requestKey" value={requestKey} />
          <div className="grid gap-5 sm:grid-cols-2">
            <FormSelect name="kind" label="What it is" options={optionsOf(NOTE_KINDS)} required />
            <FormSelect
              name="reason"
              label="Why"
              options={[{ value: '', label: 'Choose' }, ...optionsOf(NOTE_REASONS)]}
              required
            />
            <FormField name="number" label="Number of the note" autoComplete="off" maxLength={40} required />
            <FormField name="day" label="Date of the note" type="date" max={today} required />
            <FormField
              name="amount"
              label="Amount with tax"
              inputMode="decimal"
              autoComplete="off"
              required
            />
            <FormField name="tax" label="Tax in it" inputMode="decimal" autoComplete="off" />
          </div>
          <FormField name="note" label="Note" autoComplete="off" maxLength={200} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton pendingLabel="Saving">Enter the note</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
