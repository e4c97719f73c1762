'use client';

import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormField } from '@/components/forms/form-field';
import { measureAction } from '../actions';
import type { Notation } from '../acuity';
import type { Measurements } from '../policy';
import { AcuityGroup } from './acuity-group';
import type { Earlier } from './last-time';
import { PressureGroup, type Targets } from './pressure-group';
import { RefractionGroup } from './refraction-group';
import { TestsGroup } from './tests-group';

type Props = {
  visitId: string;
  version: number;
  measurements: Measurements;
  earlier: Earlier | null;
  notation: Notation;
  targets: Targets;
  timeZone: string;
  isSigned: boolean;
};

/** Acuity, refraction and pressure of both eyes, and what else is measured. */
export function MeasurementsForm(props: Props) {
  const { visitId, version, measurements, earlier, notation, targets, timeZone, isSigned } = props;
  return (
    <ActionForm
      action={measureAction}
      label="Measurements"
      draft={{ form: 'measurements', of: visitId, version }}
      className="gap-6"
    >
      <input type="hidden" name="visitId" value={visitId} readOnly />
      <AcuityGroup measurements={measurements} earlier={earlier} notation={notation} />
      <RefractionGroup measurements={measurements} earlier={earlier} notation={notation} />
      <PressureGroup measurements={measurements} earlier={earlier} targets={targets} timeZone={timeZone} />
      <div className="grid gap-2">
        <TestsGroup tests={measurements.tests ?? {}} />
      </div>
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
