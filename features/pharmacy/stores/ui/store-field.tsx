import { FormSelect } from '@/components/forms/form-field';

export type NamedStore = { id: string; name: string };

/** In which store; a hospital with one is not asked. */
export function StoreField({
  stores,
  label = 'Store',
  defaultValue,
}: {
  stores: readonly NamedStore[];
  label?: string;
  defaultValue?: string;
}) {
  if (stores.length < 2) return null;
  return (
    <FormSelect
      name="storeId"
      label={label}
      options={stores.map(({ id, name }) => ({ value: id, label: name }))}
      {...(defaultValue ? { defaultValue } : {})}
      required
    />
  );
}
