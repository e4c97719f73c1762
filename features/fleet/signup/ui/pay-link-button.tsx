'use client';
import { useState } from 'react';
import { ActionForm } from '@/components/forms/action-form';
import { payByLinkAction } from '@/features/subscription/billing/actions';
import { ToPayment } from './to-payment';

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
      <ToPayment isLeaving={isLeaving} label={label} />
    </ActionForm>
  );
}
