'use client';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { FormField } from '@/components/forms/form-field';
import { Button } from '@/components/ui/button';
import { voidContactLensesAction } from '../actions';

/** Takes contact lenses back, with the reason. */
export const VoidContactLenses = ({ id }: { id: string }) => (
  <ConfirmAction
    trigger={<Button>Void</Button>}
    title="Void these contact lenses?"
    description="They stay readable, marked as void."
    confirm="Void them"
    action={voidContactLensesAction}
    fields={{ contactLensesId: id }}
  >
    <FormField name="reason" label="Reason" required maxLength={200} autoComplete="off" />
  </ConfirmAction>
);
