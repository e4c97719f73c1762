'use client';
import { useState } from 'react';
import { FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormCheckbox, FormField, useField } from '@/components/forms/form-field';
import { FieldNotes } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { type Currency, formatAmount } from '@/lib/currency';
import { denominationKey, denominationsOf, isPieces } from '../policy';

type DrawerCountProps = { currency: Currency; submit: string; pending: string };

/** A drawer by notes and coins, with the reason of a difference, and the button that says that it is so. */
export function DrawerCount({ currency, submit, pending }: DrawerCountProps) {
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
        <SubmitButton pendingLabel={pending}>{submit}</SubmitButton>
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
    return sum + (isPieces(typed) ? Number(typed) * one.faceMinor : 0);
  }, 0);
  return (
    <div id={id} className="grid gap-3">
      <div className="grid gap-x-8 gap-y-2 sm:grid-cols-2">
        {denominations.map((one) => {
          const key = denominationKey(one);
          const typed = pieces[key] ?? '';
          const name = `${formatAmount(one.faceMinor, currency).replace(/\.0+$/, '')} ${one.kind}s`;
          return (
            <label key={key} className="flex items-center justify-between gap-3">
              <span>{name}</span>
              <input type="hidden" name="denomination[]" value={key} />
              <Input
                name="pieces[]"
                aria-label={name}
                aria-invalid={(typed.trim() !== '' && !isPieces(typed)) || undefined}
                inputMode="numeric"
                autoComplete="off"
                className="w-24 text-right tabular-nums"
                value={typed}
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
