'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormCheckbox, FormField, FormSelect, FormTextarea } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { sendQuoteAction } from '../actions';
import { inPercent, PLACE_LABEL, PROMISES } from '../policy';

const PLACES = Object.entries(PLACE_LABEL).map(([value, label]) => ({ value, label }));
const AVAILABILITIES = [
  { value: '', label: 'Nothing is promised' },
  ...PROMISES.map((one) => ({ value: String(one), label: inPercent(one) })),
];
const INTERVALS = [
  { value: 'month', label: 'a month' },
  { value: 'year', label: 'a year' },
];

/** Price, limits and how long the offer stands. Sending one withdraws those sent before. */
export function QuoteDialog({ organizationId }: { organizationId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm">New quote</Button>
      </DialogTrigger>
      <DialogContent
        title="New Enterprise quote"
        description="The owner gets it by mail with a link to pay. Limits are granted when the payment is in."
      >
        <ActionForm
          action={sendQuoteAction}
          onSuccess={() => setOpen(false)}
          label="Quote"
          draft={{ form: 'quote', of: organizationId }}
        >
          <input type="hidden" name="organizationId" value={organizationId} />
          <div className="grid gap-4 sm:grid-cols-2">
            <FormField name="price" label="Price" inputMode="decimal" required />
            <FormSelect name="interval" label="Paid by" options={INTERVALS} defaultValue="month" required />
            <FormField
              name="maxUsers"
              label="Staff accounts"
              inputMode="numeric"
              help="Empty for no limit."
            />
            <FormField
              name="maxStorageGib"
              label="Storage in GiB"
              inputMode="numeric"
              help="Empty for no limit."
            />
            <FormField
              name="validDays"
              label="Valid for days"
              inputMode="numeric"
              defaultValue="30"
              required
            />
          </div>
          <FormSelect
            name="place"
            label="Database"
            options={PLACES}
            defaultValue="dedicated"
            help="The customer reads it in the offer. Without a cluster of its own at hand the set-up waits for a person."
            required
          />
          <FormSelect
            name="availability"
            label="Promised availability"
            options={AVAILABILITIES}
            defaultValue=""
            help="It is measured month by month; a month that misses it proposes a credit."
          />
          <FormCheckbox name="isSharedAgreed" label="A shared cluster is what we agreed with the customer" />
          <FormTextarea name="note" label="Note to the customer" rows={3} maxLength={1_000} />
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Not now</Button>
            <SubmitButton>Send quote</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
