'use client';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormCombobox } from '@/components/forms/form-combobox';
import { FormSelect } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import type { ComboboxOption } from '@/components/ui/combobox';
import { DialogContent } from '@/components/ui/dialog';
import { paths } from '@/lib/paths';
import { checkInAction } from '../actions';
import { PRIORITIES, PRIORITY_LABEL, STATION_LABEL, STATIONS } from '../policy';

type Found = { patients: { id: string; name: string; number: string; phone: string; born: string }[] };

async function searchPatients(words: string, signal: AbortSignal): Promise<ComboboxOption[]> {
  const answer = await fetch(`${paths.patientSearch}?${new URLSearchParams({ q: words })}`, { signal });
  if (!answer.ok) throw new Error('The search did not answer');
  const { patients }: Found = await answer.json();
  return patients.map(({ id, name, number, phone, born }) => ({
    value: id,
    label: name,
    chosen: `${name}, ${born}`,
    description: [number, born, phone].filter(Boolean).join(', '),
  }));
}

export type CheckIn = {
  doctors: { id: string; name: string }[];
  /** Chosen on another page: the dialog opens by itself. */
  patient: { id: string; name: string } | null;
  appointment: { id: string; doctorId: string } | null;
};

/** The body of `CheckInDialog`. */
export function CheckInForm({ doctors, patient, appointment, onClose }: CheckIn & { onClose: () => void }) {
  return (
    <DialogContent title="Check in" description="The patient gets the next token of today.">
      <ActionForm action={checkInAction} warnOnLeave={false} onSuccess={onClose}>
        {appointment ? <input type="hidden" name="appointmentId" value={appointment.id} /> : null}
        <FormCombobox
          name="patientId"
          label="Patient"
          loadOptions={searchPatients}
          defaultOption={patient ? { value: patient.id, label: patient.name } : null}
          placeholder="Name, phone or number"
          required
        />
        <FormSelect
          name="doctorId"
          label="Doctor"
          options={[
            { value: '', label: 'Whoever is free' },
            ...doctors.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          defaultValue={appointment?.doctorId ?? ''}
        />
        <div className="grid gap-5 sm:grid-cols-2">
          <FormSelect
            name="priority"
            label="Priority"
            options={PRIORITIES.map((value) => ({ value, label: PRIORITY_LABEL[value] }))}
            defaultValue="normal"
          />
          <FormSelect
            name="station"
            label="First station"
            options={STATIONS.map((value) => ({ value, label: STATION_LABEL[value] }))}
            defaultValue="optometry"
          />
        </div>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <SubmitButton data-autofocus={Boolean(patient)}>Check in</SubmitButton>
        </div>
      </ActionForm>
    </DialogContent>
  );
}
