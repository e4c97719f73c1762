'use client';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { optionsOf } from '@/components/ui/select';
import { FINDING_ROWS } from '@/features/record/examinations/finding-rows';
import { OWNERS } from '@/features/record/templates/policy';
import { deleteFindingSetAction, saveFindingSetAction } from '../actions';
import { type Found, foundField } from '../policy';

const schema = async () => (await import('../schema')).saveFindingSetInput;

type SetFacts = { id: string; name: string; isOwn: boolean; found: Found; version: string };

/** A set of findings to write, or one to change: what stands in the rows of one eye. */
export function FindingSetForm({ set }: { set?: SetFacts }) {
  const [key, setKey] = useState(0);
  return (
    <ActionForm
      key={key}
      action={saveFindingSetAction}
      schema={schema}
      label={set ? `Findings ${set.name}` : 'New findings'}
      draft={{ form: 'finding-set', ...(set ? { of: set.id, version: set.version } : {}) }}
      {...(set ? {} : { onSuccess: () => setKey(key + 1) })}
    >
      {set ? <input type="hidden" name="setId" value={set.id} readOnly /> : null}
      <div className="grid gap-4 sm:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <FormField
          name="name"
          label="Name"
          required
          maxLength={60}
          autoComplete="off"
          defaultValue={set?.name ?? ''}
        />
        <FormSelect
          name="owner"
          label="For"
          options={optionsOf(OWNERS)}
          defaultValue={set && !set.isOwn ? 'everybody' : 'me'}
        />
      </div>
      <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
        {FINDING_ROWS.map(({ key: row, label, range }) => (
          <FormField
            key={row}
            name={foundField(row)}
            label={label}
            maxLength={200}
            autoComplete="off"
            inputMode={range ? 'decimal' : 'text'}
            defaultValue={set?.found[row] ?? ''}
          />
        ))}
      </div>
      <FormActions>
        <SubmitButton pendingLabel="Saving">{set ? 'Save' : 'Add the findings'}</SubmitButton>
        {set ? (
          <ConfirmAction
            trigger={<Button>Delete</Button>}
            title={`Delete ${set.name}?`}
            description="What was written with it stays."
            confirm="Delete"
            action={deleteFindingSetAction}
            fields={{ setId: set.id }}
          />
        ) : null}
      </FormActions>
    </ActionForm>
  );
}
