'use client';
import { useState } from 'react';
import { FormCheckbox, FormField, FormSelect } from '@/components/forms/form-field';
import { daysText, type Letter, leaveDays } from '../policy';

type Earlier<K extends Letter['kind']> = { earlier: Extract<Letter, { kind: K }> | null };

/** An examination of the patient that has read an acuity. */
export type AcuityChoice = { visitId: string; label: string };

export const AttendanceFields = ({ earlier }: Earlier<'attendance'>) => (
  <div className="grid gap-5 sm:grid-cols-3">
    <FormField name="arrived" label="From" type="time" defaultValue={earlier?.from ?? ''} />
    <FormField name="left" label="Until" type="time" defaultValue={earlier?.until ?? ''} />
    <FormField
      name="companion"
      label="Accompanied by"
      defaultValue={earlier?.companion ?? ''}
      maxLength={120}
      autoComplete="off"
    />
  </div>
);

export function LeaveFields({ day, earlier }: Earlier<'leave'> & { day: string }) {
  const [from, setFrom] = useState(earlier?.from ?? day);
  const [until, setUntil] = useState(earlier?.until ?? '');
  const days = from && until && until >= from ? daysText(leaveDays(from, until)) : null;
  return (
    <>
      <div className="grid gap-5 sm:grid-cols-2">
        <FormField
          name="from"
          label="First day of rest"
          type="date"
          required
          defaultValue={from}
          onInput={({ currentTarget }) => setFrom(currentTarget.value)}
        />
        <FormField
          name="until"
          label="Last day of rest"
          type="date"
          required
          defaultValue={until}
          help={days ?? 'Both days count.'}
          onInput={({ currentTarget }) => setUntil(currentTarget.value)}
        />
      </div>
      <FormCheckbox
        name="isDiagnosisNamed"
        label="Name the diagnosis of this visit"
        help="An employer or a school reads it."
        defaultChecked={Boolean(earlier?.diagnosis)}
      />
    </>
  );
}

export const FitnessFields = ({ day, earlier }: Earlier<'fitness'> & { day: string }) => (
  <div className="grid gap-5 sm:grid-cols-2">
    <FormField
      name="fitFor"
      label="Fit for"
      placeholder="work"
      required
      defaultValue={earlier?.fitFor ?? ''}
      maxLength={120}
      autoComplete="off"
    />
    <FormField name="from" label="From" type="date" required defaultValue={earlier?.from ?? day} />
  </div>
);

export function AcuityFields({
  visitId,
  earlier,
  examinations,
}: Earlier<'acuity'> & { visitId: string; examinations: readonly AcuityChoice[] }) {
  const own = examinations.find((one) => one.visitId === visitId);
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <FormSelect
        name="examinationId"
        label="Acuity of the examination"
        help={
          examinations.length === 0
            ? 'No examination of this patient has read an acuity yet.'
            : 'Printed as it was read.'
        }
        placeholder="Choose an examination"
        required
        options={examinations.map(({ visitId: value, label }) => ({ value, label }))}
        // Of this visit or chosen: never silently one of before.
        defaultValue={earlier ? '' : (own?.visitId ?? '')}
      />
      <FormField
        name="purpose"
        label="What it is for"
        defaultValue={earlier?.purpose ?? 'a driving licence'}
        maxLength={120}
        autoComplete="off"
      />
    </div>
  );
}
