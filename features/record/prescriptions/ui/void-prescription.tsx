'use client';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { voidPrescriptionAction } from '../actions';

/** Takes a signed prescription back, with the reason. */
export function VoidPrescription({ id, version }: { id: string; version: number }) {
  return (
    <ConfirmAction
      trigger={<Button>Void</Button>}
      title="Void this prescription?"
      description="The pharmacy no longer sees it. It stays readable, marked as void; what was dispensed stays dispensed."
      confirm="Void it"
      action={voidPrescriptionAction}
      fields={{ prescriptionId: id, version: String(version) }}
    >
      <FormField name="reason" label="Reason" required maxLength={200} autoComplete="off" />
    </ConfirmAction>
  );
}
