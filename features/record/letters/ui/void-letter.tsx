'use client';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { voidLetterAction } from '../actions';

/** Takes a letter back, with the reason. */
export const VoidLetter = ({ id }: { id: string }) => (
  <ConfirmAction
    trigger={<Button>Void</Button>}
    title="Void this letter?"
    description="It stays readable, marked as void. Ask for the paper back."
    confirm="Void it"
    action={voidLetterAction}
    fields={{ letterId: id }}
  >
    <FormField name="reason" label="Reason" required maxLength={200} autoComplete="off" />
  </ConfirmAction>
);
