'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormRadioGroup } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { Icon } from '@/components/ui/icon';
import type { Currency } from '@/lib/currency';
import { CLAIM_MODES } from '../../claims/policy';
import { assignShareAction } from '../actions';
import { NO_SHARE, PayerFields, type PayerOption } from './payer-fields';

type AssignShareProps = {
  /** `wholeMinor` is what the bill comes to, for who has paid it already. */
  bill: { id: string; number: string; dueMinor: number; wholeMinor: number };
  options: readonly PayerOption[];
  currency: Currency;
};

const schema = async () => (await import('../schema')).assignShareInput;

/** Lets a payer take over what is due of a bill, or follows the papers of a patient who is paid back. */
export function AssignShare({ bill, options, currency }: AssignShareProps) {
  const [open, setOpen] = useState(false);
  const [choice, setChoice] = useState('');
  const [typed, setTyped] = useState(NO_SHARE);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button>
          <Icon of="hand-coins" /> Payer
        </Button>
      </DialogTrigger>
      <DialogContent
        title={`Who pays bill ${bill.number}`}
        description="The bill stays as it is. What the payer takes over is no longer due from the patient."
      >
        <ActionForm
          action={assignShareAction}
          schema={schema}
          warnOnLeave={false}
          onSuccess={() => setOpen(false)}
        >
          <input type="hidden" name="billId" value={bill.id} />
          <PayerFields
            options={options}
            choice={choice}
            onChoose={setChoice}
            typed={typed}
            onType={setTyped}
            totalMinor={bill.dueMinor > 0 ? bill.dueMinor : bill.wholeMinor}
            currency={currency}
          />
          <FormRadioGroup
            name="mode"
            label="How"
            options={Object.entries(CLAIM_MODES).map(([value, label]) => ({ value, label }))}
            defaultValue={bill.dueMinor > 0 ? 'cashless' : 'reimbursement'}
          />
          <div className="flex justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Cancel</Button>
            <SubmitButton pendingLabel="Saving">Save</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
