'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { closeSupplierReturnAction } from '../actions';

const schema = async () => (await import('../schema')).closeSupplierReturnInput;

/** Notes what became of a claim: the credit note of the supplier, or why there is none. */
export function CloseClaim({
  returnId,
  number,
  version,
  expected,
}: {
  returnId: string;
  number: string;
  version: number;
  /** As it is typed, such as "1250.50"; empty where nobody said. */
  expected: string;
}) {
  const [isOpen, setOpen] = useState(false);
  const [outcome, setOutcome] = useState('credited');
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">Note the credit</Button>
      </DialogTrigger>
      <DialogContent title={`What became of ${number}`}>
        <ActionForm
          action={closeSupplierReturnAction}
          schema={schema}
          label="Credit"
          version={version}
          warnOnLeave={false}
          onSuccess={() => setOpen(false)}
        >
          <input type="hidden" name="returnId" value={returnId} />
          <FormSelect
            name="outcome"
            label="The supplier"
            options={[
              { value: 'credited', label: 'Credits it' },
              { value: 'refused', label: 'Refuses' },
            ]}
            value={outcome}
            onChange={({ target }) => setOutcome(target.value)}
            required
          />
          {outcome === 'credited' ? (
            <div className="grid gap-5 sm:grid-cols-2">
              <FormField
                name="creditNote"
                label="Credit note number"
                autoComplete="off"
                maxLength={40}
                required
              />
              <FormField
                name="amount"
                label="Amount"
                inputMode="decimal"
                autoComplete="off"
                defaultValue={expected}
                required
              />
            </div>
          ) : (
            <FormField name="reason" label="Why" autoComplete="off" maxLength={200} required />
          )}
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton pendingLabel="Saving">Save</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
