'use client';

import { clsx } from 'clsx';
import { Activity, type ReactNode, useState } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { useFormState } from '@/components/forms/form-context';
import { FormField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { measureAction } from '../actions';
import type { Notation } from '../acuity';
import { TEST_GROUPS } from '../eye-tests';
import type { Measurements } from '../policy';
import { SHEET_GROUP_IDS, type SheetLayout, WHOLE_SHEET } from '../sheet-layout';
import { AcuityGroup } from './acuity-group';
import { ComplaintsGroup } from './complaints-group';
import type { Earlier } from './last-time';
import { PressureGroup, type Targets } from './pressure-group';
import { RefractionGroup } from './refraction-group';
import { TestsGroup, testFieldsOf } from './tests-group';
import { useShown } from './use-shown';

type Props = {
  visitId: string;
  version: number;
  measurements: Measurements;
  earlier: Earlier | null;
  notation: Notation;
  targets: Targets;
  timeZone: string;
  isSigned: boolean;
  layout?: SheetLayout;
};

/** Why they came; acuity, refraction and pressure of both eyes, and what else is measured. */
export function MeasurementsForm(props: Props) {
  const { visitId, version, isSigned } = props;
  return (
    <ActionForm
      action={measureAction}
      label="Measurements"
      draft={{ form: 'measurements', of: visitId, version }}
      className="gap-6"
    >
      <input type="hidden" name="visitId" value={visitId} readOnly />
      <Groups {...props} />
      {isSigned ? <ReasonField /> : null}
      <FormActions>
        <SubmitButton pendingLabel="Saving">Save measurements</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}

/** The groups of the sheet, in its order; what holds a value is there although the sheet does not name it. */
function Groups({ measurements, earlier, notation, targets, timeZone, layout = WHOLE_SHEET }: Props) {
  const { valueFor, restored } = useFormState();
  const [isWhole, setWhole] = useState(false);
  const { tests = {}, sources } = measurements;
  const given = { measurements, earlier };
  const isTemplate = layout !== WHOLE_SHEET;
  const fixed: Record<string, ReactNode> = {
    complaints: <ComplaintsGroup complaints={measurements.complaints ?? []} />,
    acuity: <AcuityGroup {...given} notation={notation} />,
    refraction: <RefractionGroup {...given} notation={notation} />,
    pressure: <PressureGroup {...given} targets={targets} timeZone={timeZone} />,
  };
  const groupOf = (key: string) => TEST_GROUPS.find((one) => one.key === key);
  const hasValue = (key: string): boolean => {
    const group = groupOf(key);
    // These four hold their place with whatever was typed into them and brought back.
    if (!group) return isHeld(key, measurements) || restored !== undefined;
    return group.boxes.some((box) => tests[box.key]) || testFieldsOf(group).some(valueFor);
  };
  const named = isWhole ? SHEET_GROUP_IDS : layout.groups;
  const shown = useShown(SHEET_GROUP_IDS, String, named, hasValue);
  // Flat, each under its own key: another order of the sheet moves what was typed, and loses none of it.
  return (
    <>
      {shown.map((key, index) => {
        const group = groupOf(key);
        const isAfterTest = group && groupOf(shown[index - 1] ?? '');
        const isAskedFor = isTemplate && layout.groups.includes(key);
        return (
          <div key={key} className={clsx('grid min-w-0', isAfterTest && '-mt-4')}>
            <Activity>
              {group ? <TestsGroup {...{ group, tests, sources, isAskedFor }} /> : fixed[key]}
            </Activity>
          </div>
        );
      })}
      {shown.length < SHEET_GROUP_IDS.length ? (
        <div>
          <Button size="sm" onClick={() => setWhole(true)}>
            Show all that can be measured
          </Button>
        </div>
      ) : null}
    </>
  );
}

function isHeld(
  key: string,
  { right, left, both, complaints, refractions, pressures }: Measurements,
): boolean {
  if (key === 'complaints') return (complaints ?? []).length > 0;
  if (key === 'refraction') return refractions.length > 0;
  if (key === 'pressure') return pressures.length > 0;
  return [right, left, both].some((one) => one && (Object.keys(one.acuity).length > 0 || one.near));
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
