'use client';
import { FormRadioGroup, FormSelect, FormTextarea } from '@/components/forms/form-field';
import { optionsOf } from '@/components/ui/select';
import { SUPPORT_SCOPES, type SupportScope } from '@/lib/auth/support';
import { DURATION_LABEL, SCOPE_HINT, SCOPE_LABEL } from '../policy';

// Repeated from the schema's list by way of its labels, so that zod stays out of the page.
const durations = optionsOf(DURATION_LABEL);
const scopes = SUPPORT_SCOPES.map((value) => ({
  value,
  label: SCOPE_LABEL[value],
  description: SCOPE_HINT[value],
}));

export function ReasonField({ help }: { help: string }) {
  return <FormTextarea name="reason" label="Reason" help={help} rows={3} maxLength={500} required />;
}

/** How much and for how long. */
export function ScopeFields({
  scope = 'read-only',
  minutes = 60,
  durationLabel = 'For how long',
}: {
  scope?: SupportScope;
  minutes?: number;
  durationLabel?: string;
}) {
  return (
    <>
      <FormRadioGroup
        name="scope"
        label="What support may do"
        options={scopes}
        defaultValue={scope}
        required
      />
      <FormSelect
        name="durationMinutes"
        label={durationLabel}
        options={durations}
        defaultValue={String(minutes)}
        required
      />
    </>
  );
}
