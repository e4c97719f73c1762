import { useId } from 'react';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { optionsOf } from '@/components/ui/select';
import { NO_CLASS } from '../control-classes';
import type { Medicine } from '../dto';
import { FORMS, IMPORTANCES, UNITS } from '../policy';

const forms = optionsOf(FORMS);

/** What a medicine is, without its stock. */
export function MedicineFields({
  medicine,
  classes,
  taxes,
}: {
  medicine?: Medicine;
  /** Of the law of the country. */
  classes: readonly { value: string; label: string }[];
  /** As what goods may be taxed there. */
  taxes: readonly { value: string; label: string }[];
}) {
  const units = useId();
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <FormField
        name="name"
        label="Name"
        fieldClassName="sm:col-span-2"
        defaultValue={medicine?.name ?? ''}
        autoComplete="off"
        autoFocus={!medicine}
        required
        maxLength={120}
      />
      <FormSelect name="form" label="Form" options={forms} defaultValue={medicine?.form ?? 'drop'} required />
      <FormField
        name="strength"
        label="Strength"
        help="For example 0.5 % or 250 mg"
        defaultValue={medicine?.strength ?? ''}
        autoComplete="off"
        maxLength={60}
      />
      <FormField
        name="genericName"
        label="Generic name"
        help="Where the name is a brand"
        defaultValue={medicine?.genericName ?? ''}
        autoComplete="off"
        maxLength={120}
      />
      <FormField
        name="unit"
        label="Unit"
        help="What is counted on the shelf"
        defaultValue={medicine?.unit ?? 'bottle'}
        list={units}
        autoComplete="off"
        required
        maxLength={30}
      />
      <FormField
        name="pack"
        label="Pack"
        help="What is in one of it, such as 5 ml or 10 tablets"
        defaultValue={medicine?.pack ?? ''}
        autoComplete="off"
        maxLength={40}
      />
      <datalist id={units}>
        {UNITS.map((unit) => (
          <option key={unit} value={unit} />
        ))}
      </datalist>
      <FormField
        name="reorderLevel"
        label="Reorder level"
        inputMode="numeric"
        help="At this stock it is marked as low"
        defaultValue={medicine?.reorderLevel ?? 10}
        autoComplete="off"
        required
      />
      <FormField
        name="price"
        label="Price"
        inputMode="decimal"
        help="Of one unit"
        defaultValue={typeof medicine?.priceCents === 'number' ? (medicine.priceCents / 100).toFixed(2) : ''}
        autoComplete="off"
      />
      <FormField
        name="openDays"
        label="Days after opening"
        inputMode="numeric"
        help="Then it is thrown away, as the label says; 28 for drops, gel and ointment if left empty"
        defaultValue={medicine?.openDays ?? ''}
        autoComplete="off"
      />
      <FormSelect
        name="controlClass"
        label="Class of the law"
        help="As the pharmacist has it; some are given against a prescription alone and stand in a register"
        options={[
          { value: '', label: 'Not set: ask your pharmacist' },
          { value: NO_CLASS, label: 'No class: sold without a prescription' },
          ...classes,
        ]}
        defaultValue={medicine?.controlClass ?? ''}
      />
      {taxes.length > 1 ? (
        <FormSelect
          name="taxClass"
          label="Tax"
          help="Of what it is sold at; what is dispensed from now on has it"
          options={[{ value: '', label: 'As medicines usually have' }, ...taxes]}
          defaultValue={medicine?.taxClass ?? ''}
        />
      ) : null}
      <FormSelect
        name="importance"
        label="Importance"
        help="What it means for patients when it is missing"
        options={[{ value: '', label: 'Not said' }, ...optionsOf(IMPORTANCES)]}
        defaultValue={medicine?.importance ?? ''}
      />
    </div>
  );
}
