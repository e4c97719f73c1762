'use client';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { optionsOf } from '@/components/ui/select';
import { addAllergyAction } from '../actions';
import { SEVERITIES } from '../policy';
import { SUBSTANCES } from '../substances';

/** What a patient must not be given, and what it does to them. */
export function AllergyForm({ patientId, onDone }: { patientId: string; onDone: () => void }) {
  return (
    <ActionForm
      action={addAllergyAction}
      schema={async () => (await import('../schema')).addAllergyInput}
      label="Add an allergy"
      draft={{ form: 'allergy', of: patientId }}
      onSuccess={onDone}
    >
      <input type="hidden" name="patientId" value={patientId} readOnly />
      <datalist id="substances">
        {SUBSTANCES.map(({ key, label }) => (
          <option key={key} value={label} />
        ))}
      </datalist>
      <div className="grid gap-4 sm:grid-cols-2">
        <FormField
          name="substance"
          label="Allergic to"
          list="substances"
          autoComplete="off"
          autoFocus
          required
          maxLength={80}
        />
        <FormField
          name="reaction"
          label="Reaction"
          autoComplete="off"
          maxLength={200}
          placeholder="Rash, swelling"
        />
        <FormSelect
          name="severity"
          label="Severity"
          placeholder="Not known"
          options={optionsOf(SEVERITIES)}
        />
        <FormField
          name="since"
          label="Since"
          autoComplete="off"
          maxLength={40}
          placeholder="2019, childhood"
        />
      </div>
      <FormActions>
        <SubmitButton pendingLabel="Saving">Save allergy</SubmitButton>
        <Button onClick={onDone}>Cancel</Button>
      </FormActions>
    </ActionForm>
  );
}
