'use client';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { voidSpectaclesAction } from '../actions';

/** Takes glasses back, with the reason. */
export const VoidGlasses = ({ id }: { id: string }) => (
  <ConfirmAction
    trigger={<Button>Void</Button>}
    title="Void these glasses?"
    description="They stay readable, marked as void."
    confirm="Void them"
    action={voidSpectaclesAction}
    fields={{ spectaclesId: id }}
  >
    <FormField name="reason" label="Reason" required maxLength={200} autoComplete="off" />
  </ConfirmAction>
);
