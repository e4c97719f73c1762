import { FormCheckbox, FormField, FormSelect } from '@/components/forms/form-field';
import { optionsOf } from '@/components/ui/select';
import type { Service } from '../dto';
import { CONSULTATIONS, GROUPS } from '../policy';

export type TaxOption = { value: string; label: string };

/** What a service is called, where it stands and how it is taxed. */
export function ServiceFields({ service, taxes }: { service?: Service; taxes: readonly TaxOption[] }) {
  return (
    <>
      <FormField
        name="name"
        label="Name"
        help="As it is printed on the bill"
        defaultValue={service?.name ?? ''}
        autoComplete="off"
        required
        maxLength={120}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <FormField
          name="code"
          label="Code"
          help="Short, such as OCT-MAC"
          defaultValue={service?.code ?? ''}
          autoComplete="off"
          required
          maxLength={16}
        />
        <FormSelect
          name="group"
          label="Group"
          options={optionsOf(GROUPS)}
          defaultValue={service?.group ?? 'test'}
          required
        />
        <FormSelect
          name="taxClass"
          label="Tax"
          options={taxes}
          defaultValue={service?.taxClass ?? 'health'}
          required
        />
        <FormSelect
          name="consultation"
          label="Fee of a visit"
          help="Proposed when somebody comes"
          placeholder="No"
          options={optionsOf(CONSULTATIONS)}
          defaultValue={service?.consultation ?? ''}
        />
      </div>
    </>
  );
}

/** The amount, and whether it holds the tax. */
export function PriceFields({
  price,
  symbol,
}: {
  /** What it costs now: a new price begins as the one before it. */
  price?: { amount: string; isInclusive: boolean };
  symbol: string;
}) {
  return (
    <>
      <FormField
        name="price"
        label="Price"
        help={`In ${symbol}, for example 1,250.00`}
        defaultValue={price?.amount ?? ''}
        inputMode="decimal"
        autoComplete="off"
      />
      <FormCheckbox
        name="isInclusive"
        label="The price holds the tax"
        defaultChecked={price?.isInclusive ?? false}
      />
    </>
  );
}
