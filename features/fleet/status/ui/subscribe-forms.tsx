'use client';
import { type ReactNode, useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { FormField } from '@/components/forms/form-field';
import { confirmSubscriptionAction, endSubscriptionAction, subscribeToStatusAction } from '../actions';

const Said = ({ children }: { children: ReactNode }) => (
  <p role="status" className="text-center">
    {children}
  </p>
);

export function SubscribeForm() {
  const [isSent, setSent] = useState(false);
  if (isSent)
    return <Said>Look into your mailbox: the link there confirms that the address wants the mails.</Said>;
  return (
    <ActionForm action={subscribeToStatusAction} onSuccess={() => setSent(true)} warnOnLeave={false}>
      <FormField name="email" label="Email" type="email" inputMode="email" autoComplete="email" required />
      <SubmitButton size="lg" className="w-full">
        Send me the link
      </SubmitButton>
    </ActionForm>
  );
}

/** A button rather than the mere visit: mail filters open links too. */
function LinkForm({
  token,
  action,
  button,
  done,
}: {
  token: string;
  action: typeof confirmSubscriptionAction;
  button: string;
  done: string;
}) {
  const [isDone, setDone] = useState(false);
  if (isDone) return <Said>{done}</Said>;
  return (
    <ActionForm action={action} onSuccess={() => setDone(true)} warnOnLeave={false}>
      <input type="hidden" name="token" value={token} />
      <SubmitButton size="lg" className="w-full">
        {button}
      </SubmitButton>
    </ActionForm>
  );
}

export const ConfirmSubscription = ({ token }: { token: string }) => (
  <LinkForm
    token={token}
    action={confirmSubscriptionAction}
    button="Send me the mails"
    done="You get a mail with each thing that the status page says from now on."
  />
);

export const EndSubscription = ({ token }: { token: string }) => (
  <LinkForm
    token={token}
    action={endSubscriptionAction}
    button="Stop the mails"
    done="You get no more mails of the status page."
  />
);
