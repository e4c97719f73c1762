'use client';
import { useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormCheckbox } from '@/components/forms/form-field';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Select } from '@/components/ui/select';
import { EYE_LABEL, EYES } from '@/features/record/examinations/eyes';
import { SEEN_LABEL, type SeenWith } from '@/features/record/examinations/policy';
import { acceptReadingsAction } from '../actions';
import { identityOf, readingText, sourceOf } from '../policy';
import type { DeviceFile, DeviceReading } from '../readings';

export type DevicePatient = {
  number: string;
  name: string;
  dateOfBirth: string;
  isBirthEstimated: boolean;
  sex: string;
};
type Props = {
  visitId: string;
  version: number;
  patient: DevicePatient;
  name: string;
  /** The text of a file that was dropped, or which document it is. */
  from: { content: string } | { fileId: string };
  file: DeviceFile;
  onDone: () => void;
};

const eyes = EYES.map((value) => ({ value, label: `${EYE_LABEL[value]} eye` }));

/** What a file says: whose it is, and each reading as the device wrote it beside what would be kept. */
export function ReadingsForm({ visitId, version, patient, name, from, file, onDone }: Props) {
  const { conflicts, doubts } = identityOf(file, patient);
  return (
    <ActionForm
      action={acceptReadingsAction}
      label={`Readings of ${name}`}
      version={version}
      warnOnLeave={false}
      onSuccess={onDone}
      className="gap-3 rounded-lg border border-border p-3"
    >
      <input type="hidden" name="visitId" value={visitId} readOnly />
      {Object.entries(from).map(([field, value]) => (
        <input key={field} type="hidden" name={field} value={value} readOnly />
      ))}
      <p className="break-words font-medium text-sm text-text">
        {sourceOf(file)}
        <span className="block font-normal text-[0.8125rem] text-text-muted">{name}</span>
      </p>
      {conflicts.length > 0 ? (
        <Alert tone="danger" title="This file is of somebody else">
          {conflicts.join(' ')} Nothing of it can be taken over here.
        </Alert>
      ) : (
        <>
          <ul className="grid gap-2">
            {file.readings.map((reading, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a file does not change, and its readings have no other name
              <ReadingRow key={index} index={index} reading={reading} />
            ))}
          </ul>
          {doubts.length > 0 ? (
            <>
              <Alert tone="warning">{doubts.join(' ')}</Alert>
              <FormCheckbox name="isConfirmed" label={`It is ${patient.name}, ${patient.number}`} />
            </>
          ) : null}
        </>
      )}
      <FormActions>
        {conflicts.length > 0 ? null : <SubmitButton pendingLabel="Saving">Take over</SubmitButton>}
        <Button onClick={onDone}>Put away</Button>
      </FormActions>
    </ActionForm>
  );
}

/** One reading; an error of the device is said, and one without an eye asks for it. */
function ReadingRow({ index, reading }: { index: number; reading: DeviceReading }) {
  const { label, raw, kept } = readingText(reading);
  const [eye, setEye] = useState<SeenWith | ''>(reading.eye ?? '');
  const [isOn, setOn] = useState(kept !== null && reading.eye !== null);
  const title = `${reading.eye ? SEEN_LABEL[reading.eye] : 'Eye not known'}, ${label.toLowerCase()}`;
  return (
    <li className="grid gap-1">
      {kept === null ? (
        <p className="text-sm text-text">{title}</p>
      ) : (
        <Checkbox label={title} checked={isOn} onChange={({ target }) => setOn(target.checked)} />
      )}
      <p className="pl-7 text-[0.8125rem] text-text-muted tabular-nums">
        {raw}
        {kept && kept !== raw ? <span className="text-text"> → {kept}</span> : null}
        {kept === null && reading.kind !== 'error' && reading.kind !== 'shown'
          ? ' (out of range, not taken over)'
          : ''}
      </p>
      {reading.eye === null && kept !== null ? (
        <Select
          aria-label={`Which eye, ${label.toLowerCase()}`}
          placeholder="Which eye"
          options={eyes}
          value={eye}
          onChange={({ target }) => {
            setEye(target.value as SeenWith | '');
            setOn(target.value !== '');
          }}
        />
      ) : null}
      {isOn && eye ? <input type="hidden" name="chosen[]" value={`${index}:${eye}`} readOnly /> : null}
    </li>
  );
}
