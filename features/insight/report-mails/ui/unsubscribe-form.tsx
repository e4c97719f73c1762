'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { unsubscribeAction } from '../actions';

/** A button rather than the mere visit: mail filters open links too. */
export function UnsubscribeForm({ token }: { token: string }) {
  const [isDone, setDone] = useState(false);
  if (isDone)
    return (
      <p role="status" className="text-center">
        You get no more mails with the report. Under Reports you can ask for it again.
      </p>
    );
  return (
    <ActionForm action={unsubscribeAction} onSuccess={() => setDone(true)} warnOnLeave={false}>
      <input type="hidden" name="token" value={token} />
      <SubmitButton size="lg" className="w-full">
        Stop the mail
      </SubmitButton>
    </ActionForm>
  );
}
