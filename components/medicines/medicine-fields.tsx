import { FormField, FormSelect } from '@/components/forms/form-field';
import type { Medicine } from '@/lib/features/medicines/dto';
import { FORMS } from '@/lib/features/medicines/schema';

const forms = Object.entries(FORMS).map(([value, label]) => ({ value, label }));

export function MedicineFields({ medicine }: { medicine?: Medicine }) {
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <FormField name="name" label="Name" defaultValue={medicine?.name} autoComplete="off" autoFocus required maxLength={120} />
      <FormField name="genericName" label="Generic name" defaultValue={medicine?.genericName ?? ''} autoComplete="off" maxLength={120} />
      <FormSelect name="form" label="Form" options={forms} defaultValue={medicine?.form ?? 'drop'} required />
      <FormField name="strength" label="Strength" help="For example 0.5 % or 250 mg" defaultValue={medicine?.strength ?? ''} maxLength={60} />
      <FormField name="unit" label="Unit" help="What is counted: bottle, tube, strip" defaultValue={medicine?.unit ?? 'bottle'} required maxLength={30} />
      <FormField name="price" label="Price" inputMode="decimal" help="Of one unit" defaultValue={medicine?.priceCents ? (medicine.priceCents / 100).toFixed(2) : ''} />
      <FormField
        name="reorderLevel"
        label="Reorder level"
        type="number"
        inputMode="numeric"
        min={0}
        help="At this stock it is marked as low"
        defaultValue={medicine?.reorderLevel ?? 10}
        required
      />
    </div>
  );
}
