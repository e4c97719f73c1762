'use client';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormField, FormSelect, FormTextarea } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { optionsOf } from '@/components/ui/select';
import { OWNERS } from '@/features/record/templates/policy';
import { deletePrescriptionSetAction, savePrescriptionSetAction } from '../actions';

const schema = async () => (await import('../schema')).savePrescriptionSetInput;

type SetFacts = { id: string; name: string; isOwn: boolean; lines: string; version: string };

/** A set to write, or one to change; each line as it is typed on the sheet. */
export function SetForm({ set }: { set?: SetFacts }) {
  const [key, setKey] = useState(0);
  return (
    <ActionForm
      key={key}
      action={savePrescriptionSetAction}
      schema={schema}
      label={set ? `Set ${set.name}` : 'New set'}
      draft={{ form: 'prescription-set', ...(set ? { of: set.id, version: set.version } : {}) }}
      {...(set ? {} : { onSuccess: () => setKey(key + 1) })}
    >
      {set ? <input type="hidden" name="setId" value={set.id} /> : null}
      <div className="grid gap-4 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <FormField
          name="name"
          label="Name"
          defaultValue={set?.name ?? ''}
          required
          maxLength={80}
          autoComplete="off"
        />
        <FormSelect
          name="owner"
          label="For"
          options={optionsOf(OWNERS)}
          defaultValue={set && !set.isOwn ? 'everybody' : 'me'}
        />
      </div>
      <FormTextarea
        name="lines"
        label="Medicines, one on each line"
        help="As on the sheet: moxifloxacin 0.5 % 1 drop qid 1w. The eye is chosen when the set is used."
        defaultValue={set?.lines ?? ''}
        rows={4}
        required
        maxLength={4_000}
      />
      <FormActions>
        <SubmitButton pendingLabel="Saving">{set ? 'Save' : 'Add the set'}</SubmitButton>
        {set ? (
          <ConfirmAction
            trigger={<Button>Delete</Button>}
            title={`Delete ${set.name}?`}
            description="What was prescribed with it stays."
            confirm="Delete"
            action={deletePrescriptionSetAction}
            fields={{ setId: set.id }}
          />
        ) : null}
      </FormActions>
    </ActionForm>
  );
}
