'use client';
import { useEffect, useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormRadioGroup, FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { Icon } from '@/components/ui/icon';
import { optionsOf } from '@/components/ui/select';
import { newRequestKey } from '@/lib/request-key';
import { askExpenseAction, payExpenseAction, refuseExpenseAction, returnExpenseAction } from '../actions';
import type { Expense } from '../dto';
import { CATEGORIES, PAID_FROM } from '../policy';

const askSchema = async () => (await import('../schema')).askExpenseInput;

/** A key for each opening of a dialog: the same press that arrives twice happens once. */
function useRequestKey(isOpen: boolean): string {
  const [key, setKey] = useState('');
  useEffect(() => {
    if (isOpen) setKey(newRequestKey());
  }, [isOpen]);
  return key;
}

/** Asks for money for something; who may approve pays it at once. */
export function AskExpense({ symbol, isApproved }: { symbol: string; isApproved: boolean }) {
  const [isOpen, setOpen] = useState(false);
  const requestKey = useRequestKey(isOpen);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">
          <Icon of="plus" /> New expense
        </Button>
      </DialogTrigger>
      <DialogContent
        title="New expense"
        description={
          isApproved
            ? 'You approve it with this; pay it afterwards.'
            : 'Somebody else approves it before it is paid.'
        }
      >
        <ActionForm
          action={askExpenseAction}
          schema={askSchema}
          label="New expense"
          draft={{ form: 'expense' }}
          onSuccess={() => setOpen(false)}
        >
          <input type="hidden" name="requestKey" value={requestKey} />
          <div className="grid gap-5 sm:grid-cols-2">
            <FormSelect
              name="category"
              label="What for"
              placeholder="Choose"
              options={optionsOf(CATEGORIES)}
              required
            />
            <FormField
              name="amount"
              label="Amount"
              help={`In ${symbol}`}
              inputMode="decimal"
              autoComplete="off"
              required
            />
          </div>
          <FormField name="payee" label="Who gets the money" autoComplete="off" required maxLength={120} />
          <FormRadioGroup
            name="from"
            label="Paid from"
            options={Object.entries(PAID_FROM).map(([value, label]) => ({ value, label }))}
            defaultValue="drawer"
          />
          <FormField name="note" label="Note" autoComplete="off" maxLength={200} />
          <Closing
            onClose={() => setOpen(false)}
            submit={isApproved ? 'Approve expense' : 'Ask for approval'}
          />
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

function Closing({ onClose, submit }: { onClose: () => void; submit: string }) {
  return (
    <div className="flex justify-end gap-2">
      <Button onClick={onClose}>Cancel</Button>
      <SubmitButton pendingLabel="Saving">{submit}</SubmitButton>
    </div>
  );
}

/** Pays what was approved; of the bank's money the reference is written down. */
export function PayExpense({ expense }: { expense: Expense }) {
  const [isOpen, setOpen] = useState(false);
  const isCash = expense.from === 'drawer';
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" variant="primary" aria-label={`Pay ${expense.number} to ${expense.payee}`}>
          Pay
        </Button>
      </DialogTrigger>
      <DialogContent
        title={`Pay ${expense.payee}?`}
        description={
          isCash
            ? 'The cash leaves your drawer: it holds that much less when you count it.'
            : 'It leaves the account of the hospital.'
        }
      >
        <ActionForm action={payExpenseAction} warnOnLeave={false} onSuccess={() => setOpen(false)}>
          <input type="hidden" name="expenseId" value={expense.id} />
          {isCash ? null : (
            <FormField name="reference" label="Reference" required maxLength={40} autoComplete="off" />
          )}
          <Closing onClose={() => setOpen(false)} submit="Pay" />
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

/** No to what was asked for, with the reason. */
export function RefuseExpense({ expense }: { expense: Expense }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" variant="ghost" aria-label={`Refuse ${expense.number}`}>
          Refuse
        </Button>
      </DialogTrigger>
      <DialogContent title={`Refuse ${expense.number}?`} description="Who asked for it sees your reason.">
        <ActionForm action={refuseExpenseAction} warnOnLeave={false} onSuccess={() => setOpen(false)}>
          <input type="hidden" name="expenseId" value={expense.id} />
          <FormField name="reason" label="Reason" required maxLength={200} autoComplete="off" />
          <Closing onClose={() => setOpen(false)} submit="Refuse it" />
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

/** The money of a paid one came back: a row of its own on this day. */
export function ReturnExpense({ expense }: { expense: Expense }) {
  const [isOpen, setOpen] = useState(false);
  const requestKey = useRequestKey(isOpen);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button size="sm" variant="ghost" aria-label={`The money of ${expense.number} came back`}>
          Came back
        </Button>
      </DialogTrigger>
      <DialogContent
        title={`Did the money of ${expense.number} come back?`}
        description="It is entered on this day, whole, and goes where it came from: your drawer or the bank."
      >
        <ActionForm action={returnExpenseAction} warnOnLeave={false} onSuccess={() => setOpen(false)}>
          <input type="hidden" name="expenseId" value={expense.id} />
          <input type="hidden" name="requestKey" value={requestKey} />
          <FormField name="reason" label="Reason" required maxLength={200} autoComplete="off" />
          <Closing onClose={() => setOpen(false)} submit="It came back" />
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}
