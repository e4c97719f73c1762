'use client';

import { ActionForm, FormActions, SubmitButton } from '@/components/forms/action-form';
import { FormSelect, FormTextarea } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { optionsOf } from '@/components/ui/select';
import { assessAction } from '../actions';
import { type Assessment, EYE_LABEL, EYES, REVIEWS } from '../policy';
import { DiagnosesField } from './diagnoses-field';
import { ReasonField } from './measurements-form';

const NORMAL =
  'Lids, cornea, anterior chamber, iris and lens normal. Disc, macula, vessels and periphery normal.';

/** Puts the sentence into the field beside the button, as if it were typed. */
function writeNormal(button: HTMLElement, name: string): void {
  const field = button.closest('form')?.elements.namedItem(name);
  if (!(field instanceof HTMLTextAreaElement)) return;
  field.value = field.value.trim() ? `${field.value.trim()} ${NORMAL}` : NORMAL;
  field.dispatchEvent(new Event('input', { bubbles: true }));
  field.focus();
}

/** What the doctor finds, names and decides. */
export function AssessmentForm({
  visitId,
  version,
  assessment,
  isSigned,
}: {
  visitId: string;
  version: number;
  assessment: Assessment;
  isSigned: boolean;
}) {
  return (
    <ActionForm
      action={assessAction}
      label="Findings and diagnoses"
      draft={{ form: 'assessment', of: visitId, version }}
    >
      <input type="hidden" name="visitId" value={visitId} readOnly />
      <input type="hidden" name="version" value={version} readOnly />
      <FormTextarea
        name="complaint"
        label="Complaint and history"
        rows={2}
        maxLength={1_000}
        defaultValue={assessment.complaint ?? ''}
      />
      <div className="grid gap-5 sm:grid-cols-2">
        {EYES.map((eye) => (
          <FormTextarea
            key={eye}
            name={`findings-${eye}`}
            label={`Findings, ${EYE_LABEL[eye].toLowerCase()} eye`}
            rows={3}
            maxLength={4_000}
            defaultValue={assessment.findings[eye] ?? ''}
            aside={
              <Button
                variant="link"
                size="sm"
                aria-label={`Write that the ${eye} eye is normal`}
                onClick={(event) => writeNormal(event.currentTarget, `findings-${eye}`)}
              >
                Normal
              </Button>
            }
          />
        ))}
      </div>
      <DiagnosesField diagnoses={assessment.diagnoses} />
      <FormTextarea
        name="plan"
        label="Plan and advice"
        rows={2}
        maxLength={2_000}
        defaultValue={assessment.plan ?? ''}
      />
      <FormSelect
        name="reviewWeeks"
        label="See again"
        fieldClassName="sm:max-w-60"
        placeholder="As needed"
        options={optionsOf(REVIEWS)}
        defaultValue={String(assessment.reviewWeeks ?? '')}
      />
      {isSigned ? <ReasonField /> : null}
      <FormActions>
        <SubmitButton pendingLabel="Saving">Save examination</SubmitButton>
      </FormActions>
    </ActionForm>
  );
}
