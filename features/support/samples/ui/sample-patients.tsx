'use client';
import { ActionButton } from '@/components/forms/action-button';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { Button } from '@/components/ui/button';
import { addSamplesAction, removeSamplesAction } from '../actions';

/** One press adds invented people to try everything with, one removes them. */
export function SamplePatients({ count }: { count: number }) {
  if (count === 0)
    return (
      <ActionButton action={addSamplesAction} size="sm">
        Add sample patients
      </ActionButton>
    );
  return (
    <ConfirmAction
      trigger={<Button size="sm">Remove sample patients</Button>}
      title="Remove the sample patients?"
      description="They and all that was written about them are gone: visits, examinations, prescriptions, letters, documents. Real patients stay as they are."
      confirm="Remove them"
      action={removeSamplesAction}
      fields={{}}
    />
  );
}
