'use client';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { EVERYBODY } from '@/features/frontdesk/schedules/policy';
import { BranchField, type NamedBranch } from '@/features/identity/branches/ui/branch-field';
import { addAbsenceAction } from '../actions';
import { StrandedField } from './stranded-field';

const schema = async () => (await import('@/features/frontdesk/schedules/schema')).addAbsenceInput;

/** Leave of a doctor, or a holiday of all. */
export function AbsenceForm({
  doctors,
  branches,
  doctorId,
  today,
}: {
  doctors: readonly { id: string; name: string }[];
  branches: readonly NamedBranch[];
  doctorId: string;
  today: string;
}) {
  const [key, setKey] = useState(0);
  return (
    <ActionForm
      key={key}
      action={addAbsenceAction}
      schema={schema}
      label="Leave or holiday"
      draft={{ form: 'absence' }}
      onSuccess={() => setKey(key + 1)}
    >
      <FormSelect
        name="doctorId"
        label="Who"
        placeholder="Choose who is away"
        options={[
          { value: EVERYBODY, label: 'Everybody: a holiday' },
          ...doctors.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        defaultValue={doctorId}
        required
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <FormField name="fromDay" label="First day" type="date" min={today} defaultValue="" required />
        <FormField name="toDay" label="Last day" type="date" min={today} defaultValue="" required />
        <FormField
          name="from"
          label="Away from"
          help="Empty for whole days"
          placeholder="09:00"
          inputMode="numeric"
          maxLength={20}
          autoComplete="off"
        />
        <FormField
          name="to"
          label="Away until"
          placeholder="11:00"
          inputMode="numeric"
          maxLength={20}
          autoComplete="off"
        />
      </div>
      <BranchField branches={branches} label="A holiday at" every="All branches" />
      <FormField
        name="reason"
        label="Reason"
        help="The name of a holiday is shown on the day; a doctor’s reason only here."
        placeholder="Republic Day"
        maxLength={120}
        autoComplete="off"
      />
      <StrandedField />
      <FormActions>
        <SubmitButton pendingLabel="Saving">Save these days</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
