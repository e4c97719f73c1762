'use client';
import { useState } from 'react';
import { useField } from '@/components/forms/form-field';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { PharmacySettings } from '../dto';

type OfBranch = PharmacySettings['ofBranches'][number];
type Branch = { id: string; name: string };

/** What a draft has brought back; as it is saved where there is none. */
function keptOf(kept: string | undefined, saved: OfBranch[]): OfBranch[] {
  try {
    return kept ? (JSON.parse(kept) as OfBranch[]) : saved;
  } catch {
    return saved;
  }
}

/** What branches print in place of what stands above: a licence is for premises. */
export function BranchLicences({ branches, saved }: { branches: readonly Branch[]; saved: OfBranch[] }) {
  const { kept } = useField('ofBranches', 'What branches print');
  const [said, setSaid] = useState(() => {
    const known = keptOf(kept, saved);
    return branches.map(
      ({ id }) =>
        known.find(({ branchId }) => branchId === id) ?? { branchId: id, licences: '', pharmacist: '' },
    );
  });
  const change = (branchId: string, text: Partial<OfBranch>) =>
    setSaid((all) => all.map((one) => (one.branchId === branchId ? { ...one, ...text } : one)));
  return (
    <>
      <input
        type="hidden"
        name="ofBranches"
        data-shown={said.map(({ licences, pharmacist }) => `${licences} ${pharmacist}`.trim()).join(', ')}
        value={JSON.stringify(said)}
      />
      {branches.map(({ id, name }) => {
        const own = said.find(({ branchId }) => branchId === id);
        return (
          <div key={id} className="grid gap-5 sm:grid-cols-2">
            <Field label={`Drug licence numbers, ${name}`} help="Empty for those above">
              {(control) => (
                <Input
                  {...control}
                  autoComplete="off"
                  maxLength={200}
                  value={own?.licences ?? ''}
                  onChange={({ target }) => change(id, { licences: target.value })}
                />
              )}
            </Field>
            <Field label={`Registered pharmacist, ${name}`} help="Empty for the one above">
              {(control) => (
                <Input
                  {...control}
                  autoComplete="off"
                  maxLength={120}
                  value={own?.pharmacist ?? ''}
                  onChange={({ target }) => change(id, { pharmacist: target.value })}
                />
              )}
            </Field>
          </div>
        );
      })}
    </>
  );
}
