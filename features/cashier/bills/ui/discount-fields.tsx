'use client';
import { FormField, FormSelect, useField } from '@/components/forms/form-field';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { optionsOf, Select } from '@/components/ui/select';
import type { Currency } from '@/lib/currency';
import { discountProblem } from '../amounts';
import { DISCOUNT_REASONS } from '../policy';
import { type ChosenDiscount, discountOf } from './typed-lines';

type DiscountFieldsProps = {
  discount: ChosenDiscount;
  onChange: (discount: ChosenDiscount) => void;
  /** What the prices come to: no amount is more. */
  grossMinor: number;
  currency: Currency;
  needsApproval: boolean;
  approvers: { id: string; name: string }[];
};

/** A share or an amount with its reason; above the limit somebody else says yes here, with their own PIN. */
export function DiscountFields({
  discount,
  onChange,
  grossMinor,
  currency,
  needsApproval,
  approvers,
}: DiscountFieldsProps) {
  const rate = useField('discountRate', 'Percent');
  const amount = useField('discountAmount', 'Amount of the discount');
  const kind = useField('discountKind', 'Discount');
  const typed = discountOf(discount, currency.code);
  const tooMuch = typed && discountProblem(typed, grossMinor, currency);
  const isGiven = discount.kind !== 'none';
  return (
    <div className="grid gap-4">
      <div className="grid grid-cols-2 gap-4">
        <Field label="Discount" id={kind.id} error={kind.error}>
          {(control) => (
            <Select
              {...control}
              name="discountKind"
              value={discount.kind}
              options={optionsOf({ none: 'None', rate: 'Percent', amount: 'Amount' })}
              onChange={({ target }) =>
                onChange({
                  ...discount,
                  kind: target.value === 'rate' || target.value === 'amount' ? target.value : 'none',
                })
              }
            />
          )}
        </Field>
        {discount.kind === 'rate' ? (
          <Field label="Percent" id={rate.id} error={tooMuch ?? rate.error}>
            {(control) => (
              <Input
                {...control}
                name="discountRate"
                inputMode="decimal"
                autoComplete="off"
                value={discount.rate}
                onChange={({ target }) => onChange({ ...discount, rate: target.value })}
              />
            )}
          </Field>
        ) : null}
        {discount.kind === 'amount' ? (
          <Field label="Amount of the discount" id={amount.id} error={tooMuch ?? amount.error}>
            {(control) => (
              <Input
                {...control}
                name="discountAmount"
                inputMode="decimal"
                autoComplete="off"
                value={discount.amount}
                onChange={({ target }) => onChange({ ...discount, amount: target.value })}
              />
            )}
          </Field>
        ) : null}
      </div>
      {isGiven ? (
        <FormSelect
          name="discountReason"
          label="Reason"
          placeholder="Choose"
          options={optionsOf(DISCOUNT_REASONS)}
          required
        />
      ) : null}
      {needsApproval ? (
        <div className="grid gap-4 sm:grid-cols-2">
          <FormSelect
            name="approverId"
            label="Approved by"
            placeholder="Choose"
            options={approvers.map(({ id, name }) => ({ value: id, label: name }))}
            help="This is above your limit"
            required
          />
          <FormField
            name="approverPin"
            label="Their PIN or password"
            type="password"
            autoComplete="off"
            maxLength={200}
            required
          />
        </div>
      ) : null}
    </div>
  );
}
