'use client';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { DialogContent } from '@/components/ui/dialog';
import { recordDeathAction } from '../actions';

const schema = async () => (await import('../schema')).recordDeathInput;

/** Asks for the day on which a patient died. */
export function DeathForm({
  patient,
  today,
  onClose,
}: {
  patient: { id: string; name: string };
  today: string;
  onClose: () => void;
}) {
  return (
    <DialogContent
      title={`Mark ${patient.name} as deceased?`}
      description="The record stays and becomes inactive. Nobody is reminded or called any more."
    >
      <ActionForm action={recordDeathAction} schema={schema} warnOnLeave={false} onSuccess={onClose}>
        <input type="hidden" name="patientId" value={patient.id} />
        <FormField
          name="deceasedOn"
          label="Date of death"
          type="date"
          defaultValue={today}
          max={today}
          required
        />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Keep as it is</Button>
          <SubmitButton variant="danger">Mark as deceased</SubmitButton>
        </div>
      </ActionForm>
    </DialogContent>
  );
}
