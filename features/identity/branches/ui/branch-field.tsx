import { FormSelect } from '@/components/forms/form-field';

export type NamedBranch = { id: string; name: string };

/** At which branch; an organization with one is not asked. */
export function BranchField({
  branches,
  label = 'Branch',
  defaultValue,
  every,
}: {
  branches: readonly NamedBranch[];
  label?: string;
  defaultValue?: string;
  /** What is said for no branch in particular, where that may be chosen. */
  every?: string;
}) {
  if (branches.length < 2) return null;
  const options = branches.map(({ id, name }) => ({ value: id, label: name }));
  return (
    <FormSelect
      name="branchId"
      label={label}
      options={every ? [{ value: '', label: every }, ...options] : options}
      {...(defaultValue === undefined ? {} : { defaultValue })}
    />
  );
}
