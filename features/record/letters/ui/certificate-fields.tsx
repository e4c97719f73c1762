'use client';
import { useState } from 'react';
import { useFormState } from '@/components/forms/form-context';
import { FormCheckbox, FormField, FormSelect } from '@/components/forms/form-field';
import { Alert } from '@/components/ui/alert';
import { optionsOf } from '@/components/ui/select';
import { type Best, FIELD_LIMITS, gradeOf, gradeText, isFieldLimit } from '../disability';
import { daysText, type Letter, leaveDays } from '../policy';

type Earlier<K extends Letter['kind']> = { earlier: Extract<Letter, { kind: K }> | null };

/** An examination of the patient that has read an acuity. */
export type AcuityChoice = { visitId: string; label: string };

/** The same with what its eyes read with the best correction. */
export type DisabilityChoice = AcuityChoice & { best: Best; hasCause: boolean };

const LIMITS = optionsOf(FIELD_LIMITS);

/** What of the field is left, and at once what the table makes of it. */
export function DisabilityFields({
  visitId,
  earlier,
  examinations,
}: Earlier<'disability'> & { visitId: string; examinations: readonly DisabilityChoice[] }) {
  const { restored } = useFormState();
  const own = examinations.find((one) => one.visitId === visitId);
  const begun = (name: string, value: string) =>
    typeof restored?.[name] === 'string' ? restored[name] : value;
  const [chosen, setChosen] = useState(begun('examinationId', earlier ? '' : (own?.visitId ?? '')));
  const [right, setRight] = useState(begun('fieldRight', earlier?.fields.right ?? ''));
  const [left, setLeft] = useState(begun('fieldLeft', earlier?.fields.left ?? ''));
  const examination = examinations.find((one) => one.visitId === chosen);
  const grade =
    examination && isFieldLimit(right) && isFieldLimit(left)
      ? gradeOf(examination.best, { right, left })
      : null;
  return (
    <>
      <FormSelect
        name="examinationId"
        label="Acuity of the examination"
        help={
          examinations.length === 0
            ? 'No examination of this patient has read a best corrected acuity yet.'
            : 'The best corrected acuity and the diagnosis are taken from it.'
        }
        placeholder="Choose an examination"
        required
        options={examinations.map(({ visitId: value, label }) => ({ value, label }))}
        defaultValue={chosen}
        onChange={({ currentTarget }) => setChosen(currentTarget.value)}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        <FormSelect
          name="fieldRight"
          label="Field, right eye"
          placeholder="Choose what is left"
          required
          options={LIMITS}
          defaultValue={right}
          onChange={({ currentTarget }) => setRight(currentTarget.value)}
        />
        <FormSelect
          name="fieldLeft"
          label="Field, left eye"
          placeholder="Choose what is left"
          required
          options={LIMITS}
          defaultValue={left}
          onChange={({ currentTarget }) => setLeft(currentTarget.value)}
        />
      </div>
      <FormField
        name="until"
        label="To be assessed again by"
        help="Empty: the impairment is permanent."
        type="date"
        defaultValue={earlier?.until ?? ''}
        fieldClassName="sm:max-w-60"
      />
      {examination && !examination.hasCause ? (
        <Alert tone="warning">This examination names no diagnosis. Write the cause there first.</Alert>
      ) : null}
      {grade && 'problem' in grade ? <Alert tone="warning">{grade.problem}</Alert> : null}
      {grade && !('problem' in grade) ? (
        <Alert title={gradeText(grade)}>
          <p>Better eye: {grade.better}.</p>
          <p>Other eye: {grade.other}.</p>
        </Alert>
      ) : null}
    </>
  );
}

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
