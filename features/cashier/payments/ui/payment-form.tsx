'use client';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect, useField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { type Currency, decimalOf, formatAmount, minorOf, readDecimal } from '@/lib/currency';
import { COUNTER_METHODS, type CounterMethod, coinProblem, METHODS } from '../../shifts/policy';
import { takePaymentAction } from '../actions';
import { UpiCode } from './upi-code';

type Advance = { id: string; number: string; leftMinor: number };

type PaymentFormProps = {
  bill: { id: string; number: string; dueMinor: number };
  /** How many there are of the bill. */
  receipts: number;
  currency: Currency;
  advances: Advance[];
  payee: { upiAddress: string | null; legalName: string };
  requestKey: string;
};

const schema = async () => (await import('../schema')).takePaymentInput;

const REFERENCE: Partial<Record<CounterMethod, { label: string; help?: string }>> = {
  upi: { label: 'UPI reference', help: '12 digits, from the phone' },
  card: { label: 'Number on the card slip' },
  transfer: { label: 'Reference of the transfer' },
  cheque: { label: 'Bank and number of the cheque', help: 'Such as SBI-123456' },
};

type Typed = Partial<Record<CounterMethod | 'tendered', string>>;

/**
 * One payment in as many parts as it has; it begins with all that is due. The form of what is left after it
 * begins with nothing: a press that comes late would take the rest as cash that nobody gave.
 */
export function PaymentForm(props: PaymentFormProps) {
  const turn = `${props.bill.dueMinor}-${props.receipts}`;
  const [first] = useState(turn);
  return <Parts key={turn} {...props} isFirst={turn === first} />;
}

/** Cash shows the change, UPI the code of its amount. */
function Parts({
  bill,
  currency,
  advances,
  payee,
  requestKey,
  isFirst,
}: PaymentFormProps & { isFirst: boolean }) {
  const due = decimalOf(bill.dueMinor, currency.code);
  const [typed, setTyped] = useState<Typed>({ cash: isFirst ? due : '' });
  const minor = (text: string | undefined) => minorOf(readDecimal(text ?? '') ?? '0', currency.code) ?? 0;
  const used = COUNTER_METHODS.filter((method) => typed[method] !== undefined);
  const sum = used.reduce((all, method) => all + minor(typed[method]), 0);
  const left = bill.dueMinor - sum;
  const change = typed.tendered ? minor(typed.tendered) - minor(typed.cash) : 0;
  const set = (name: keyof Typed, value: string) => setTyped((known) => ({ ...known, [name]: value }));
  const add = (method: CounterMethod) => {
    // All of it this way, unless a part has been typed for another.
    const only = used[0];
    const isUntouched =
      used.length === 1 && only !== undefined && (typed[only] === '' || (typed[only] === due && left === 0));
    setTyped(
      isUntouched ? { [method]: due } : { ...typed, [method]: decimalOf(Math.max(left, 0), currency.code) },
    );
  };
  const remove = (method: CounterMethod) => setTyped(({ [method]: _gone, ...rest }) => rest);
  const offered = COUNTER_METHODS.filter(
    (method) => !used.includes(method) && (method !== 'advance' || advances.length > 0),
  );

  return (
    <ActionForm action={takePaymentAction} schema={schema} label="Payment" warnOnLeave={false}>
      <input type="hidden" name="billId" value={bill.id} />
      <input type="hidden" name="requestKey" value={requestKey} />
      <p className="flex items-baseline justify-between gap-4">
        <span className="text-text-muted">Due</span>
        <span className="font-semibold text-2xl text-text tabular-nums">
          {formatAmount(bill.dueMinor, currency)}
        </span>
      </p>
      {used.map((method) => (
        <fieldset key={method} className="grid gap-3 border-border border-t pt-4">
          <legend className="sr-only">{METHODS[method]}</legend>
          <div className="grid grid-cols-[minmax(0,1fr)_auto] items-end gap-2">
            <Typing
              name={method}
              label={METHODS[method]}
              value={typed[method] ?? ''}
              problem={method === 'cash' ? coinProblem(minor(typed.cash), currency, bill.dueMinor) : null}
              onChange={(value) => set(method, value)}
            />
            {used.length > 1 ? (
              <Button
                variant="ghost"
                onClick={() => remove(method)}
                aria-label={`No ${METHODS[method].toLowerCase()}`}
              >
                Remove
              </Button>
            ) : null}
          </div>
          {method === 'cash' ? (
            <div className="grid grid-cols-2 items-end gap-4">
              <Typing
                name="cashTendered"
                label="Cash handed over"
                value={typed.tendered ?? ''}
                problem={coinProblem(minor(typed.tendered), currency, minor(typed.cash))}
                onChange={(value) => set('tendered', value)}
              />
              <p className="pb-1.5" role="status">
                <span className="text-text-muted">Change </span>
                <span className="font-semibold tabular-nums">
                  {formatAmount(Math.max(change, 0), currency)}
                </span>
              </p>
            </div>
          ) : null}
          {method === 'upi' && payee.upiAddress ? (
            <UpiCode
              bill={{ number: bill.number, dueMinor: minor(typed.upi) }}
              payee={{ ...payee, currency }}
            />
          ) : null}
          {method === 'advance' ? (
            <FormSelect
              name="advanceId"
              label="Advance to use"
              options={advances.map(({ id, number, leftMinor }) => ({
                value: id,
                label: `${number}, ${formatAmount(leftMinor, currency)} left`,
              }))}
            />
          ) : null}
          {REFERENCE[method] ? (
            <FormField name={`${method}Reference`} autoComplete="off" maxLength={40} {...REFERENCE[method]} />
          ) : null}
        </fieldset>
      ))}
      {offered.length > 0 ? (
        <div className="flex flex-wrap gap-2">
          {offered.map((method) => (
            <Button key={method} size="sm" onClick={() => add(method)}>
              {METHODS[method]}
            </Button>
          ))}
        </div>
      ) : null}
      {left === 0 ? null : (
        <p className={left < 0 ? 'text-danger' : 'text-text-muted'} role="status">
          {left < 0
            ? `${formatAmount(0 - left, currency)} more than is due`
            : `${formatAmount(left, currency)} stays due`}
        </p>
      )}
      <FormActions>
        <SubmitButton pendingLabel="Taking">Take payment</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

function Typing({
  name,
  label,
  value,
  problem = null,
  onChange,
}: {
  name: string;
  label: string;
  value: string;
  /** What is wrong with it while it is typed. */
  problem?: string | null;
  onChange: (value: string) => void;
}) {
  const { id, error } = useField(name, label);
  return (
    <Field label={label} id={id} error={problem ?? error}>
      {(control) => (
        <Input
          {...control}
          name={name}
          inputMode="decimal"
          autoComplete="off"
          className="tabular-nums"
          value={value}
          onChange={({ target }) => onChange(target.value)}
        />
      )}
    </Field>
  );
}
