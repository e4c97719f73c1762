'use client';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect, FormTextarea, useField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Dialog, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { optionsOf } from '@/components/ui/select';
import { openIncidentAction, updateIncidentAction } from '../actions';
import { IMPACTS, INCIDENT_STATES, STATUS_COMPONENTS } from '../policy';

/** Tells the public that something is wrong. */
export function NewIncident() {
  const [open, setOpen] = useState(false);
  return (
    <Dialog open={open} onOpenChange={setOpen}>
      <DialogTrigger asChild>
        <Button variant="primary">New incident</Button>
      </DialogTrigger>
      <DialogContent title="New incident" description="Everybody can read it at once. Name no hospital.">
        <ActionForm
          action={openIncidentAction}
          onSuccess={() => setOpen(false)}
          label="Incident"
          draft={{ form: 'incident' }}
        >
          <FormField name="title" label="Title" maxLength={120} required />
          <FormSelect
            name="impact"
            label="How bad it is"
            options={optionsOf(IMPACTS)}
            defaultValue="degraded"
            required
          />
          <FormField
            name="startsAt"
            label="Begins"
            type="datetime-local"
            help="Of maintenance that is told of ahead, in UTC. What is promised counts from three days on as excused. Empty: now"
          />
          <Affected />
          <FormTextarea name="text" label="What people should know" rows={4} maxLength={1_000} required />
          <div className="flex flex-wrap justify-end gap-2">
            <Button onClick={() => setOpen(false)}>Not now</Button>
            <SubmitButton>Publish incident</SubmitButton>
          </div>
        </ActionForm>
      </DialogContent>
    </Dialog>
  );
}

function Affected() {
  const legend = 'What is affected';
  const { keptList } = useField('components', legend);
  return (
    <fieldset className="grid gap-2">
      <legend className="mb-1.5 font-medium text-sm text-text">{legend}</legend>
      {Object.entries(STATUS_COMPONENTS).map(([value, label]) => (
        <Checkbox
          key={value}
          id={`component-${value}`}
          name="components[]"
          value={value}
          label={label}
          defaultChecked={keptList?.includes(value) ?? false}
        />
      ))}
    </fieldset>
  );
}

/** The next word on an incident. */
export function UpdateIncident({ incidentId }: { incidentId: string }) {
  return (
    <ActionForm
      action={updateIncidentAction}
      resetOnSuccess
      label="Update"
      draft={{ form: 'incident-update', of: incidentId }}
    >
      <input type="hidden" name="incidentId" value={incidentId} />
      <FormSelect
        name="state"
        label="How it stands"
        options={optionsOf(INCIDENT_STATES)}
        defaultValue="identified"
        required
      />
      <FormTextarea name="text" label="What people should know" rows={2} maxLength={1_000} required />
      <FormActions>
        <SubmitButton>Publish update</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
