'use client';

import { Activity, type ReactNode } from 'react';
import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormSelect, FormTextarea } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { optionsOf } from '@/components/ui/select';
import { assessAction } from '../actions';
import { targetField } from '../fields';
import { ADVICE } from '../orders';
import { type Assessment, EYE_LABEL, EYES, REVIEWS } from '../policy';
import type { SheetLayout } from '../sheet-layout';
import { DiagnosesField, type NamedDiagnosis } from './diagnoses-field';
import { DrawingGroup } from './drawing-group';
import { FindingRowsGroup } from './finding-rows-group';
import type { Earlier } from './last-time';
import { ReasonField } from './measurements-form';
import { OrdersGroup } from './orders-group';
import type { Targets } from './pressure-group';
import { Folded, ReadField, write } from './sheet';

/** Puts a phrase into the plan, as if it were typed. */
function advise(button: HTMLElement, phrase: string): void {
  const field = button.closest('form')?.elements.namedItem('plan');
  if (!(field instanceof HTMLTextAreaElement) || field.value.includes(phrase)) return;
  write(field, [field.value.trim(), phrase].filter(Boolean).join('. '));
  field.focus();
}

type Props = {
  visitId: string;
  version: number;
  assessment: Assessment;
  earlier: Earlier | null;
  targets: Targets;
  /** The assessment's, with their words: the list itself stays on the server. */
  diagnoses: readonly NamedDiagnosis[];
  isSigned: boolean;
  layout?: SheetLayout;
  /** What else writes into the rows of the eye. */
  besideRows?: ReactNode;
};

/** What the doctor finds, names and decides. */
export function AssessmentForm({
  visitId,
  version,
  assessment,
  earlier,
  targets,
  diagnoses,
  isSigned,
  layout,
  besideRows,
}: Props) {
  return (
    <ActionForm
      action={assessAction}
      label="Findings and diagnoses"
      draft={{ form: 'assessment', of: visitId, version }}
      className="gap-6"
    >
      <input type="hidden" name="visitId" value={visitId} readOnly />
      <FormTextarea
        name="complaint"
        label="Complaint and history"
        rows={2}
        maxLength={1_000}
        defaultValue={assessment.complaint ?? ''}
      />
      <Activity>
        <FindingRowsGroup
          rows={assessment.rows ?? {}}
          before={earlier?.assessment.rows ?? {}}
          beside={besideRows}
          {...(layout ? { layout } : {})}
        />
      </Activity>
      <Folded
        title="Findings in words"
        isOpen={Boolean(assessment.findings.right ?? assessment.findings.left)}
        names={EYES.map((eye) => `findings-${eye}`)}
      >
        <div className="grid gap-5 sm:grid-cols-2">
          {EYES.map((eye) => (
            <FormTextarea
              key={eye}
              name={`findings-${eye}`}
              label={`Findings, ${EYE_LABEL[eye].toLowerCase()} eye`}
              rows={3}
              maxLength={4_000}
              defaultValue={assessment.findings[eye] ?? ''}
            />
          ))}
        </div>
      </Folded>
      <Activity>
        <DrawingGroup drawings={assessment.drawings ?? {}} />
        <DiagnosesField diagnoses={diagnoses} />
      </Activity>
      <Folded
        title="Target pressure"
        isOpen={EYES.some((eye) => assessment.targets?.[eye])}
        names={EYES.map(targetField)}
      >
        <div className="grid max-w-sm grid-cols-2 gap-2">
          {EYES.map((eye) => (
            <ReadField
              key={eye}
              hideLabel={false}
              name={targetField(eye)}
              label={`${EYE_LABEL[eye]} target, mmHg`}
              inputMode="decimal"
              placeholder={targets[eye] ? `Now ${targets[eye]}` : undefined}
              initial={String(assessment.targets?.[eye] ?? '')}
            />
          ))}
        </div>
        <p className="text-[0.8125rem] text-text-subtle">
          Holds for the patient from this visit on, until another one is set.
        </p>
      </Folded>
      <Activity>
        <OrdersGroup orders={assessment.orders ?? []} />
        <div className="grid gap-2">
          <FormTextarea
            name="plan"
            label="Plan and advice"
            rows={2}
            maxLength={2_000}
            defaultValue={assessment.plan ?? ''}
          />
          <div className="flex flex-wrap gap-1">
            {ADVICE.map((phrase) => (
              <Button
                key={phrase}
                variant="ghost"
                size="sm"
                className="h-auto min-h-8 max-w-full shrink whitespace-normal text-left"
                onClick={(event) => advise(event.currentTarget, phrase)}
              >
                {phrase}
              </Button>
            ))}
          </div>
        </div>
        <FormSelect
          name="reviewWeeks"
          label="See again"
          fieldClassName="sm:max-w-60"
          placeholder="As needed"
          help="Reception finds the patient under Due again."
          options={optionsOf(REVIEWS)}
          defaultValue={String(assessment.reviewWeeks ?? '')}
        />
      </Activity>
      {isSigned ? <ReasonField /> : null}
      <FormActions>
        <SubmitButton pendingLabel="Saving">Save examination</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
