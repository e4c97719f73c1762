'use client';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { DialogContent } from '@/components/ui/dialog';
import { type Currency, decimalOf } from '@/lib/currency';
import { DRAWER_METHODS, METHODS } from '../../shifts/policy';
import { refundAdvanceAction, takeAdvanceAction } from '../actions';
import type { Receipt } from '../dto';

const takeSchema = async () => (await import('../schema')).takeAdvanceInput;

export type TakenAdvance = { patientId: string; requestKey: string };
export type RefundedAdvance = { advance: Receipt; currency: Currency; requestKey: string };
type Closed = { onClose: () => void };

/** The body of `TakeAdvance`. */
export function TakeAdvanceForm({ patientId, requestKey, onClose }: TakenAdvance & Closed) {
  return (
    <DialogContent title="Take an advance" description="It is kept for the patient until bills use it.">
      <ActionForm action={takeAdvanceAction} schema={takeSchema} warnOnLeave={false} onSuccess={onClose}>
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
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton>Take advance</SubmitButton>
        </div>
      </ActionForm>
    </DialogContent>
  );
}

/** The body of `RefundAdvance`. */
export function RefundAdvanceForm({ advance, currency, requestKey, onClose }: RefundedAdvance & Closed) {
  return (
    <DialogContent title={`Give back advance ${advance.number}`} description="It goes back the way it came.">
      <ActionForm action={refundAdvanceAction} warnOnLeave={false} onSuccess={onClose}>
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
          <Button onClick={onClose}>Keep it</Button>
          <SubmitButton variant="danger">Give back</SubmitButton>
        </div>
      </ActionForm>
    </DialogContent>
  );
}
