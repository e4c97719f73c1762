'use client';
import { useRouter } from 'next/navigation';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormTextarea } from '@/components/forms/form-field';
import { paths } from '@/lib/paths';
import { noteMadeGlassesAction } from '../actions';
import { GlassesFields, type NamedLenses } from './glasses-form';
import type { Glasses } from './lens-fields';

const schema = async () => (await import('../schema')).noteMadeInput;

/** What the optical shop made: begins as it was prescribed, and says what differs from that. */
export function MadeForm({
  spectaclesId,
  version,
  begin,
  prescribed,
}: {
  spectaclesId: string;
  version: number;
  begin: Glasses;
  prescribed: NamedLenses;
}) {
  const router = useRouter();
  return (
    <ActionForm
      action={noteMadeGlassesAction}
      schema={schema}
      label="Glasses as made"
      draft={{ form: 'glasses-made', of: spectaclesId, version }}
      onSuccess={({ id }) => router.push(paths.glasses(id))}
    >
      <input type="hidden" name="spectaclesId" value={spectaclesId} />
      <FormField
        name="reason"
        label="Why they are not as prescribed"
        help="For example: no stock of this index, the frame is too small"
        required
        maxLength={200}
        autoComplete="off"
      />
      <GlassesFields before={begin} worn={prescribed} validMonths={begin.validMonths} />
      <FormTextarea
        name="remarks"
        label="Remarks"
        rows={2}
        maxLength={300}
        defaultValue={begin.remarks ?? ''}
      />
      <FormActions>
        <SubmitButton pendingLabel="Saving">Note what was made</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
