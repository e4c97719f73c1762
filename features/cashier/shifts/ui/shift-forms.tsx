'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormCheckbox, FormField, useField } from '@/components/forms/form-field';
import { FieldNotes } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { type Currency, formatAmount } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { closeOtherShiftAction, closeShiftAction, openShiftAction } from '../actions';
import { denominationKey, denominationsOf } from '../policy';

const openSchema = async () => (await import('../schema')).openShiftInput;
const closeSchema = async () => (await import('../schema')).closeShiftInput;
const otherSchema = async () => (await import('../schema')).closeOtherShiftInput;

/** What lies in the drawer before the first payment. */
export function OpenShift() {
  return (
    <ActionForm action={openShiftAction} schema={openSchema} label="Open shift" warnOnLeave={false}>
      <FormField
        name="float"
        label="Cash in the drawer"
        help="Count it. 0 where there is none."
        inputMode="decimal"
        autoComplete="off"
        required
      />
      <FormActions>
        <SubmitButton pendingLabel="Opening">Open shift</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

/** The count of one's own drawer by notes and coins. What it should hold is said afterwards. */
export function CloseShift({ shiftId, currency }: { shiftId: string; currency: Currency }) {
  return (
    <ActionForm
      action={closeShiftAction}
      schema={closeSchema}
      label="Close shift"
      draft={{ form: 'shift-count', of: shiftId }}
    >
      <Count currency={currency} />
    </ActionForm>
  );
}

/** The count of a drawer that its cashier has left open, by who closes the day. */
export function CloseOtherShift({ shiftId, currency }: { shiftId: string; currency: Currency }) {
  const router = useRouter();
  return (
    <ActionForm
      action={closeOtherShiftAction}
      schema={otherSchema}
      label="Close shift"
      draft={{ form: 'shift-count', of: shiftId }}
      onSuccess={({ day }) => router.push(paths.dayBook(day))}
    >
      <input type="hidden" name="shiftId" value={shiftId} readOnly />
      <Count currency={currency} />
    </ActionForm>
  );
}

function Count({ currency }: { currency: Currency }) {
  return (
    <>
      <CountFields currency={currency} />
      <FormCheckbox name="isRestNone" label="There are no other notes or coins" />
      <FormField
        name="reason"
        label="Reason of a difference"
        help="Only where the count does not fit"
        autoComplete="off"
        maxLength={200}
      />
      <FormActions>
        <SubmitButton pendingLabel="Closing">Close shift</SubmitButton>
      </FormActions>
    </>
  );
}

function CountFields({ currency }: { currency: Currency }) {
  const { id, error, keptList } = useField('pieces', 'The count');
  const denominations = denominationsOf(currency.code);
  const [pieces, setPieces] = useState<Record<string, string>>(() =>
    Object.fromEntries(denominations.map((one, index) => [denominationKey(one), keptList?.[index] ?? ''])),
  );
  const total = denominations.reduce((sum, one) => {
    const typed = pieces[denominationKey(one)] ?? '';
    return sum + (/^\d{1,6}$/.test(typed) ? Number(typed) * one.faceMinor : 0);
  }, 0);
  return (
    <div id={id} className="grid gap-3">
      <div className="grid gap-x-8 gap-y-2 sm:grid-cols-2">
        {denominations.map((one) => {
          const key = denominationKey(one);
          const name = `${formatAmount(one.faceMinor, currency).replace(/\.0+$/, '')} ${one.kind}s`;
          return (
            <label key={key} className="flex items-center justify-between gap-3">
              <span>{name}</span>
              <input type="hidden" name="denomination[]" value={key} />
              <Input
                name="pieces[]"
                aria-label={name}
                inputMode="numeric"
                autoComplete="off"
                maxLength={6}
                className="w-24 text-right tabular-nums"
                value={pieces[key] ?? ''}
                onChange={({ target }) => setPieces({ ...pieces, [key]: target.value })}
              />
            </label>
          );
        })}
      </div>
      <FieldNotes id={id} help={null} error={error} />
      <p role="status" className="flex justify-between border-border border-t pt-3 font-medium">
        <span>Counted</span>
        <span className="tabular-nums">{formatAmount(total, currency)}</span>
      </p>
    </div>
  );
}
