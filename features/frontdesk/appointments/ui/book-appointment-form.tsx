'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormCombobox } from '@/components/forms/form-combobox';
import { FormField, FormTextarea } from '@/components/forms/form-field';
import type { ComboboxOption } from '@/components/ui/combobox';
import Link from '@/components/ui/link';
import type { NamedBranch } from '@/features/identity/branches/ui/branch-field';
import { paths } from '@/lib/paths';
import { bookAppointmentAction } from '../actions';
import { type DoctorChoice, SlotFields } from './slot-fields';
import { type SlotStart, useSlot } from './use-slot';

export type PatientChoice = { id: string; name: string; number: string; phone: string; born?: string };

const toOption = ({ id, name, number, phone, born }: PatientChoice): ComboboxOption => ({
  value: id,
  label: name,
  ...(born ? { chosen: `${name}, ${born}` } : {}),
  description: [number, born, phone].filter(Boolean).join(' · '),
});

async function findPatients(words: string, signal: AbortSignal): Promise<ComboboxOption[]> {
  if (!words) return [];
  const response = await fetch(`${paths.patientSearch}?q=${encodeURIComponent(words)}`, { signal });
  if (!response.ok) throw new Error(`The search answered ${response.status}`);
  const { patients } = (await response.json()) as { patients: PatientChoice[] };
  return patients.map(toOption);
}

const schema = async () => (await import('../schema')).bookAppointmentInput;

/** Who, with whom, when, why. Shows the day afterwards. */
export function BookAppointmentForm({
  patient,
  doctors,
  branches,
  start,
  isTimeChosen,
  isDateChosen,
  today,
  canOverbook,
}: {
  patient: PatientChoice | null;
  doctors: readonly DoctorChoice[];
  branches: readonly NamedBranch[];
  start: SlotStart;
  isTimeChosen: boolean;
  isDateChosen: boolean;
  today: string;
  canOverbook: boolean;
}) {
  const router = useRouter();
  const [chosen, setChosen] = useState<ComboboxOption | null>(patient ? toOption(patient) : null);
  const slot = useSlot({ start, patientId: chosen?.value, isTimeChosen, isDateChosen });
  return (
    <ActionForm
      action={bookAppointmentAction}
      schema={schema}
      onSuccess={({ appointment }) => router.push(`${paths.appointments}?date=${appointment.day}`)}
      label="Booking"
      draft={{ form: 'appointment' }}
    >
      <FormCombobox
        name="patientId"
        label="Patient"
        loadOptions={findPatients}
        defaultOption={patient ? toOption(patient) : null}
        onSelect={setChosen}
        placeholder="Name, phone or number"
        emptyText="Type a name, a phone number or a record number."
        aside={
          <Link href={paths.newPatient} className="text-accent underline underline-offset-4">
            Register somebody new
          </Link>
        }
        autoFocus={!patient}
        required
      />
      <SlotFields
        slot={slot}
        doctors={doctors}
        branches={branches}
        today={today}
        patientName={chosen?.label}
        canOverbook={canOverbook}
      />
      <FormField
        name="reason"
        label="Reason"
        maxLength={200}
        placeholder="Blurred vision, follow-up"
        autoComplete="off"
      />
      <FormTextarea name="notes" label="Notes for staff" rows={2} maxLength={1000} />
      <FormActions>
        <SubmitButton pendingLabel="Booking">Book appointment</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
