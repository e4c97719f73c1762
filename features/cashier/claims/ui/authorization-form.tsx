'use client';
import { useRouter } from 'next/navigation';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormCheckbox, FormField, FormSelect, FormTextarea } from '@/components/forms/form-field';
import type { Currency } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { requestAuthorizationAction } from '../actions';

type AuthorizationFormProps = {
  patientId: string;
  coverages: { id: string; label: string }[];
  currency: Currency;
};

const schema = async () => (await import('../schema')).requestAuthorizationInput;

/** Asks a payer beforehand whether, and how much, it will pay. */
export function AuthorizationForm({ patientId, coverages, currency }: AuthorizationFormProps) {
  const router = useRouter();
  return (
    <ActionForm
      action={requestAuthorizationAction}
      schema={schema}
      label="Pre-authorization"
      draft={{ form: 'authorization', of: patientId }}
      onSuccess={({ id }) => router.push(paths.claim(id))}
    >
      <input type="hidden" name="patientId" value={patientId} />
      <FormSelect
        name="coverageId"
        label="Policy"
        placeholder="Choose"
        options={coverages.map(({ id, label }) => ({ value: id, label }))}
        defaultValue={coverages.length === 1 ? (coverages[0]?.id ?? '') : ''}
        required
      />
      <FormField
        name="amount"
        label={`Amount asked for, ${currency.code}`}
        inputMode="decimal"
        required
        autoComplete="off"
      />
      <FormTextarea
        name="procedure"
        label="What is planned"
        help="Operation, eye and lens, as the payer wants it"
        rows={3}
        maxLength={300}
      />
      <FormCheckbox name="isSent" label="It has been sent already" />
      <FormActions>
        <SubmitButton pendingLabel="Saving">Save</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
