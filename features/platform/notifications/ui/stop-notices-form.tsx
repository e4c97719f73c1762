'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { stopNoticesAction } from '../actions';

/** A button rather than the mere visit: mail filters open links too. */
export function StopNoticesForm({ token }: { token: string }) {
  const [isDone, setDone] = useState(false);
  if (isDone)
    return (
      <p role="status" className="text-center">
        You get no more notifications by mail. Under Notifications you can choose them again.
      </p>
    );
  return (
    <ActionForm action={stopNoticesAction} onSuccess={() => setDone(true)} warnOnLeave={false}>
      <input type="hidden" name="token" value={token} />
      <SubmitButton size="lg" className="w-full">
        Stop the mails
      </SubmitButton>
    </ActionForm>
  );
}
