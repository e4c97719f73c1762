'use client';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, useField } from '@/components/forms/form-field';
import { RowField } from '@/components/forms/row-field';
import { FieldNotes } from '@/components/ui/field';
import { amountProblem, type Currency, decimalOf, formatAmount, minorOf, readDecimal } from '@/lib/currency';
import { formatDay } from '@/lib/time';
import { coinProblem, coinsWithin } from '../../shifts/policy';
import { makeDepositAction } from '../actions';

const schema = async () => (await import('../schema')).makeDepositInput;

/** A closed shift whose takings are still in the house. */
type ShiftToDeposit = {
  id: string;
  cashierName: string;
  day: string;
  /** What was counted less what went to the bank. */
  leftMinor: number;
  /** The same without the float, which usually stays for the next day. */
  takingsMinor: number;
};

type DepositFormProps = { shifts: readonly ShiftToDeposit[]; currency: Currency; requestKey: string };

/** Which shifts' cash goes to the bank, with the slip. The takings are proposed, the float stays. */
export function DepositForm({ shifts, currency, requestKey }: DepositFormProps) {
  return (
    <ActionForm action={makeDepositAction} schema={schema} label="Bank deposit" draft={{ form: 'deposit' }}>
      <input type="hidden" name="requestKey" value={requestKey} />
      <Amounts shifts={shifts} currency={currency} />
      <div className="grid gap-5 sm:grid-cols-3">
        <FormField name="bank" label="Bank" autoComplete="off" required maxLength={80} />
        <FormField name="slipNumber" label="Number of the slip" autoComplete="off" required maxLength={40} />
        <FormField name="carriedBy" label="Taken there by" autoComplete="off" required maxLength={80} />
      </div>
      <FormActions>
        <SubmitButton pendingLabel="Saving">Enter deposit</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

/** What is wrong with what goes to the bank of a shift, while it is typed. */
function problemOf(typed: string, leftMinor: number, currency: Currency): string | null {
  const decimal = readDecimal(typed);
  if (decimal === null) return amountProblem(typed);
  const wanted = minorOf(decimal, currency.code) ?? 0;
  if (wanted > leftMinor) return `Only ${formatAmount(leftMinor, currency)} of it are here.`;
  return coinProblem(wanted, currency, leftMinor);
}

function Amounts({ shifts, currency }: Omit<DepositFormProps, 'requestKey'>) {
  const { id, error, keptList } = useField('amount', 'The amounts');
  const [amounts, setAmounts] = useState<readonly string[]>(() =>
    shifts.map(
      ({ takingsMinor, leftMinor }, index) =>
        keptList?.[index] ?? decimalOf(coinsWithin(takingsMinor, currency, leftMinor), currency.code),
    ),
  );
  const total = amounts.reduce(
    (sum, typed) => sum + (minorOf(readDecimal(typed) ?? '0', currency.code) ?? 0),
    0,
  );
  return (
    <div id={id} className="grid gap-3">
      <ul className="divide-y divide-border">
        {shifts.map((shift, index) => (
          <AmountRow
            key={shift.id}
            shift={shift}
            of={`amount.${index}`}
            currency={currency}
            typed={amounts[index] ?? ''}
            onChange={(typed) => setAmounts((known) => known.map((one, at) => (at === index ? typed : one)))}
          />
        ))}
      </ul>
      <FieldNotes id={id} help={null} error={error} />
      <p role="status" className="flex justify-between border-border border-t pt-3 font-medium">
        <span>To the bank</span>
        <span className="tabular-nums">{formatAmount(total, currency)}</span>
      </p>
    </div>
  );
}

type AmountRowProps = {
  shift: ShiftToDeposit;
  /** Under which the server answers for it. */
  of: string;
  currency: Currency;
  typed: string;
  onChange: (typed: string) => void;
};

function AmountRow({ shift, of, currency, typed, onChange }: AmountRowProps) {
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 py-2">
      <span className="min-w-40 flex-1">
        {shift.cashierName}, {formatDay(shift.day)}
        <span className="block text-[0.8125rem] text-text-muted tabular-nums">
          {formatAmount(shift.leftMinor, currency)} of it are here
        </span>
      </span>
      <input type="hidden" name="shiftId[]" value={shift.id} />
      <RowField
        of={of}
        label={`Of ${shift.cashierName}, ${formatDay(shift.day)}`}
        name="amount[]"
        inputMode="decimal"
        fieldClassName="w-36 sm:w-48"
        className="text-right tabular-nums"
        value={typed}
        problem={problemOf(typed, shift.leftMinor, currency)}
        onChange={onChange}
      />
    </li>
  );
}
