'use client';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { CurrentPassword, PASSWORD_OR_CODE } from '@/components/forms/current-password';
import { Button } from '@/components/ui/button';
import { removeOnlineAccountAction } from '../actions';

/** Takes the account off: its links end with it. */
export const RemoveAccount = () => (
  <ConfirmAction
    trigger={<Button variant="danger">Take off account</Button>}
    title="Take off the account"
    description="Open payment links are ended, and the key is forgotten. Receipts stay as they are. A refund of what was paid online needs the account."
    confirm="Take off account"
    action={removeOnlineAccountAction}
    fields={{}}
  >
    <CurrentPassword help={PASSWORD_OR_CODE} />
  </ConfirmAction>
);
