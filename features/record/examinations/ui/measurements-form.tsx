'use client';

import { type ReactNode, useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField, FormSelect } from '@/components/forms/form-field';
import { Badge } from '@/components/ui/badge';
import { optionsOf } from '@/components/ui/select';
import { measureAction } from '../actions';
import { ACUITIES, ACUITY_METHODS, acuityText, METHOD_LABEL, type Notation } from '../acuity';
import { acuityField, lensField, pressureField } from '../fields';
import {
  bestAcuity,
  EYE_LABEL,
  EYES,
  type Eye,
  isHighPressure,
  type Measurements,
  readPressure,
  TONOMETERS,
} from '../policy';
import { type LensPart, lensAsUnderstood, powerText, refractionText } from '../refraction';

export type Earlier = { day: string; measurements: Measurements };

const LENS = [
  { part: 'sphere', label: 'Sphere' },
  { part: 'cylinder', label: 'Cylinder' },
  { part: 'axis', label: 'Axis' },
  { part: 'add', label: 'Add' },
] as const;

/** What was there the last time, for the one who measures: never filled in, so never kept by mistake. */
function LastTime({
  earlier,
  text,
  by,
}: {
  earlier: Earlier | null;
  text: (eye: Eye) => string | null;
  /** How it was measured. */
  by?: string | undefined;
}) {
  const parts = EYES.flatMap((eye) => {
    const found = earlier ? text(eye) : null;
    return found ? [`${EYE_LABEL[eye].toLowerCase()} ${found}`] : [];
  });
  if (!earlier || parts.length === 0) return null;
  return (
    <p className="text-[0.8125rem] text-text-subtle tabular-nums">
      {earlier.day}: {parts.join(', ')}
      {by ? `, ${by}` : ''}
    </p>
  );
}

function Group({ legend, children, last }: { legend: string; children: ReactNode; last: ReactNode }) {
  return (
    <fieldset className="grid min-w-0 gap-2">
      <legend className="mb-2 font-medium text-sm text-text">{legend}</legend>
      {children}
      {last}
    </fieldset>
  );
}

/** The box shows what will be stored: nobody finds another lens in the record than the one on the screen. */
function showUnderstood(part: LensPart, box: HTMLInputElement) {
  const understood = lensAsUnderstood(part, box.value);
  if (understood !== box.value) box.value = understood;
}

/** One pressure; says that it is high while it is typed. */
function PressureField({ eye, initial }: { eye: Eye; initial: string }) {
  const [typed, setTyped] = useState(initial);
  const mmHg = typed.trim() === '' ? null : readPressure(typed);
  return (
    <FormField
      name={pressureField(eye)}
      label={`${EYE_LABEL[eye]} eye, mmHg`}
      inputMode="numeric"
      autoComplete="off"
      defaultValue={initial}
      onInput={({ currentTarget }) => setTyped(currentTarget.value)}
      aside={
        <span role="status">
          {typeof mmHg === 'number' && isHighPressure(mmHg) ? <Badge tone="warning">High</Badge> : null}
        </span>
      }
    />
  );
}

/** Acuity, refraction and pressure of both eyes. */
export function MeasurementsForm({
  visitId,
  version,
  measurements,
  earlier,
  notation,
  isSigned,
}: {
  visitId: string;
  version: number;
  measurements: Measurements;
  earlier: Earlier | null;
  notation: Notation;
  isSigned: boolean;
}) {
  const acuities = ACUITIES.map((one) => ({ value: String(one.base), label: one[notation] }));
  const lensValue = (eye: Eye, part: LensPart): string => {
    const value = measurements[eye].refraction?.[part];
    if (value === undefined || (part === 'cylinder' && value === 0)) return '';
    return part === 'axis' ? String(value) : value === 0 ? 'plano' : powerText(value);
  };
  return (
    <ActionForm
      action={measureAction}
      label="Measurements"
      draft={{ form: 'measurements', of: visitId, version }}
    >
      <input type="hidden" name="visitId" value={visitId} readOnly />
      <input type="hidden" name="version" value={version} readOnly />
      <Group
        legend="Visual acuity"
        last={
          <LastTime
            earlier={earlier}
            text={(eye) => {
              const best = earlier && bestAcuity(earlier.measurements[eye]);
              return best ? acuityText(best, notation) : null;
            }}
          />
        }
      >
        <div className="grid grid-cols-[minmax(5.5rem,1fr)_minmax(0,1fr)_minmax(0,1fr)] items-start gap-2 sm:grid-cols-[10rem_minmax(0,1fr)_minmax(0,1fr)]">
          <span />
          {EYES.map((eye) => (
            <span key={eye} aria-hidden="true" className="text-[0.8125rem] text-text-muted">
              {EYE_LABEL[eye]}
            </span>
          ))}
          {ACUITY_METHODS.map((method) => (
            <div key={method} className="contents">
              <span aria-hidden="true" className="self-center text-sm text-text">
                {METHOD_LABEL[method]}
              </span>
              {EYES.map((eye) => (
                <FormSelect
                  key={eye}
                  hideLabel
                  name={acuityField(eye, method)}
                  label={`${EYE_LABEL[eye]} eye, ${METHOD_LABEL[method].toLowerCase()}`}
                  placeholder="–"
                  options={acuities}
                  defaultValue={String(measurements[eye].acuity[method] ?? '')}
                />
              ))}
            </div>
          ))}
        </div>
      </Group>
      <Group
        legend="Refraction"
        last={
          <LastTime
            earlier={earlier}
            text={(eye) => {
              const lens = earlier?.measurements[eye].refraction;
              return lens ? refractionText(lens) : null;
            }}
          />
        }
      >
        <div className="grid grid-cols-[2.5rem_repeat(4,minmax(0,1fr))] items-start gap-1.5 sm:gap-2 sm:grid-cols-[10rem_repeat(4,minmax(0,1fr))]">
          <span />
          {LENS.map(({ part, label }) => (
            <span key={part} aria-hidden="true" className="truncate text-[0.8125rem] text-text-muted">
              {label}
            </span>
          ))}
          {EYES.map((eye) => (
            <div key={eye} className="contents">
              <span aria-hidden="true" className="self-center text-sm text-text">
                {EYE_LABEL[eye]}
              </span>
              {LENS.map(({ part, label }) => (
                <FormField
                  key={part}
                  hideLabel
                  name={lensField(eye, part)}
                  label={`${EYE_LABEL[eye]} eye, ${label.toLowerCase()}`}
                  inputMode={part === 'axis' ? 'numeric' : 'text'}
                  className="max-sm:px-1 max-sm:text-center"
                  autoComplete="off"
                  defaultValue={lensValue(eye, part)}
                  onBlur={({ currentTarget }) => showUnderstood(part, currentTarget)}
                  onKeyDown={({ key, currentTarget }) =>
                    key === 'Enter' && showUnderstood(part, currentTarget)
                  }
                />
              ))}
            </div>
          ))}
        </div>
      </Group>
      <Group
        legend="Eye pressure"
        last={
          <LastTime
            earlier={earlier}
            by={earlier?.measurements.tonometer && TONOMETERS[earlier.measurements.tonometer]}
            text={(eye) => {
              const pressure = earlier?.measurements[eye].pressure;
              if (pressure === undefined) return null;
              return `${pressure} mmHg${isHighPressure(pressure) ? ' (high)' : ''}`;
            }}
          />
        }
      >
        <div className="grid grid-cols-2 items-start gap-2 sm:grid-cols-[10rem_minmax(0,1fr)_minmax(0,1fr)]">
          <FormSelect
            name="tonometer"
            label="Measured by"
            fieldClassName="max-sm:col-span-2"
            placeholder="–"
            options={optionsOf(TONOMETERS)}
            defaultValue={measurements.tonometer ?? ''}
          />
          {EYES.map((eye) => (
            <PressureField key={eye} eye={eye} initial={String(measurements[eye].pressure ?? '')} />
          ))}
        </div>
      </Group>
      {isSigned ? <ReasonField /> : null}
      <FormActions>
        <SubmitButton pendingLabel="Saving">Save measurements</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

/** Why a signed examination is changed. */
export const ReasonField = () => (
  <FormField
    name="reason"
    label="Reason for the change"
    required
    maxLength={200}
    help="The examination is signed. What it said before is kept, with this reason."
  />
);
