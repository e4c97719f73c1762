'use client';
import { useState } from 'react';
import { ActionForm, SubmitButton } from '@/components/forms/action-form';
import { Button } from '@/components/ui/button';
import { payByLinkAction } from '@/lib/features/signup/actions';

/** From a pay link to Stripe's page. */
export function PayLinkButton({ token, label }: { token: string; label: string }) {
  const [isLeaving, setLeaving] = useState(false);
  return (
    <ActionForm
      action={payByLinkAction}
      warnOnLeave={false}
      onSuccess={({ url }) => {
        setLeaving(true);
        window.location.assign(url);
      }}
    >
      <input type="hidden" name="token" value={token} />
      {isLeaving ? (
        <Button variant="primary" size="lg" pending className="w-full">
          Opening the payment page
        </Button>
      ) : (
        <SubmitButton size="lg" className="w-full">
          {label}
        </SubmitButton>
      )}
    </ActionForm>
  );
}
